import { ResourceDetail, ResourceList, InformerList } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import type { App } from './app.ts';
import { ResourceParams, toRef, unwrap } from './params.ts';

export function registerResources(app: App, deps: { readonly catalog: Catalog }): void {
  const { catalog } = deps;
  app.get(
    '/api/v1/resources',
    { schema: { summary: 'Everything the cluster serves', response: { 200: ResourceList } } },
    async () => ({ items: [...catalog.resources()], faults: [...catalog.faults] }),
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
