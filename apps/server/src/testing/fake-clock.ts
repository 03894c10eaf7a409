import type { Clock } from '@kindscope/informer';

export interface FakeClock extends Clock {
  /** Lets `ms` pass: what is due runs in order, and what that sets in motion settles before the next. */
  advance(ms: number): Promise<void>;
}

/** Stands still until a test moves it. The wall clock starts at the full hour of 2026-01-01T00:00Z. */
export function createFakeClock(): FakeClock {
  const start = Date.parse('2026-01-01T00:00:00Z');
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let elapsed = 0;
  const settle = () => new Promise((resolve) => setImmediate(resolve));

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
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        elapsed = Math.max(elapsed, next.at);
        next.callback();
        await settle();
      }
      elapsed = until;
    },
  };
}
