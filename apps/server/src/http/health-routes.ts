import { Type } from '@fastify/type-provider-typebox';
import type { Catalog } from '../catalog/catalog.ts';
import type { App } from './app.ts';
import { sendProblem } from './problem.ts';

const Status = Type.Object({ status: Type.String() });

/** Probes: they come by address, without the token, and learn nothing. */
export function registerHealth(app: App, deps: { readonly catalog: Pick<Catalog, 'ready'> }): void {
  const config = { public: true, anyHost: true } as const;
  app.get(
    '/healthz',
    { config, schema: { summary: 'The process answers', response: { 200: Status } } },
    async () => ({ status: 'ok' }),
  );
  app.get(
    '/readyz',
    {
      config,
      schema: {
        summary: 'The first discovery has answered or failed',
        response: { 200: Status },
      },
    },
    async (_request, reply) => {
      if (deps.catalog.ready) return { status: 'ok' };
      const fault = { code: 'starting', detail: 'The first discovery has not answered yet.' };
      return sendProblem(reply, fault, 503);
    },
  );
}
