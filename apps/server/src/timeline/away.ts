import { gvrKey } from '@kindscope/kube';
import type { BlindSpan, Coverage, InformerInfo, ResourceRef } from '@kindscope/protocol';
import { lostAt } from '../catalog/informer-list.ts';
import type { ChangeLog } from './change-log.ts';
import { instant } from './instant.ts';

/** A watch by what it watches. */
export function watchKey(resource: ResourceRef, namespace: string | undefined): string {
  return `${gvrKey(resource)} ${namespace ?? ''}`;
}

/** A log of changes to those who ask it for what was. */
export type PastChanges = Omit<
  ChangeLog,
  'append' | 'entries' | 'lostThrough' | 'onChange' | 'onBegin'
>;

/**
 * The log, which hears of a watch that was cut off when that is over: while it lasts it is said too.
 * A watch that then goes on where it was has missed nothing; so this is no fact of the log.
 */
export function withAway(log: PastChanges, informers: () => readonly InformerInfo[]): PastChanges {
  function told(coverage: readonly Coverage[]): Coverage[] {
    const lost = new Map(
      informers()
        .filter(({ metadataOnly = false }) => !metadataOnly)
        .map((one) => [watchKey(one.resource, one.namespace), lostAt(one)]),
    );
    return coverage.map((item) => {
      const since = lost.get(watchKey(item.resource, item.namespace));
      if (!item.watched || since === undefined) return item;
      const from = instant(Math.max(since, Date.parse(item.since ?? '') || 0));
      return { ...item, blind: [...item.blind, { from, reason: 'away' } satisfies BlindSpan] };
    });
  }

  return {
    query: (query) => log.query(query),
    change: (id) => log.change(id),
    marks(query) {
      const marks = log.marks(query);
      return { ...marks, coverage: told(marks.coverage) };
    },
    density(query) {
      const density = log.density(query);
      return { ...density, coverage: told(density.coverage) };
    },
    coverage: (scope) => told(log.coverage(scope)),
    get lastId() {
      return log.lastId;
    },
    stats: () => log.stats(),
  };
}
