import type { LiveClock } from '../clock.ts';

export interface FakeClock extends LiveClock {
  /** Lets `ms` pass, and runs what falls due, in order. */
  readonly pass: (ms: number) => void;
  /** Draws one animation frame. */
  readonly frame: () => void;
  readonly onFrame: (run: () => void) => () => void;
}

/** Time that stands still until a test moves it. */
export function createFakeClock(start = '2026-11-22T14:00:00.000Z'): FakeClock {
  let now = Date.parse(start);
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  let frames: (() => void)[] = [];
  return {
    now: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass: (ms) => {
      const end = now + ms;
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((other) => other !== due);
        now = due.at;
        due.run();
      }
      now = end;
    },
    frame: () => {
      const due = frames;
      frames = [];
      for (const run of due) run();
    },
    onFrame: (run) => {
      frames.push(run);
      return () => {
        frames = frames.filter((other) => other !== run);
      };
    },
  };
}
