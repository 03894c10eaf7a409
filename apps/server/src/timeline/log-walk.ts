import type { LogEntry } from './change-log.ts';
import type { EntryQueue } from './entry-queue.ts';

/** Asked of each entry; false ends the walk. */
export type Visit<Entry = LogEntry> = (entry: Entry) => boolean;

export interface WalkBounds {
  /** Only entries with smaller ids. */
  readonly before?: number | undefined;
  /** Only entries with greater ids. */
  readonly after?: number | undefined;
}

/** A place in a queue, on its way from the newest entry to the oldest. */
interface Head {
  readonly queue: EntryQueue;
  /** How many entries of the queue are left, this one included. */
  left: number;
  entry: LogEntry;
}

/** Visits the entries of several queues, the newest of all first. */
export function walkNewestFirst(
  queues: readonly EntryQueue[],
  { before, after = 0 }: WalkBounds,
  visit: Visit,
): void {
  const heads = queues
    .map((queue) => headOf(queue, before))
    .filter((head) => head !== undefined && head.entry.id > after) as Head[];
  heads.sort((a, b) => b.entry.id - a.entry.id);
  // A heap: what is sorted is one.
  for (let newest = heads[0]; newest !== undefined; newest = heads[0]) {
    if (!visit(newest.entry)) return;
    if (!stepBack(newest, after)) {
      const last = heads.pop();
      if (last === undefined || last === newest) continue;
      heads[0] = last;
    }
    sink(heads);
  }
}

function headOf(queue: EntryQueue, before: number | undefined): Head | undefined {
  const left = before === undefined ? queue.size : queue.countBefore(before);
  const entry = queue.at(left - 1);
  return entry === undefined ? undefined : { queue, left, entry };
}

/** False where there is none before it. */
function stepBack(head: Head, after: number): boolean {
  const entry = head.queue.at(head.left - 2);
  if (entry === undefined || entry.id <= after) return false;
  head.left -= 1;
  head.entry = entry;
  return true;
}

/** Brings the first to where it belongs in a heap of the newest first. */
function sink(heads: Head[]): void {
  const moved = heads[0];
  if (moved === undefined) return;
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    const child = idAt(heads, left + 1) > idAt(heads, left) ? left + 1 : left;
    const next = heads[child];
    if (next === undefined || next.entry.id <= moved.entry.id) break;
    heads[place] = next;
    place = child;
  }
  heads[place] = moved;
}

function idAt(heads: readonly Head[], place: number): number {
  return heads[place]?.entry.id ?? -1;
}
