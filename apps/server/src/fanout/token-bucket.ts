import type { Clock } from '@kindscope/informer';

/** Allows `burst` at once and `perSecond` in the long run. */
export function createTokenBucket(
  clock: Pick<Clock, 'monotonic'>,
  burst: number,
  perSecond: number,
): { take(): boolean } {
  let tokens = burst;
  let last = clock.monotonic();
  return {
    take() {
      const now = clock.monotonic();
      tokens = Math.min(burst, tokens + ((now - last) / 1000) * perSecond);
      last = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
