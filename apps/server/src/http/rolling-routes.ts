import { Type } from '@fastify/type-provider-typebox';
import { RollingList } from '@kindscope/protocol';
import { createRolling, type Rolling, type RollingDeps } from '../rollout/rolling.ts';
import type { App } from './app.ts';
import { waitMs } from './lease.ts';
import { scopeQuery, waitQuery } from './params.ts';
import { requestSignal } from './request-signal.ts';

/** What is rolling in the cluster. */
export function registerRolling(app: App, deps: RollingDeps): void {
  app.get(
    '/api/v1/rollouts',
    {
      schema: {
        summary: 'What is rolling now, or was within the last ten minutes, the most urgent first',
        querystring: Type.Object(
          { namespace: scopeQuery.namespace, ...waitQuery },
          { additionalProperties: false },
        ),
        response: { 200: RollingList },
      },
    },
    async ({ query }, reply) => {
      const rolling = createRolling(deps, { namespace: query.namespace });
      try {
        await settle(rolling, waitMs(query.wait), requestSignal(reply));
        return {
          items: [...rolling.items],
          kinds: [...rolling.kinds],
          lacks: [...rolling.lacks],
          syncing: isSyncing(rolling),
        };
      } finally {
        rolling.close();
      }
    },
  );
}

const isSyncing = ({ answered, freshness }: Rolling) => freshness.kind === 'syncing' || !answered;

/** Until all kinds have answered, `ms` have passed, or the asker has gone. */
function settle(rolling: Rolling, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (!isSyncing(rolling) || ms === 0 || signal.aborted) return resolve();
    const done = () => {
      off();
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const off = rolling.subscribe(() => {
      if (!isSyncing(rolling)) done();
    });
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
