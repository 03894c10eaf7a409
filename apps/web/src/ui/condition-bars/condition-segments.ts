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
 * What status each condition had over the lives of an object, in order: from its flips, and from
 * how it is now or was last. Of the time before the first flip of a life the flip itself says the
 * status; a life in which nothing flipped says nothing, unless it is the last one.
 */
export function conditionLanes(
  flips: readonly ConditionFlip[],
  last: readonly { readonly type: string; readonly status: string }[],
  lives: readonly TimeSpan[],
): ConditionLane[] {
  const types = new Set([...last.map(({ type }) => type), ...flips.map(({ type }) => type)]);
  return [...types].map((type) => {
    const own = flips.filter((flip) => flip.type === type).toSorted((a, b) => a.time - b.time);
    const status = last.find((one) => one.type === type)?.status;
    const segments = lives.flatMap((life, index) => {
      const before = lives[index - 1]?.to ?? Number.NEGATIVE_INFINITY;
      const flipped = own.filter(({ time }) => time > before && time <= life.to);
      return segmentsOf(type, flipped, index === lives.length - 1 ? status : undefined, life);
    });
    return { type, segments };
  });
}

function segmentsOf(
  type: string,
  flips: readonly ConditionFlip[],
  last: string | undefined,
  life: TimeSpan,
): ConditionSegment[] {
  const segments: ConditionSegment[] = [];
  const put = (since: number, to: number, status: string | undefined): void => {
    const from = Math.max(since, life.from);
    if (status === undefined || from >= to) return;
    segments.push({ from, to, status, tone: conditionTone(type, status) });
  };
  let since = life.from;
  for (const flip of flips) {
    put(since, flip.time, flip.from);
    since = flip.time;
  }
  const newest = flips.at(-1);
  put(since, life.to, newest === undefined ? last : newest.to);
  return segments;
}
