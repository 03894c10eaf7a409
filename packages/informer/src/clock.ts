/** The only source of time here, so that tests own it. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch: for showing. */
  now(): number;
  /** Monotonic milliseconds: for measuring. */
  monotonic(): number;
  /** Runs `callback` once after `ms`; returns its cancellation. Does not keep the process alive. */
  after(ms: number, callback: () => void): () => void;
}
