import type { Clock } from '@kindscope/informer';
import { ResourceDetail, ResourceList, InformerList } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import type { App } from './app.ts';
import { ResourceParams, toRef, unwrap } from './params.ts';

/** How long counts are kept up after somebody has asked for the list. */
const interestMs = 60_000;

export function registerResources(
  app: App,
  deps: { readonly catalog: Catalog; readonly clock: Clock },
): void {
  const { catalog, clock } = deps;
  let loseInterest = () => {};
  let cancel = () => {};

  /** Counts are made for those who look; who asks over HTTP looks for a while. */
  function showInterest(): void {
    cancel();
    const before = loseInterest;
    loseInterest = catalog.onChange(() => {});
    before();
    cancel = clock.after(interestMs, () => loseInterest());
  }

  app.get(
    '/api/v1/resources',
    { schema: { summary: 'Everything the cluster serves', response: { 200: ResourceList } } },
    async () => {
      showInterest();
      return { items: [...catalog.resources()], faults: [...catalog.faults] };
    },
  );
  app.get(
    '/api/v1/resources/:group/:version/:resource',
    {
      schema: {
        summary: 'One resource: schema, columns, selectable fields',
        params: ResourceParams,
        response: { 200: ResourceDetail },
      },
    },
    async (request) => unwrap(catalog.detail(toRef(request.params))),
  );
  app.get(
    '/api/v1/informers',
    { schema: { summary: 'What is watched, and how it stands', response: { 200: InformerList } } },
    async () => ({ items: [...catalog.informers()] }),
  );
}
