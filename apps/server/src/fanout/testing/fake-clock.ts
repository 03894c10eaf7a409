import type { Clock } from '@kindscope/informer';

export interface FakeClock extends Clock {
  /** Lets `ms` pass; what due timers set in motion settles before the next one runs. */
  advance(ms: number): Promise<void>;
  /** Timers that have neither run nor been cancelled. */
  readonly pending: number;
}

/** Lets everything settle that needs neither time nor the network. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Stands still until a test moves it. */
export function createFakeClock(start = Date.UTC(2026, 10, 22, 14)): FakeClock {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let elapsed = 0;

  function nextDue(until: number) {
    let next: { readonly at: number; readonly callback: () => void } | undefined;
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
