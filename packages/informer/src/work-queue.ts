import type { Clock } from './clock.ts';

/** client-go's `util/workqueue`: an item is queued once, and never given to two workers at a time. */
export interface WorkQueue<Item> {
  /** Nothing happens when it is queued already; while it is being processed it is queued again at `done`. */
  add(item: Item): void;
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
  readonly length: number;
  /** Takes no more; what is queued is still given out. Resolves when all of it is done. */
  shutdown(): Promise<void>;
}

export interface WorkQueueDeps {
  readonly clock: Clock;
  /** 5 ms unless said. */
  readonly baseDelayMs?: number;
  /** 1,000 s unless said. */
  readonly maxDelayMs?: number;
}

export function createWorkQueue<Item>(deps: WorkQueueDeps): WorkQueue<Item> {
  throw new Error(`not built yet: ${deps.baseDelayMs}`);
}
