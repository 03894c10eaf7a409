import type { Change } from '@kindscope/protocol';

/** Changes between two times that the feed does not have, or got later from the log. */
export interface FeedGap {
  readonly from: string;
  readonly to: string;
  readonly count?: number;
  readonly reason: 'slow' | 'unwatched' | 'restarted';
  readonly filled: boolean;
}

/** What came; `key` is unique in the feed and stays with the entry. */
export type FeedEntry =
  | { readonly type: 'change'; readonly key: string; readonly change: Change }
  | { readonly type: 'gap'; readonly key: string; readonly gap: FeedGap };

/** One line of the feed. `key` stays the same while newer entries come above it. */
export type FeedItem =
  | {
      readonly kind: 'change';
      readonly key: string;
      readonly change: Change;
      /** When the last object of this name was deleted, where the feed still knows it. */
      readonly endedBefore: string | undefined;
    }
  | { readonly kind: 'gap'; readonly key: string; readonly gap: FeedGap }
  | { readonly kind: 'fold'; readonly key: string; readonly fold: HeartbeatFold };

/** Heartbeats that followed each other. */
export interface HeartbeatFold {
  readonly count: number;
  /** When the first and the last of them were seen, RFC 3339. */
  readonly from: string;
  readonly to: string;
  /** The last steps of the paths that moved, most frequent first. */
  readonly fields: readonly string[];
  readonly objects: number;
  /** The newest of them. */
  readonly last: Change;
}

/**
 * The feed's lines, newest first, from its entries, newest first: heartbeats that follow each
 * other become one line, and a created object knows when the last one of its name ended.
 */
export function feedItems(entries: readonly FeedEntry[]): FeedItem[] {
  const items: FeedItem[] = [];
  const ends = new Map<string, string>();
  let beats: Change[] = [];
  const closeFold = (): void => {
    const oldest = beats[0];
    if (oldest !== undefined) {
      items.push({ kind: 'fold', key: `fold-${oldest.id}`, fold: foldOf(beats) });
    }
    beats = [];
  };
  // Oldest first, so that a deletion is known when the next life of the name begins.
  for (const entry of entries.toReversed()) {
    if (entry.type === 'change' && isHeartbeat(entry.change)) {
      beats.push(entry.change);
      continue;
    }
    closeFold();
    items.push(itemOf(entry, ends));
  }
  closeFold();
  return items.toReversed();
}

function itemOf(entry: FeedEntry, ends: Map<string, string>): FeedItem {
  if (entry.type === 'gap') return { kind: 'gap', key: entry.key, gap: entry.gap };
  const { change } = entry;
  const endedBefore = change.classes.includes('created') ? ends.get(lifeOf(change)) : undefined;
  if (change.classes.includes('deleted')) ends.set(lifeOf(change), change.time);
  return { kind: 'change', key: entry.key, change, endedBefore };
}

function lifeOf({ resource, namespace, name }: Change): string {
  return `${resource.group}/${resource.resource}/${namespace}/${name}`;
}

/** Whether two items say the same: they are made anew with every entry that comes. */
export function sameItem(a: FeedItem, b: FeedItem): boolean {
  if (a.key !== b.key) return false;
  if (a.kind === 'fold') return b.kind === 'fold' && a.fold.count === b.fold.count;
  if (a.kind === 'gap') return b.kind === 'gap' && a.gap === b.gap;
  return b.kind === 'change' && a.change === b.change && a.endedBefore === b.endedBefore;
}

function isHeartbeat(change: Change): boolean {
  return change.classes[0] === 'heartbeat' && change.effect === undefined;
}

function foldOf(beats: readonly Change[]): HeartbeatFold {
  const counts = new Map<string, number>();
  const objects = new Set<string>();
  for (const beat of beats) {
    objects.add(beat.uid);
    for (const field of beat.fields) {
      const name = lastStep(field.path);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  // The caller has at least one.
  const last = beats.at(-1) as Change;
  return {
    count: beats.length,
    from: beats[0]?.time ?? last.time,
    to: last.time,
    fields: [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name),
    objects: objects.size,
    last,
  };
}

function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
