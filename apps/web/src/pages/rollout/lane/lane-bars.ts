import type { HealthBar } from '@kindscope/protocol';
import type { Blind } from '../../../ui/blind-spans.ts';
import { xOfTime, type TimeSpan } from '../../../ui/time-axis/time-span.ts';

/** An object, or several, over time. */
export interface Life {
  readonly created: number;
  readonly deleted?: number;
  /** Oldest first. */
  readonly bars: readonly HealthBar[];
}

/** A stretch of a lane, pixels from the left of what is seen. */
export interface Stretch {
  readonly left: number;
  readonly width: number;
}
export interface LaneBar extends Stretch {
  readonly bar: HealthBar;
}
export interface LaneBlind extends Stretch {
  readonly blind: Blind;
}

/** What is shorter is seen nevertheless, pixels. */
const leastWidth = 3;

/** The bars that are seen, clipped at what is seen; what is so still ends where the object does, or at `now`. */
export function laneBars(
  { bars, deleted }: Pick<Life, 'bars' | 'deleted'>,
  span: TimeSpan,
  width: number,
  now: number,
): LaneBar[] {
  return bars.flatMap((bar) => {
    const end = Math.min(bar.to ?? now, deleted ?? now);
    const stretch = stretchOf({ from: bar.from, to: end }, span, width);
    return stretch === undefined ? [] : [{ ...stretch, bar }];
  });
}

/** The times of an object's life in which nobody watched its kind, as far as they are seen. */
export function laneBlind(
  { created, deleted }: Pick<Life, 'created' | 'deleted'>,
  blind: readonly Blind[],
  span: TimeSpan,
  width: number,
): LaneBlind[] {
  return blind.flatMap((one) => {
    const from = Math.max(one.from, created);
    const to = Math.min(one.to, deleted ?? one.to);
    const stretch = from < to ? stretchOf({ from, to }, span, width) : undefined;
    return stretch === undefined ? [] : [{ ...stretch, blind: one }];
  });
}

/** The object's life, as far as it is seen. */
export function laneLife(
  { created, deleted }: Pick<Life, 'created' | 'deleted'>,
  span: TimeSpan,
  width: number,
  now: number,
): Stretch | undefined {
  return stretchOf({ from: created, to: deleted ?? now }, span, width);
}

function stretchOf({ from, to }: TimeSpan, span: TimeSpan, width: number): Stretch | undefined {
  if (to < span.from || from > span.to) return undefined;
  const left = Math.max(0, xOfTime(span, width, from));
  const right = Math.min(width, xOfTime(span, width, to));
  const wide = Math.max(leastWidth, right - left);
  return { left: Math.min(left, width - wide), width: wide };
}
