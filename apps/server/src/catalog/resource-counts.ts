import type {
  Clock,
  InformerTarget,
  ObjectCount as CountAnswerOfServer,
} from '@kindscope/informer';
import { createObjectCounts, type CountAnswer, type ObjectCounts } from './object-counts.ts';
import type { ResourceBase } from './resource-base.ts';
import type { ResourceIndex } from './resource-index.ts';
import type { Scope, Scopes } from './scopes.ts';

export interface ResourceCountsDeps {
  readonly count: (target: InformerTarget, signal: AbortSignal) => Promise<CountAnswerOfServer>;
  readonly index: Pick<ResourceIndex, 'items'>;
  readonly scopes: Scopes;
  readonly watched: (id: string) => boolean;
  readonly onCount: (id: string) => void;
  readonly clock: Clock;
}

/** Counts of the catalogue's unwatched resources, custom ones first. */
export function createResourceCounts(deps: ResourceCountsDeps): ObjectCounts {
  const { items } = deps.index;

  function* wanted(): Iterable<string> {
    const unwatched = [...items.values()].filter(
      ({ id, verbs }) => verbs.includes('list') && !deps.watched(id),
    );
    for (const { id, crd } of unwatched) if (crd !== undefined) yield id;
    for (const { id, crd } of unwatched) if (crd === undefined) yield id;
  }

  async function count(id: string, signal: AbortSignal): Promise<CountAnswer> {
    const base = items.get(id);
    if (base === undefined) return { kind: 'none' };
    let value = 0;
    for (const scope of deps.scopes.of(id, base.namespaced)) {
      const answer = await countScope(base, scope, signal);
      if (answer.kind !== 'count') return answer;
      value += answer.value;
    }
    return { kind: 'count', value };
  }

  async function countScope(
    base: ResourceBase,
    scope: Scope,
    signal: AbortSignal,
  ): Promise<CountAnswer> {
    const { group, version, resource } = base;
    const gvr = { group, version, resource };
    const answer = await deps.count({ gvr, namespace: scope }, signal);
    if (answer.ok) {
      return answer.count === undefined ? { kind: 'none' } : { kind: 'count', value: answer.count };
    }
    if (answer.fault.status === undefined) return { kind: 'failed' };
    if (answer.fault.code !== 'forbidden' || scope !== undefined || !base.namespaced) {
      return { kind: 'none' };
    }
    const narrower = deps.scopes.narrow(base.id);
    return narrower === undefined ? { kind: 'none' } : countScope(base, narrower, signal);
  }

  return createObjectCounts({
    count,
    wanted,
    onCount: deps.onCount,
    clock: deps.clock,
    concurrency: 4,
    maxAgeMs: 60_000,
  });
}
