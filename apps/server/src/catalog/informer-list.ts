import type { InformerInfo } from '@kindscope/protocol';
import { toFault } from '../cluster/fault.ts';
import { toFreshness } from './freshness.ts';
import type { Watch } from './watch-pool.ts';

/** One watch as the status page shows it. */
export function toInformerInfo(watch: Watch, kind: string): InformerInfo {
  const { informer } = watch;
  const { stats } = informer;
  const { group, version, resource } = informer.gvr;
  return {
    resource: { group, version, resource },
    kind,
    ...(informer.namespace !== undefined && { namespace: informer.namespace }),
    ...(informer.form === 'metadata' && { metadataOnly: true as const }),
    freshness: toFreshness(informer.state, informer),
    objects: informer.store.size,
    viewers: watch.viewers,
    ...(stats.resourceVersion !== undefined && { resourceVersion: stats.resourceVersion }),
    startedAt: instant(watch.startedAt),
    ...(stats.lastEventAt !== undefined && { lastEventAt: instant(stats.lastEventAt) }),
    ...(stats.lastBookmarkAt !== undefined && { lastBookmarkAt: instant(stats.lastBookmarkAt) }),
    counters: {
      lists: stats.lists,
      watches: stats.watches,
      events: stats.events,
      bookmarks: stats.bookmarks,
      relists: stats.relists,
      failures: stats.failures,
      skipped: stats.skipped,
    },
    ...(stats.lastFault !== undefined && {
      lastFault: { ...toFault(stats.lastFault, informer), at: instant(stats.lastFault.at) },
    }),
  };
}

/** Since when a watch that runs has not been true, milliseconds since the epoch; undefined while it is. */
export function lostAt(informer: InformerInfo): number | undefined {
  const { freshness } = informer;
  switch (freshness.kind) {
    case 'live':
    case 'syncing':
      return undefined;
    case 'reconnecting':
    case 'stale':
      return Date.parse(freshness.since);
    case 'forbidden':
    case 'gone':
      return lastSign(informer);
    default:
      return freshness satisfies never;
  }
}

/** When the watch was surely true for the last time. */
function lastSign({ startedAt, lastEventAt, lastBookmarkAt }: InformerInfo): number {
  const signs = [startedAt, lastEventAt, lastBookmarkAt].filter((sign) => sign !== undefined);
  return Math.max(...signs.map((sign) => Date.parse(sign)));
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
