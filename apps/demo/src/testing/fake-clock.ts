import type { Clock } from '@kindscope/informer';

export interface FakeClock extends Clock {
  /** Lets so many milliseconds pass; due timers run in order. */
  advance(ms: number): void;
}

/** A clock that stands still until a test moves it. */
export function createFakeClock(start: number): FakeClock {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let elapsed = 0;
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after(ms, callback) {
      const timer = { at: elapsed + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      elapsed += ms;
      const due = [...timers].filter(({ at }) => at <= elapsed).sort((a, b) => a.at - b.at);
      for (const timer of due) {
        if (timers.delete(timer)) timer.callback();
      }
    },
  };
}
