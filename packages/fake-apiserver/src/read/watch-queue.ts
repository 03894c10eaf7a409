import type { StreamSink } from '../http/answer.ts';

/** The way from a watch's events to its client, at the client's pace. */
export interface WatchQueue {
  /** Written at once when the client keeps up; made later, in order, when it lags: `bytes` wait then. */
  push(make: () => Buffer, bytes: number): void;
  /** Ends the stream once everything is written. */
  finish(): void;
}

/** A client that is this far behind is cut, without an ERROR event, as Kubernetes does. */
const MAX_PENDING = 10_000;
const MAX_PENDING_BYTES = 64 * 1024 * 1024;

interface Pending {
  readonly make: () => Buffer;
  readonly bytes: number;
}

/** `initial` is written first, lazily; `onOverflow` must cut the client. */
export function createWatchQueue(
  sink: StreamSink,
  initial: Iterator<Buffer>,
  onOverflow: () => void,
): WatchQueue {
  let pending: Pending[] = [];
  let pendingBytes = 0;
  let blocked = false;
  let initialDone = false;
  let finished = false;

  function pump(): void {
    while (!blocked && !initialDone) {
      const next = initial.next();
      if (next.done === true) initialDone = true;
      else blocked = !sink.write(next.value);
    }
    let written = 0;
    while (!blocked && written < pending.length) {
      const next = pending[written];
      written += 1;
      if (next === undefined) continue;
      pendingBytes -= next.bytes;
      blocked = !sink.write(next.make());
    }
    if (written > 0) pending = pending.slice(written);
    if (finished && initialDone && pending.length === 0) sink.end();
  }

  sink.onDrain(() => {
    blocked = false;
    pump();
  });
  pump();

  return {
    push(make, bytes) {
      if (!blocked && initialDone && pending.length === 0) {
        blocked = !sink.write(make());
        return;
      }
      pending.push({ make, bytes });
      pendingBytes += bytes;
      if (pending.length > MAX_PENDING || pendingBytes > MAX_PENDING_BYTES) onOverflow();
    },
    finish() {
      finished = true;
      if (!blocked) pump();
    },
  };
}
