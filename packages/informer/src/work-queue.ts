import type { Clock } from './clock.ts';

/**
 * client-go's `util/workqueue`: an item is queued once, and never given to two workers at a time.
 * Items are told apart as a `Set` does. The queue holds each item once, so it is bounded by their number.
 */
export interface WorkQueue<Item> {
  /** Nothing happens when it is queued already; while it is being processed it is queued again at `done`. */
  add(item: Item): void;
  /** Adds after `ms`. Waiting twice, the earlier time holds. */
  addAfter(item: Item, ms: number): void;
  /** Adds after the item's own back-off, which doubles with each call until `forget`. */
  addRateLimited(item: Item): void;
  forget(item: Item): void;
  /** How often `addRateLimited` was called since `forget`. */
  retries(item: Item): number;
  /** The next item, when there is one; undefined when shut down and drained, or when the signal aborts. */
  get(signal: AbortSignal): Promise<Item | undefined>;
  /** Must follow each `get`. */
  done(item: Item): void;
  /** Queued and not yet given out. */
  readonly length: number;
  /** Takes no more and drops what waits for its time; what is queued is still given out. Resolves when all of it is done. */
  shutdown(): Promise<void>;
}

export interface WorkQueueDeps {
  readonly clock: Clock;
  /** 5 ms unless said. */
  readonly baseDelayMs?: number;
  /** 1,000 s unless said. */
  readonly maxDelayMs?: number;
}

interface Delayed {
  readonly at: number;
  readonly cancel: () => void;
}

export function createWorkQueue<Item>(deps: WorkQueueDeps): WorkQueue<Item> {
  const { clock, baseDelayMs = 5, maxDelayMs = 1_000_000 } = deps;
  const queue = new Set<Item>();
  const processing = new Set<Item>();
  /** Added while being processed. */
  const again = new Set<Item>();
  const delayed = new Map<Item, Delayed>();
  const failures = new Map<Item, number>();
  const workers = new Set<() => void>();
  const drained = Promise.withResolvers<void>();
  let closing = false;

  function wakeWorkers(): void {
    for (const wake of workers) wake();
  }

  function settleShutdown(): void {
    if (!closing || queue.size > 0 || processing.size > 0) return;
    drained.resolve();
    wakeWorkers();
  }

  function add(item: Item): void {
    if (closing) return;
    if (processing.has(item)) {
      again.add(item);
      return;
    }
    queue.add(item);
    wakeWorkers();
  }

  function addAfter(item: Item, ms: number): void {
    if (closing) return;
    if (ms <= 0) {
      add(item);
      return;
    }
    const at = clock.monotonic() + ms;
    const waiting = delayed.get(item);
    if (waiting !== undefined && waiting.at <= at) return;
    waiting?.cancel();
    const cancel = clock.after(ms, () => {
      delayed.delete(item);
      add(item);
    });
    delayed.set(item, { at, cancel });
  }

  function take(): { readonly item: Item } | undefined {
    for (const item of queue) {
      queue.delete(item);
      processing.add(item);
      return { item };
    }
    return undefined;
  }

  function nextWake(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        workers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      workers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  return {
    add,
    addAfter,
    addRateLimited(item) {
      const failed = failures.get(item) ?? 0;
      failures.set(item, failed + 1);
      addAfter(item, Math.min(baseDelayMs * 2 ** failed, maxDelayMs));
    },
    forget(item) {
      failures.delete(item);
    },
    retries: (item) => failures.get(item) ?? 0,
    async get(signal) {
      while (!signal.aborted) {
        const taken = take();
        if (taken !== undefined) return taken.item;
        if (closing && processing.size === 0) return undefined;
        await nextWake(signal);
      }
      return undefined;
    },
    done(item) {
      processing.delete(item);
      if (again.delete(item)) {
        queue.add(item);
        wakeWorkers();
      }
      settleShutdown();
    },
    get length() {
      return queue.size;
    },
    shutdown() {
      closing = true;
      for (const { cancel } of delayed.values()) cancel();
      delayed.clear();
      settleShutdown();
      return drained.promise;
    },
  };
}
