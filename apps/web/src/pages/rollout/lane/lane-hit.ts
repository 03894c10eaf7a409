import type { HealthBar } from '@kindscope/protocol';
import type { Blind } from '../../../ui/blind-spans.ts';
import { timeAtX } from '../../../ui/time-axis/time-span.ts';
import type { LaneEvent, LaneMark } from './lane-marks.ts';
import type { LaneScale } from './lane-scale.ts';

/** What a lane has drawn. */
export interface LaneContent {
  readonly marks: readonly LaneMark[];
  readonly events: readonly LaneEvent[];
  readonly bars: readonly HealthBar[];
  readonly blind: readonly Blind[];
}

/** What is under the pointer in a lane. */
export type LaneHit =
  | { readonly kind: 'mark'; readonly mark: LaneMark }
  | { readonly kind: 'event'; readonly event: LaneEvent }
  | { readonly kind: 'bar'; readonly bar: HealthBar }
  | { readonly kind: 'blind'; readonly blind: Blind };

/** How near is at it, pixels. */
const markReach = 9;
const eventReach = 6;
/** Marks stand above it, bars from it on, Events below the bars. */
const barTop = 16;
const barBottom = 31;

/** What is drawn at a place of a track, pixels from its top left corner. */
export function laneHit(
  content: LaneContent,
  scale: LaneScale,
  { x, y }: { readonly x: number; readonly y: number },
): LaneHit | undefined {
  const time = timeAtX(scale.span, scale.width, x);
  const mark = nearest(content.marks, time, markReach * scale.msPerPixel);
  if (mark !== undefined && y < barTop) return { kind: 'mark', mark };
  const event = nearest(content.events, time, eventReach * scale.msPerPixel);
  if (event !== undefined && y >= barBottom - 2) return { kind: 'event', event };
  const bar = content.bars.find(
    ({ from, to }) => from <= time && time <= (to ?? Number.POSITIVE_INFINITY),
  );
  if (bar !== undefined && y >= barTop) return { kind: 'bar', bar };
  if (mark !== undefined) return { kind: 'mark', mark };
  const blind = content.blind.find(({ from, to }) => from <= time && time <= to);
  return blind === undefined ? undefined : { kind: 'blind', blind };
}

function nearest<Item extends { readonly at: number }>(
  items: readonly Item[],
  time: number,
  reach: number,
): Item | undefined {
  let best: Item | undefined;
  let least = reach;
  for (const item of items) {
    const far = Math.abs(item.at - time);
    if (far <= least) [best, least] = [item, far];
  }
  return best;
}
