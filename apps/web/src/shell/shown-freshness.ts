import type { Freshness } from '@kindscope/protocol';
import type { ConnectionSnapshot } from '../live/index.ts';
import type { FreshnessValue } from '../ui/freshness.tsx';

/**
 * What the top bar says: the page's own freshness, but never better than the connection that it
 * comes over. A page that shows nothing live is as fresh as the cluster is reachable.
 */
export function shownFreshness(
  connection: ConnectionSnapshot,
  page: Freshness | undefined,
): FreshnessValue {
  if (connection.kind === 'closed') return { kind: 'stale', since: connection.since };
  if (page !== undefined) return page;
  if (connection.kind === 'connecting') return { kind: 'syncing', received: 0 };
  switch (connection.cluster.kind) {
    case 'connected':
      return { kind: 'live' };
    case 'connecting':
      return { kind: 'syncing', received: 0 };
    case 'unreachable':
      return { kind: 'stale', since: connection.cluster.since };
  }
}
