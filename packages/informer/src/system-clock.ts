import type { Clock } from './clock.ts';

/** Node takes a longer delay for none at all. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The clock of this machine: the one place of this package that touches the real one. */
export const systemClock: Clock = {
  // oxlint-disable-next-line no-restricted-properties -- this is what the rule points to
  now: () => Date.now(),
  // oxlint-disable-next-line no-restricted-properties -- the same
  monotonic: () => performance.now(),
  after(ms, callback) {
    let left = Math.max(0, ms);
    let timer = wait();
    // oxlint-disable-next-line no-restricted-globals -- the same
    return () => clearTimeout(timer);

    function wait(): NodeJS.Timeout {
      const delay = Math.min(left, LONGEST_DELAY_MS);
      left -= delay;
      // oxlint-disable-next-line no-restricted-globals -- the same
      return setTimeout(onTimer, delay).unref();
    }

    function onTimer(): void {
      if (left === 0) callback();
      else timer = wait();
    }
  },
};
