import type { Clock } from '../clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export interface FakeClock extends Clock {
  /** Lets `ms` pass: due timers run in order, and what they set in motion settles before the next. */
  advance(ms: number): Promise<void>;
  /** Timers that have neither run nor been cancelled. */
  readonly pending: number;
}

/** Lets every promise that can settle without time or I/O settle. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * A clock that stands still until a test moves it.
 *
 * @param start where the wall clock begins, milliseconds since the epoch.
 */
export function createFakeClock(start = 1_000_000): FakeClock {
  const timers = new Set<Timer>();
  let elapsed = 0;

  function nextDue(until: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.at <= until && (next === undefined || timer.at < next.at)) next = timer;
    }
    return next;
  }

  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after(ms, callback) {
      const timer = { at: elapsed + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const until = elapsed + ms;
      await settle();
      for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
        timers.delete(due);
        elapsed = Math.max(elapsed, due.at);
        due.callback();
        await settle();
      }
      elapsed = until;
    },
    get pending() {
      return timers.size;
    },
  };
}
