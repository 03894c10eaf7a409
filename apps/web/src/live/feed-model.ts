import type { Change } from '@kindscope/protocol';
import type { ContentFrame } from './cursor.ts';
import type { FeedEntry, Gap } from './types.ts';

/** The feed as it is held: oldest first, bounded to `limit` entries, the oldest fall out. */
export interface Feed {
  readonly entries: readonly FeedEntry[];
  readonly dropped: boolean;
  /** How many entries were ever added: what waits during a pause is counted by it. */
  readonly added: number;
  readonly lastId: number | undefined;
  /** The server process that `lastId` counts in. */
  readonly instance: string | undefined;
  readonly gaps: number;
}

export const emptyFeed: Feed = {
  entries: [],
  dropped: false,
  added: 0,
  lastId: undefined,
  instance: undefined,
  gaps: 0,
};

export interface FeedSnapshot {
  readonly frames: readonly ContentFrame[];
  readonly instance: string | undefined;
  /** When the feed before it was lost, if it was. */
  readonly lostAt: string | undefined;
  /** RFC 3339, by the server's clock. */
  readonly now: string;
}

/**
 * A snapshot brings the newest changes of the log. What the feed has stays: ids of the same
 * server process join the two; where they do not meet, a gap says so.
 */
export function joinSnapshot(feed: Feed, snapshot: FeedSnapshot, limit: number): Feed {
  const first = firstOf(feed, snapshot.frames);
  const known = feed.entries.length > 0 || feed.lastId !== undefined;
  const meets =
    feed.instance === snapshot.instance &&
    (feed.lastId === undefined ||
      first?.known === true ||
      (first?.id !== undefined && first.id <= feed.lastId + 1));
  let joined: Feed = feed;
  if (known && !meets) {
    const from = snapshot.lostAt ?? newestTime(feed) ?? snapshot.now;
    const to = first?.time ?? snapshot.now;
    joined = addGap(joined, {
      from,
      to: to < from ? from : to,
      reason: 'restarted',
      filled: false,
    });
  }
  if (feed.instance !== snapshot.instance) joined = { ...joined, lastId: undefined };
  joined = { ...joined, instance: snapshot.instance };
  return trim(
    snapshot.frames.reduce((held, frame) => addFrame(held, frame), joined),
    limit,
  );
}

/** `known`: a gap that the feed has already, so that the two meet in it. */
function firstOf(
  feed: Feed,
  frames: readonly ContentFrame[],
): { readonly id?: number; readonly time: string; readonly known?: boolean } | undefined {
  for (const frame of frames) {
    if (frame.type === 'gap') return { time: frame.from, known: hasGap(feed, frame) };
    const change = frame.type === 'changes' ? frame.changes[0] : undefined;
    if (change !== undefined) return change;
  }
  return undefined;
}

/** The feed after one more frame of its stream. */
export function addToFeed(feed: Feed, frame: ContentFrame, limit: number): Feed {
  return trim(addFrame(feed, frame), limit);
}

function addFrame(feed: Feed, frame: ContentFrame): Feed {
  if (frame.type === 'changes') return addChanges(feed, frame.changes);
  if (frame.type !== 'gap') return feed;
  const { from, to, reason, filled, count } = frame;
  return addGap(feed, { from, to, reason, filled, ...(count === undefined ? {} : { count }) });
}

function addChanges(feed: Feed, changes: readonly Change[]): Feed {
  let { lastId } = feed;
  const added: FeedEntry[] = [];
  for (const change of changes) {
    if (lastId !== undefined && change.id <= lastId) continue;
    lastId = change.id;
    added.push({ type: 'change', key: `${feed.instance ?? ''}:${change.id}`, change });
  }
  if (added.length === 0) return feed;
  return {
    ...feed,
    entries: [...feed.entries, ...added],
    added: feed.added + added.length,
    lastId,
  };
}

function addGap(feed: Feed, gap: Gap): Feed {
  if (hasGap(feed, gap)) return feed;
  const gaps = feed.gaps + 1;
  return {
    ...feed,
    entries: [...feed.entries, { type: 'gap', key: `gap:${gaps}`, gap }],
    added: feed.added + 1,
    gaps,
  };
}

/** A stream that begins anew tells again of the gaps in its log. */
function hasGap(feed: Feed, { from, to, reason }: Pick<Gap, 'from' | 'to' | 'reason'>): boolean {
  return feed.entries.some(
    (entry) =>
      entry.type === 'gap' &&
      entry.gap.from === from &&
      entry.gap.to === to &&
      entry.gap.reason === reason,
  );
}

function trim(feed: Feed, limit: number): Feed {
  if (feed.entries.length <= limit) return feed;
  return { ...feed, entries: feed.entries.slice(-limit), dropped: true };
}

function newestTime(feed: Feed): string | undefined {
  const newest = feed.entries.at(-1);
  if (newest === undefined) return undefined;
  return newest.type === 'change' ? newest.change.time : newest.gap.to;
}
