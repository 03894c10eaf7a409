import type { GapEntry, LogEntry } from './change-log.ts';
import type { Dropped } from './coverage.ts';
import { createHeldLabels } from './held-labels.ts';

/** What an entry costs besides its text and its labels: the object, its place in the queue. */
const overhead = 400;

function bytesOf(entry: LogEntry): number {
  return overhead + (entry.kind === 'change' ? entry.json.length : 0);
}

/** Entries of one resource, oldest first; ids grow. */
export interface EntryQueue {
  readonly size: number;
  readonly bytes: number;
  /** The id of the last entry that was dropped, 0 before. */
  readonly lostThrough: number;
  /** Returns what it costs; labels that another entry has cost nothing more. */
  push(entry: LogEntry): number;
  /** What was dropped so far; undefined while nothing was. */
  readonly dropped: Dropped | undefined;
  /** Drops the oldest, if there is one; so many bytes are free with it. */
  drop(): { readonly entry: LogEntry | undefined; readonly cost: number };
  /** Oldest first. */
  gaps(): readonly GapEntry[];
  find(id: number): LogEntry | undefined;
  /** The one at a place from the oldest on, which is 0. */
  at(place: number): LogEntry | undefined;
  /** How many have smaller ids. */
  countBefore(id: number): number;
}

export function createEntryQueue(): EntryQueue {
  let entries: (LogEntry | undefined)[] = [];
  let head = 0;
  let bytes = 0;
  let lostThrough = 0;
  let dropped: Dropped | undefined;
  let gaps: GapEntry[] = [];
  const labels = createHeldLabels();

  /** The first position whose id is not less than this one. */
  function position(id: number): number {
    let low = head;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle]?.id ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    get size() {
      return entries.length - head;
    },
    get bytes() {
      return bytes;
    },
    get lostThrough() {
      return lostThrough;
    },
    get dropped() {
      return dropped;
    },
    gaps: () => gaps,
    find(id) {
      const entry = entries[position(id)];
      return entry?.id === id ? entry : undefined;
    },
    push(entry) {
      entries.push(entry);
      if (entry.kind === 'gap') gaps.push(entry);
      const cost = bytesOf(entry) + (entry.kind === 'change' ? labels.hold(entry.labels) : 0);
      bytes += cost;
      return cost;
    },
    drop() {
      const entry = entries[head];
      if (entry === undefined) return { entry, cost: 0 };
      entries[head] = undefined;
      head += 1;
      lostThrough = entry.id;
      const { count = 0, through = entry.time } = dropped ?? {};
      dropped = {
        count: entry.kind === 'gap' ? count : count + 1,
        through: Math.max(through, entry.time),
      };
      if (entry === gaps[0]) gaps = gaps.slice(1);
      const cost = bytesOf(entry) + (entry.kind === 'change' ? labels.release(entry.labels) : 0);
      bytes -= cost;
      // Moving the rest only when half is holes keeps dropping cheap.
      if (head > 1024 && head * 2 > entries.length) {
        entries = entries.slice(head);
        head = 0;
      }
      return { entry, cost };
    },
    at: (place) => entries[place < 0 ? -1 : head + place],
    countBefore: (id) => position(id) - head,
  };
}
