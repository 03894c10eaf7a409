import { useSyncExternalStore } from 'react';
import { useLive } from './context.ts';

/**
 * The server's time in milliseconds, which advances every `stepMs`: what an age is counted from.
 * All users of one step tick together.
 */
export function useNow(stepMs = 1000): number {
  const live = useLive();
  return useSyncExternalStore(
    (listener) => {
      const timer = setInterval(listener, stepMs);
      return () => clearInterval(timer);
    },
    () => Math.floor(live.now() / stepMs) * stepMs,
  );
}
