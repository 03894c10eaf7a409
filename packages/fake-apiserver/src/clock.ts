/** The server's only source of time, so that tests own it. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. */
  now(): number;
  /** Runs `callback` once after `ms`; returns its cancellation. Does not keep the process alive. */
  after(ms: number, callback: () => void): () => void;
}

/** Node takes a longer delay for none at all. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    let left = Math.max(0, ms);
    let timer = wait();
    return () => clearTimeout(timer);

    function wait(): NodeJS.Timeout {
      const delay = Math.min(left, LONGEST_DELAY_MS);
      left -= delay;
      return setTimeout(onTimer, delay).unref();
    }

    function onTimer(): void {
      if (left === 0) callback();
      else timer = wait();
    }
  },
};

/** A time as Kubernetes writes it: RFC 3339, whole seconds, UTC. */
export function timestamp(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== last.second) last = { second, text: textOf(ms) };
  return last.text;
}

/** Writes come many in a second. */
let last = { second: 0, text: textOf(0) };

function textOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
