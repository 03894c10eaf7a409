import type { Clock } from './clock.ts';

/** The clock of this machine: the one place of this package that touches the real one. */
export const systemClock: Clock = {
  // oxlint-disable-next-line no-restricted-properties -- this is what the rule points to
  now: () => Date.now(),
  // oxlint-disable-next-line no-restricted-properties -- the same
  monotonic: () => performance.now(),
  after(ms, callback) {
    // oxlint-disable-next-line no-restricted-globals -- the same
    const timer = setTimeout(callback, ms);
    timer.unref();
    // oxlint-disable-next-line no-restricted-globals -- the same
    return () => clearTimeout(timer);
  },
};
