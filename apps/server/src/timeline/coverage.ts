import { gvrKey } from '@kindscope/kube';
import type { BlindSpan, Coverage, ResourceRef } from '@kindscope/protocol';
import type { GapEntry, LogDraft } from './change-log.ts';
import { instant } from './instant.ts';

type WatchFact = Extract<LogDraft, { kind: 'watched' | 'unwatched' }>;

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
  note(fact: WatchFact): void;
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
      const id = `${gvrKey(ref)} ${namespace ?? ''}`;
      const known = facts.get(id);
      if (known !== undefined) known.until = kind === 'watched' ? undefined : time;
      else if (kind === 'watched') {
        facts.set(id, { ref, namespace, since: time, until: undefined });
      }
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

function coverageOf(
  fact: Watched,
  gaps: readonly GapEntry[],
  dropped: Dropped | undefined,
): Coverage {
  const { ref, namespace, since, until } = fact;
  const blind: BlindSpan[] = [];
  if (dropped !== undefined && dropped.through >= since) {
    const { count, through } = dropped;
    blind.push({ from: instant(since), to: instant(through), reason: 'dropped', count });
  }
  for (const gap of gaps) {
    const ours = gap.namespace === undefined || gap.namespace === namespace;
    if (!ours || gap.time <= (dropped?.through ?? Number.NEGATIVE_INFINITY)) continue;
    blind.push({
      from: instant(gap.from),
      to: instant(gap.time),
      reason: gap.reason,
      ...(gap.count !== undefined && { count: gap.count }),
    });
  }
  if (until !== undefined) blind.push({ from: instant(until), reason: 'unwatched' });
  return {
    resource: ref,
    ...(namespace !== undefined && { namespace }),
    since: instant(since),
    watched: until === undefined,
    blind,
  };
}
