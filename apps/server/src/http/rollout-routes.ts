import { Type, type Static } from '@fastify/type-provider-typebox';
import { objectKey } from '@kindscope/kube';
import { Rollout, RolloutComparison } from '@kindscope/protocol';
import type { FastifyReply } from 'fastify';
import { compareRollouts } from '../rollout/comparison.ts';
import type { TreeObject } from '../rollout/owned-tree.ts';
import {
  createRolloutWatch,
  type RolloutWatch,
  type RolloutWatchDeps,
} from '../rollout/rollout-watch.ts';
import { createListKeys } from '../timeline/list-keys.ts';
import type { App } from './app.ts';
import { waitMs } from './lease.ts';
import { missing } from './object-route.ts';
import { ObjectParams, toNamespace, toRef, unwrap, waitQuery } from './params.ts';
import { ProblemError } from './problem.ts';
import { requestSignal } from './request-signal.ts';

/** One object and what it owns, as it rolls out; and how it did before. */
export function registerRollout(app: App, deps: RolloutWatchDeps): void {
  const listKeys = createListKeys((ref) => deps.catalog.schema(ref));
  const schema = {
    params: ObjectParams,
    querystring: Type.Object(waitQuery, { additionalProperties: false }),
  };
  app.get(
    '/api/v1/resources/:group/:version/:resource/objects/:namespace/:name/rollout',
    {
      schema: {
        ...schema,
        summary:
          'One object and everything it owns, over time: its lanes, what happened on them, why it is stuck',
        response: { 200: Rollout },
      },
    },
    async ({ params, query }, reply) =>
      look(deps, { ...named(params), wait: query.wait, reply }, (watch) => watch.state()),
  );
  app.get(
    '/api/v1/resources/:group/:version/:resource/objects/:namespace/:name/rollouts',
    {
      schema: {
        ...schema,
        summary: 'The newest rollout of one object beside those before it',
        response: { 200: RolloutComparison },
      },
    },
    async ({ params, query }, reply) => {
      const object = named(params);
      return look(deps, { ...object, wait: query.wait, reply }, (watch) => {
        const [root, ...owned] = watch.objects();
        if (root === undefined) return { runs: [], lacks: ['It is gone.'] };
        return compareRollouts({
          root,
          owned,
          states: watch.pastStates(),
          standing: watch.state().summary.state.kind,
          listKeys: listKeys(object.resource),
        });
      });
    },
  );
}

interface Asked extends TreeObject {
  readonly wait: number | undefined;
  readonly reply: FastifyReply;
}

function named(params: Static<typeof ObjectParams>): TreeObject {
  return {
    resource: toRef(params),
    namespace: toNamespace(params.namespace),
    name: params.name,
  };
}

/** Problems: those of the tree, and why there is nothing to see. */
async function look<T>(
  deps: RolloutWatchDeps,
  { wait, reply, ...object }: Asked,
  use: (watch: RolloutWatch) => T,
): Promise<T> {
  const watch = unwrap(createRolloutWatch(deps, object));
  try {
    await settle(watch, waitMs(wait), requestSignal(reply));
    watch.take();
    if (watch.state().nodes.length > 0) return use(watch);
    const key = objectKey(object.namespace, object.name);
    throw new ProblemError(missing(object.resource, key, watch.freshness));
  } finally {
    watch.close();
  }
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
