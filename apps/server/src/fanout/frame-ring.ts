import type { Buffer } from 'node:buffer';

/** How far a client that has a frame knows the log of changes. */
export interface Mark {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** One serialised frame, the same bytes for every client. */
export interface Frame {
  readonly seq: number;
  readonly bytes: Buffer;
  /** What a client knows that has all frames before this one, and with it. */
  readonly before: Mark;
  readonly after: Mark;
}

/** The last frames of a stream, bounded in number and bytes; the oldest go first, the newest always stays. */
export interface FrameRing {
  push(frame: Frame): void;
  get(seq: number): Frame | undefined;
  clear(): void;
}

export interface RingLimits {
  readonly frames: number;
  readonly bytes: number;
}

export function createFrameRing(limits: RingLimits): FrameRing {
  let frames: Frame[] = [];
  let bytes = 0;
  return {
    push(frame) {
      frames.push(frame);
      bytes += frame.bytes.length;
      while (frames.length > 1 && (frames.length > limits.frames || bytes > limits.bytes)) {
        bytes -= frames.shift()?.bytes.length ?? 0;
      }
    },
    get(seq) {
      const first = frames[0];
      return first === undefined ? undefined : frames[seq - first.seq];
    },
    clear() {
      frames = [];
      bytes = 0;
    },
  };
}
