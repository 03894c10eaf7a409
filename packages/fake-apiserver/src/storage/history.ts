import type { StoredObject } from './stored-object.ts';

/** One committed write of one resource. */
export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly revision: number;
  /** What it is now; for DELETED the last state, stamped with the deletion's revision. */
  readonly object: StoredObject;
  readonly previous: StoredObject | undefined;
}

export interface HistoryLimits {
  readonly events: number;
  readonly bytes: number;
}

/**
 * The recent writes of one resource, oldest first. Bounded in number and bytes: when full the
 * oldest are forgotten, and who asks for them is told that their version has expired.
 */
export interface History {
  /** Events after this revision are all here; earlier ones may be forgotten. */
  readonly since: number;
  append(event: StoreEvent): void;
  /** Events after `revision`, oldest first; undefined when some are forgotten. */
  after(revision: number): readonly StoreEvent[] | undefined;
  /** Forgets everything up to `revision`. */
  compact(revision: number): void;
}

export function createHistory(since: number, limits: HistoryLimits): History {
  let events: StoreEvent[] = [];
  let bytes = 0;
  let forgotten = since;

  function forgetFirst(count: number): void {
    for (const event of events.slice(0, count)) {
      bytes -= event.object.tail.length;
      forgotten = event.revision;
    }
    events = events.slice(count);
  }

  /** The index of the first event after `revision`. */
  function indexAfter(revision: number): number {
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((events[middle]?.revision ?? 0) <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    get since() {
      return forgotten;
    },
    append(event) {
      events.push(event);
      bytes += event.object.tail.length;
      // A tenth at a time, so that forgetting costs little per event.
      if (events.length > limits.events) forgetFirst(Math.ceil(limits.events / 10));
      while (bytes > limits.bytes && events.length > 1) {
        forgetFirst(Math.ceil(events.length / 10));
      }
    },
    after(revision) {
      return revision < forgotten ? undefined : events.slice(indexAfter(revision));
    },
    compact(revision) {
      forgetFirst(indexAfter(revision));
      forgotten = Math.max(forgotten, revision);
    },
  };
}
