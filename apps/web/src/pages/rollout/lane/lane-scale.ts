import type { TimeSpan } from '../../../ui/time-axis/time-span.ts';

/** How a lane puts time on pixels. */
export interface LaneScale {
  /** What is seen. */
  readonly span: TimeSpan;
  /** Pixels that it takes. */
  readonly width: number;
  /** What is seen with the margin at the right, and the pixels of both. */
  readonly outer: { readonly span: TimeSpan; readonly width: number };
  readonly msPerPixel: number;
  /** Marks are laid out for a stretch around what is seen, so that most moves only shift them. */
  readonly chunk: TimeSpan;
}

/** So that a mark that happens now is seen whole, pixels. */
export const edge = 12;

/** The scale of a track so many pixels wide. */
export function laneScale(span: TimeSpan, trackWidth: number): LaneScale {
  const width = Math.max(1, trackWidth - edge);
  // What follows now is as long all the time, but for what numbers cannot hold.
  const length = Math.max(1, Math.round(span.to - span.from));
  const msPerPixel = length / width;
  const start = Math.floor(span.from / length) * length;
  return {
    span,
    width,
    outer: { span: { from: span.from, to: span.to + edge * msPerPixel }, width: width + edge },
    msPerPixel,
    chunk: { from: start, to: start + 2 * length + edge * msPerPixel },
  };
}

/** Where a chunk begins, pixels from the left of what is seen. */
export function chunkOffset({ span, chunk, msPerPixel }: LaneScale): number {
  return (chunk.from - span.from) / msPerPixel;
}
