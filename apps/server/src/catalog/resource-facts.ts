import type { Clock, StoreEvent } from '@kindscope/informer';
import { gvrKey } from '@kindscope/kube';
import type { ObjectCount, ResourceInfo, ResourceRef } from '@kindscope/protocol';
import { mergeFreshness, toFreshness } from './freshness.ts';
import { createRateRing, type RateRing } from './rate-ring.ts';
import type { ResourceBase } from './resource-base.ts';
import { kubectlName, resourceId, type ResourceIndex } from './resource-index.ts';
import type { Scopes } from './scopes.ts';
import type { Watch, WatchPool } from './watch-pool.ts';

/** The index's items with what changes all the time: counts, rates, how they are watched. */
export interface ResourceFacts {
  /** By group, then resource. */
  all(): ResourceInfo[];
  info(id: string): ResourceInfo | undefined;
  /**
   * What the resource is, at a given version; made up from the name where it is not known (yet).
   * The same object until it changes: asked for on every event.
   */
  at(ref: ResourceRef): ResourceBase;
  /** Those that count: for all to hear, in all that is to be shown of the resource. */
  watches(id: string): Watch[];
  counts(watch: Watch): boolean;
  /** Counts the event into the rate; whether it can have changed count or rate. */
  note(id: string, event: StoreEvent): boolean;
}

export interface ResourceFactsDeps {
  readonly index: Pick<ResourceIndex, 'items'>;
  readonly pool: Pick<WatchPool, 'watches'>;
  readonly scopes: Scopes;
  readonly counts: { get(id: string): ObjectCount | undefined };
  readonly clock: Clock;
}

export function createResourceFacts(deps: ResourceFactsDeps): ResourceFacts {
  /** Kept when a watch ends, so that looking away for a moment loses no history. */
  const rates = new Map<string, RateRing>();
  const versions = new Map<string, { base: ResourceBase | undefined; at: ResourceBase }>();

  function counts({ informer, quiet }: Watch): boolean {
    return !quiet && deps.scopes.shown(informer.namespace);
  }

  function watches(id: string): Watch[] {
    return [...deps.pool.watches()].filter(
      (watch) => resourceId(watch.informer.gvr) === id && counts(watch),
    );
  }

  function describe(base: ResourceBase): ResourceInfo {
    const running = watches(base.id);
    const count = countInCache(base, running) ?? deps.counts.get(base.id);
    if (running.length === 0) {
      return { ...base, ...(count !== undefined && { count }), watch: 'unwatched' };
    }
    const freshness = mergeFreshness(
      running.map(({ informer }) => toFreshness(informer.state, informer)),
    );
    const rate = ring(base.id).read();
    return { ...base, ...(count !== undefined && { count }), watch: freshness.kind, rate };
  }

  /** Only where the caches that are whole cover all that may be seen. */
  function countInCache(base: ResourceBase, running: readonly Watch[]): ObjectCount | undefined {
    let value = 0;
    for (const scope of deps.scopes.of(base.id, base.namespaced)) {
      const watch = running.find(({ synced, informer }) => synced && informer.namespace === scope);
      if (watch === undefined) return undefined;
      value += watch.informer.store.size;
    }
    return { value, source: 'cache', at: new Date(deps.clock.now()).toISOString() };
  }

  function ring(id: string): RateRing {
    let found = rates.get(id);
    if (found === undefined) {
      found = createRateRing({ clock: deps.clock });
      rates.set(id, found);
    }
    return found;
  }

  function info(id: string): ResourceInfo | undefined {
    const base = deps.index.items.get(id);
    return base === undefined ? undefined : describe(base);
  }

  return {
    all: () =>
      [...deps.index.items.values()]
        .sort((a, b) => compare(a.group, b.group) || compare(a.resource, b.resource))
        .map(describe),
    info,
    at(ref) {
      const base = deps.index.items.get(resourceId(ref));
      const key = gvrKey(ref);
      const known = versions.get(key);
      if (known !== undefined && known.base === base) return known.at;
      const at = base === undefined ? unknownBase(ref) : { ...base, version: ref.version };
      versions.set(key, { base, at });
      return at;
    },
    watches,
    counts,
    note(id, event) {
      if (event.kind === 'synced') return true;
      if (event.kind === 'reset' || event.kind === 'relisted') return false;
      if (event.kind === 'add' && event.initial) return false;
      ring(id).add();
      return true;
    },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** What is assumed of a resource that was asked for before discovery has answered. */
function unknownBase(ref: ResourceRef): ResourceBase {
  return {
    id: resourceId(ref),
    ...ref,
    kind: kubectlName(ref),
    namespaced: true,
    verbs: ['get', 'list', 'watch'],
    shortNames: [],
    categories: [],
    versions: [ref.version],
  };
}
