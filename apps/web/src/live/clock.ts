/** Time and chance, so that tests turn the clock by hand. */
export interface LiveClock {
  /** Milliseconds since 1970 by this machine. */
  readonly now: () => number;
  /** Calls `run` once, `ms` from now; the answer cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export const browserClock: LiveClock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
