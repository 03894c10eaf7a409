import type { LogEntry } from './change-log.ts';

/** What an entry costs besides its text: the object, its labels, its place in the queue. */
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
  /** Returns what it costs. */
  push(entry: LogEntry): number;
  /** Drops the oldest and returns what it cost. */
  drop(): number;
  /** Newest first, ids less than `before` and greater than `after`. */
  backwards(before?: number, after?: number): Generator<LogEntry, void>;
}

export function createEntryQueue(): EntryQueue {
  let entries: (LogEntry | undefined)[] = [];
  let head = 0;
  let bytes = 0;
  let lostThrough = 0;

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
    push(entry) {
      entries.push(entry);
      const cost = bytesOf(entry);
      bytes += cost;
      return cost;
    },
    drop() {
      const entry = entries[head];
      if (entry === undefined) return 0;
      entries[head] = undefined;
      head += 1;
      lostThrough = entry.id;
      const cost = bytesOf(entry);
      bytes -= cost;
      // Moving the rest only when half is holes keeps dropping cheap.
      if (head > 1024 && head * 2 > entries.length) {
        entries = entries.slice(head);
        head = 0;
      }
      return cost;
    },
    *backwards(before, after) {
      const held = entries;
      const first = after === undefined ? head : position(after + 1);
      for (
        let index = (before === undefined ? held.length : position(before)) - 1;
        index >= first;
        index -= 1
      ) {
        const entry = held[index];
        if (entry === undefined) return;
        yield entry;
      }
    },
  };
}
