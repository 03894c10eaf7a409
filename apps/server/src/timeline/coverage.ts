import { gvrKey } from '@kindscope/kube';
import type { BlindSpan, Coverage, ResourceRef } from '@kindscope/protocol';
import { watchKey } from './away.ts';
import type { GapEntry, WatchFact } from './change-log.ts';
import { instant } from './instant.ts';

/** Since when a resource is watched in a scope, and since when no longer. */
interface Watched {
  readonly ref: ResourceRef;
  readonly namespace: string | undefined;
  readonly since: number;
  until: number | undefined;
}

/** What of a resource's entries is no longer kept. */
export interface Dropped {
  readonly count: number;
  /** The newest of them, milliseconds since the epoch. */
  readonly through: number;
}

/** Knows what was watched when: what a log without entries could not tell. */
export interface WatchFacts {
  /** Whether it is the first of its scope. */
  note(fact: WatchFact): boolean;
  /**
   * What is known of the resources whose `gvrKey` is in `keys` (of all without), where `namespace`
   * is among what was watched. `gaps` and `dropped` are asked for by `gvrKey`.
   */
  coverage(
    scope: {
      readonly keys: ReadonlySet<string> | undefined;
      readonly namespace: string | undefined;
    },
    log: {
      gaps(key: string): readonly GapEntry[];
      dropped(key: string): Dropped | undefined;
    },
  ): Coverage[];
}

export function createWatchFacts(): WatchFacts {
  const facts = new Map<string, Watched>();

  return {
    note({ kind, ref, namespace, time }) {
      const id = watchKey(ref, namespace);
      const known = facts.get(id);
      if (known !== undefined) known.until = kind === 'watched' ? undefined : time;
      const isFirst = known === undefined && kind === 'watched';
      if (isFirst) facts.set(id, { ref, namespace, since: time, until: undefined });
      return isFirst;
    },
    coverage({ keys, namespace }, log) {
      return [...facts.values()]
        .filter((fact) => keys?.has(gvrKey(fact.ref)) ?? true)
        .filter(
          (fact) =>
            namespace === undefined || fact.namespace === undefined || fact.namespace === namespace,
        )
        .map((fact) => {
          const key = gvrKey(fact.ref);
          return coverageOf(fact, log.gaps(key), log.dropped(key));
        });
    },
  };
}

/**
 * Whether one of these watches saw what happened at a time, milliseconds since the epoch: also where
 * that is no longer kept.
 */
export function wasWatched(coverage: readonly Coverage[], time: number): boolean {
  return coverage.some(
    ({ since, blind }) =>
      since !== undefined &&
      Date.parse(since) <= time &&
      blind.every(
        ({ from, to, reason }) =>
          reason === 'dropped' ||
          time < Date.parse(from) ||
          (to !== undefined && time >= Date.parse(to)),
      ),
  );
}

/** Of what was dropped nobody knows which informer would have told it. */
function concerns({ namespace }: Watched, gap: GapEntry): boolean {
  if (gap.namespace === namespace) return true;
  return gap.reason === 'dropped' && (gap.namespace === undefined || namespace === undefined);
}

/** How many of one namespace are among those of all that were dropped is not known. */
function droppedSpan({ since, namespace }: Watched, { count, through }: Dropped): BlindSpan {
  return {
    from: instant(since),
    to: instant(through),
    reason: 'dropped',
    ...(namespace === undefined && count > 0 && { count }),
  };
}

function gapSpan({ from, time, reason, count }: GapEntry): BlindSpan {
  return { from: instant(from), to: instant(time), reason, ...(count !== undefined && { count }) };
}

function coverageOf(
  fact: Watched,
  gaps: readonly GapEntry[],
  dropped: Dropped | undefined,
): Coverage {
  const { ref, namespace, since, until } = fact;
  const isDropped = dropped !== undefined && dropped.through >= since;
  const kept = gaps.filter(
    (gap) => concerns(fact, gap) && gap.time > (dropped?.through ?? Number.NEGATIVE_INFINITY),
  );
  return {
    resource: ref,
    ...(namespace !== undefined && { namespace }),
    since: instant(since),
    watched: until === undefined,
    blind: [
      ...(isDropped ? [droppedSpan(fact, dropped)] : []),
      ...kept.map(gapSpan),
      ...(until === undefined ? [] : [{ from: instant(until), reason: 'unwatched' as const }]),
    ],
  };
}
