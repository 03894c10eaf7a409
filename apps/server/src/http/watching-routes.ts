import { WatchingList } from '@kindscope/protocol';
import type { KeepWatching } from '../watching/keep-watching.ts';
import type { App } from './app.ts';
import { ResourceParams, toRef, unwrap } from './params.ts';

export interface WatchingRoutesDeps {
  readonly watching: KeepWatching;
}

/** What is watched whether or not anybody looks. Pins are Kindscope's own: the cluster is not touched. */
export function registerWatching(app: App, { watching }: WatchingRoutesDeps): void {
  const url = '/api/v1/watching/:group/:version/:resource';
  app.get(
    '/api/v1/watching',
    {
      schema: {
        summary: 'What is watched whether or not anybody looks',
        response: { 200: WatchingList },
      },
    },
    async () => ({ items: [...watching.list()] }),
  );
  app.put(
    url,
    { schema: { summary: 'Keep watching a resource', params: ResourceParams } },
    async ({ params }, reply) => {
      unwrap(watching.pin(toRef(params)));
      return reply.code(204).send();
    },
  );
  app.delete(
    url,
    { schema: { summary: 'Watch it only while somebody looks', params: ResourceParams } },
    async ({ params }, reply) => {
      unwrap(watching.unpin(toRef(params)));
      return reply.code(204).send();
    },
  );
}
