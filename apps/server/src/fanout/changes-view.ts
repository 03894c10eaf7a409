import type { Clock } from '@kindscope/informer';
import type { GapEntry } from '../timeline/change-log.ts';
import { instant } from '../timeline/instant.ts';
import type { ChangeFeed, FeedItem } from './change-feed.ts';
import type { Mark } from './frame-ring.ts';
import { createFreshnessWatch } from './freshness-watch.ts';
import { limits } from './limits.ts';
import { chunks, membersOf, type Body, type View, type ViewSignals } from './view.ts';

type ChangeItem = Extract<FeedItem, { kind: 'change' }>;

function changesBody(items: readonly ChangeItem[]): Body {
  const last = items.at(-1);
  return {
    type: 'changes',
    members: `"changes":[${items.map(({ json }) => json).join(',')}]`,
    ...(last === undefined ? {} : { mark: { id: last.id, time: last.time } }),
  };
}

/** What an unwatched time is on the wire, over WebSocket and SSE. */
export function gapMembers({ ref, from, time, count }: GapEntry): object {
  return {
    resource: ref,
    from: instant(from),
    to: instant(time),
    ...(count === undefined ? {} : { count }),
    reason: 'unwatched',
    filled: false,
  };
}

/** What a reader missed that was too slow, or away: said, and filled where the log still can. */
export function missedMembers(
  since: Mark,
  now: number,
  past: { readonly items: readonly FeedItem[]; readonly complete: boolean },
): object {
  const { items, complete } = past;
  const first = items[0]?.time;
  const to = complete || first === undefined ? now : first;
  const count = complete ? { count: items.filter(({ kind }) => kind === 'change').length } : {};
  const from = Math.min(since.time, to);
  return { from: instant(from), to: instant(to), ...count, reason: 'slow', filled: complete };
}

/** Runs of changes as frames of at most 200, gaps between them where they belong. */
function* bodiesOf(items: readonly FeedItem[]): Generator<Body> {
  let run: ChangeItem[] = [];
  function* flushRun(): Generator<Body> {
    for (const part of chunks(run, limits.chunk)) yield changesBody(part);
    run = [];
  }
  for (const item of items) {
    if (item.kind === 'change') {
      run.push(item);
    } else {
      yield* flushRun();
      const mark = { id: item.id, time: item.time };
      yield { type: 'gap', members: membersOf(gapMembers(item)), mark };
    }
  }
  yield* flushRun();
}

/** A gap before the first change says nothing of what is shown. */
function withoutLeadingGaps(items: readonly FeedItem[]): readonly FeedItem[] {
  const first = items.findIndex(({ kind }) => kind === 'change');
  return first < 0 ? items : items.slice(first);
}

/** The feed: changes in the order they were seen, gaps where they are. Nothing is coalesced. */
export function createChangesView(feed: ChangeFeed, clock: Clock, signals: ViewSignals): View {
  const freshness = createFreshnessWatch(() => feed.freshness);
  let pending: FeedItem[] = [];
  let published: Mark = { id: feed.lastId, time: clock.now() };

  feed.listen({
    onItems(items) {
      pending.push(...items);
      signals.dirty();
    },
    onFreshness: signals.dirty,
  });

  return {
    uniform: false,
    get freshness() {
      return freshness.shown;
    },
    beginning: () => ({}),
    flush() {
      const items = pending;
      pending = [];
      published = { id: feed.lastId, time: clock.now() };
      return [...bodiesOf(items), ...freshness.flush()];
    },
    snapshot({ backlog }) {
      return bodiesOf(withoutLeadingGaps(feed.past({ limit: backlog }).items));
    },
    mark: () => published,
    catchUp(since) {
      const past = feed.past({ limit: limits.fill, after: since.id });
      const gap = { type: 'gap', members: membersOf(missedMembers(since, clock.now(), past)) };
      return [gap, ...bodiesOf(past.items)];
    },
    close: () => feed.close(),
  };
}
