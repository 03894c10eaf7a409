import type { Clock } from '@kindscope/informer';
import type { ChangeFeed, FeedItem, PastItems } from '../fanout/change-feed.ts';
import { gapMembers, missedMembers } from '../fanout/changes-view.ts';
import type { Mark } from '../fanout/frame-ring.ts';
import { instant } from '../timeline/instant.ts';
import { formatEventId, readEventId } from './stream-event-id.ts';

export interface StreamEventsDeps {
  readonly feed: ChangeFeed;
  /** Changes with the server's process. */
  readonly instance: string;
  readonly clock: Clock;
  /** Past changes to begin with, where the client does not resume. */
  readonly backlog: number;
  /** What the client had last, as it gives it back. */
  readonly lastEventId: string | undefined;
  /** Takes text; false when no more is wanted before `proceed` is called. */
  readonly write: (text: string) => boolean;
}

/** A feed as server-sent events. */
export interface StreamEvents {
  /** More may be written. Call it to begin, too. */
  proceed(): void;
  close(): void;
}

function event(name: string, data: string, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`;
}

/**
 * Holds no queue: a client that reads slowly is a place in the log of changes. What the log has
 * dropped by the time the client reads on is said as a gap.
 */
export function createStreamEvents(deps: StreamEventsDeps): StreamEvents {
  const { feed, clock, instance } = deps;
  let mark: Mark = { id: feed.lastId, time: clock.now() };
  let begun = false;
  let writable = true;
  /** Items that were read from the log and are on their way out. */
  let rest: Iterator<FeedItem> = [].values();
  /** There is more in the log than `rest` has. */
  let behind = false;
  let freshnessDue = false;

  function write(text: string): void {
    writable = deps.write(text) && writable;
  }

  function writeItem(item: FeedItem): void {
    mark = { id: item.id, time: item.time };
    const id = formatEventId(instance, mark);
    if (item.kind === 'change') write(event('change', item.json, id));
    else write(event('gap', JSON.stringify(gapMembers(item)), id));
  }

  function writeMissed(past: PastItems): void {
    if (past.complete) return;
    write(event('gap', JSON.stringify(missedMembers(mark, clock.now(), past))));
  }

  function readOn(): void {
    behind = false;
    const past = feed.past({ limit: Infinity, after: mark.id });
    writeMissed(past);
    if (past.items.length === 0) mark = { id: feed.lastId, time: clock.now() };
    rest = past.items.values();
  }

  function begin(): void {
    begun = true;
    writeFreshness();
    const last = readEventId(deps.lastEventId);
    if (last !== undefined && last.instance === instance) {
      mark = last;
      behind = true;
      return;
    }
    if (last !== undefined) write(event('gap', JSON.stringify(restarted(last.time))));
    if (deps.backlog === 0) return;
    behind = false;
    rest = feed.past({ limit: deps.backlog }).items.values();
  }

  function restarted(since: number): object {
    const now = clock.now();
    const from = instant(Math.min(since, now));
    return { from, to: instant(now), reason: 'unwatched', filled: false };
  }

  function writeFreshness(): void {
    freshnessDue = false;
    write(event('freshness', JSON.stringify(feed.freshness)));
  }

  /** One event; false when there is none, or no more is wanted. */
  function step(): boolean {
    if (!writable) return false;
    if (freshnessDue) {
      writeFreshness();
      return true;
    }
    const { done, value } = rest.next();
    if (done !== true) {
      writeItem(value);
      return true;
    }
    if (!behind) return false;
    readOn();
    return true;
  }

  function pump(): void {
    while (step());
  }

  const off = feed.listen({
    onItems(items) {
      for (const item of items) {
        // While more may be written nothing waits: no need to ask the log.
        if (begun && writable) writeItem(item);
        else behind = true;
      }
    },
    onFreshness() {
      freshnessDue = true;
      if (begun) pump();
    },
  });

  return {
    proceed() {
      writable = true;
      if (!begun) begin();
      pump();
    },
    close() {
      off();
      feed.close();
    },
  };
}
