import type { LiveClock } from './clock.ts';

/** Tells many listeners of many frames once, in the next animation frame. */
export interface Flusher {
  /** Runs `flush` with the next batch; asked twice before it, it runs once. */
  readonly schedule: (flush: () => void) => void;
}

/** A hidden tab draws no frames, but what it shows (its title, a notification) must not stand still. */
const hiddenFlushMs = 250;

export function createFlusher(deps: {
  readonly clock: LiveClock;
  /** As `requestAnimationFrame`; the answer cancels it. */
  readonly onFrame: (run: () => void) => () => void;
}): Flusher {
  const dirty = new Set<() => void>();
  let cancel: (() => void) | undefined;

  const flushAll = () => {
    cancel?.();
    cancel = undefined;
    const batch = [...dirty];
    dirty.clear();
    for (const flush of batch) flush();
  };

  return {
    schedule: (flush) => {
      dirty.add(flush);
      if (cancel !== undefined) return;
      const cancelFrame = deps.onFrame(flushAll);
      const cancelTimer = deps.clock.after(hiddenFlushMs, flushAll);
      cancel = () => {
        cancelFrame();
        cancelTimer();
      };
    },
  };
}
