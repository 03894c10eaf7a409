import { conditionTone, type ConditionTone } from '../changes/condition-text.ts';
import type { TimeSpan } from '../time-axis/time-span.ts';

/** A condition that flipped. */
export interface ConditionFlip {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly type: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A time in which a condition had one status. */
export interface ConditionSegment extends TimeSpan {
  readonly status: string;
  readonly tone: ConditionTone;
}

export interface ConditionLane {
  readonly type: string;
  /** In order; a time in which there was no such condition has none. */
  readonly segments: readonly ConditionSegment[];
}

/**
 * What status each condition had over a span: from its flips in order, and from how it is now. Of
 * the time before the first flip the flip itself says the status.
 */
export function conditionLanes(
  flips: readonly ConditionFlip[],
  now: readonly { readonly type: string; readonly status: string }[],
  span: TimeSpan,
): ConditionLane[] {
  const types = new Set([...now.map(({ type }) => type), ...flips.map(({ type }) => type)]);
  return [...types].map((type) => {
    const own = flips.filter((flip) => flip.type === type).toSorted((a, b) => a.time - b.time);
    const last = now.find((one) => one.type === type)?.status;
    return { type, segments: segmentsOf(type, own, last, span) };
  });
}

function segmentsOf(
  type: string,
  flips: readonly ConditionFlip[],
  last: string | undefined,
  span: TimeSpan,
): ConditionSegment[] {
  const segments: ConditionSegment[] = [];
  const put = (from: number, to: number, status: string | undefined): void => {
    const start = Math.max(from, span.from);
    const end = Math.min(to, span.to);
    if (status === undefined || start >= end) return;
    segments.push({ from: start, to: end, status, tone: conditionTone(type, status) });
  };
  let since = span.from;
  for (const flip of flips) {
    put(since, flip.time, flip.from);
    since = flip.time;
  }
  const newest = flips.at(-1);
  put(since, span.to, newest === undefined ? last : newest.to);
  return segments;
}
