import { Type } from '@fastify/type-provider-typebox';
import { objectKey } from '@kindscope/kube';
import { Rollout } from '@kindscope/protocol';
import { createRolloutWatch, type RolloutWatch } from '../rollout/rollout-watch.ts';
import type { RolloutWatchDeps } from '../rollout/rollout-watch.ts';
import type { App } from './app.ts';
import { waitMs } from './lease.ts';
import { missing } from './object-route.ts';
import { ObjectParams, toNamespace, toRef, unwrap, waitQuery } from './params.ts';
import { ProblemError } from './problem.ts';
import { requestSignal } from './request-signal.ts';

/** One object and what it owns, as it rolls out. */
export function registerRollout(app: App, deps: RolloutWatchDeps): void {
  app.get(
    '/api/v1/resources/:group/:version/:resource/objects/:namespace/:name/rollout',
    {
      schema: {
        summary:
          'One object and everything it owns, over time: its lanes, what happened on them, why it is stuck',
        params: ObjectParams,
        querystring: Type.Object(waitQuery, { additionalProperties: false }),
        response: { 200: Rollout },
      },
    },
    async ({ params, query }, reply) => {
      const resource = toRef(params);
      const namespace = toNamespace(params.namespace);
      const watch = unwrap(createRolloutWatch(deps, { resource, namespace, name: params.name }));
      try {
        await settle(watch, waitMs(query.wait), requestSignal(reply));
        watch.take();
        const rollout = watch.state();
        if (rollout.nodes.length > 0) return rollout;
        const key = objectKey(namespace, params.name);
        throw new ProblemError(missing(resource, key, watch.freshness));
      } finally {
        watch.close();
      }
    },
  );
}

/** Until all has been found, `ms` have passed, or the asker has gone. */
function settle(watch: RolloutWatch, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (watch.settled || ms === 0 || signal.aborted) return resolve();
    const done = () => {
      off();
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const off = watch.subscribe(() => {
      if (watch.settled) done();
    });
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
