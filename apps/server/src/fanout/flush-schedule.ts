import type { Clock, Log } from '@kindscope/informer';

export interface FlushSchedule {
  /** Asks for a flush: at the end of this turn when the last one is long enough ago, else as soon as it is. */
  request(): void;
  /** Flushes now if one was asked for. */
  now(): void;
  cancel(): void;
}

/** Runs `flush` at most once per interval; the first change after a rest waits for nothing but its own turn. */
export function createFlushSchedule(
  deps: { readonly clock: Clock; readonly log: Log },
  intervalMs: number,
  flush: () => void,
): FlushSchedule {
  const { clock, log } = deps;
  let requested = false;
  let cancelled = false;
  let cancelTimer: (() => void) | undefined;
  let last = -Infinity;

  function run(): void {
    if (!requested || cancelled) return;
    requested = false;
    cancelTimer?.();
    cancelTimer = undefined;
    last = clock.monotonic();
    try {
      flush();
    } catch (error) {
      log.error({ err: error }, 'a stream could not be brought up to date');
    }
  }

  return {
    request() {
      if (requested || cancelled) return;
      requested = true;
      const wait = last + intervalMs - clock.monotonic();
      if (wait <= 0) queueMicrotask(run);
      else cancelTimer = clock.after(wait, run);
    },
    now: run,
    cancel() {
      cancelled = true;
      cancelTimer?.();
    },
  };
}
