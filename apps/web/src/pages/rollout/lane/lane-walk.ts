import type { TimeSpan } from '../../../ui/time-axis/time-span.ts';
import { xOfTime } from '../../../ui/time-axis/time-span.ts';
import { laneBars, laneBlind } from './lane-bars.ts';
import type { LaneHit } from './lane-hit.ts';
import type { Lane } from './lane-reader.ts';
import type { LaneScale } from './lane-scale.ts';

/** All that is seen on a lane, in the order in which it began. */
export function laneItems(lane: Lane, { outer, span }: LaneScale): LaneHit[] {
  const isIn = ({ at }: { readonly at: number }): boolean => at >= span.from && at <= outer.span.to;
  const items: LaneHit[] = [
    ...laneBlind(lane, lane.blind, outer.span, outer.width).map(({ blind }): LaneHit => ({
      kind: 'blind',
      blind,
    })),
    ...barsIn(lane, outer).map(({ bar }): LaneHit => ({ kind: 'bar', bar })),
    ...lane.marks.filter(isIn).map((mark): LaneHit => ({ kind: 'mark', mark })),
    ...lane.events.filter(isIn).map((event): LaneHit => ({ kind: 'event', event })),
  ];
  return items.sort(inOrder);
}

/** The one beside; without one to go from the first, or the last. Undefined: there is no other. */
export function nextItem(
  items: readonly LaneHit[],
  from: LaneHit | undefined,
  move: 'earlier' | 'later',
): LaneHit | undefined {
  if (move === 'later') {
    return items.find((item) => from === undefined || inOrder(from, item) < 0);
  }
  return items.findLast((item) => from === undefined || inOrder(item, from) < 0);
}

/** The same item as it is now: bars end, and lanes are laid out anew. */
export function sameItem(items: readonly LaneHit[], as: LaneHit): LaneHit | undefined {
  return items.find((item) => inOrder(item, as) === 0);
}

export interface ItemBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where an item of a lane is drawn, pixels from the top left corner of the track. */
export function itemBox(hit: LaneHit, lane: Lane, { outer }: LaneScale): ItemBox | undefined {
  const around = (at: number, half: number) => ({
    left: xOfTime(outer.span, outer.width, at) - half,
    width: 2 * half,
  });
  switch (hit.kind) {
    case 'mark':
      return { ...around(hit.mark.at, 9), top: 0, height: 16 };
    case 'event':
      return { ...around(hit.event.at, 5), top: 29, height: 7 };
    case 'bar':
      return band(barsIn({ ...lane, bars: [hit.bar] }, outer)[0]);
    case 'blind':
      return band(laneBlind(lane, [hit.blind], outer.span, outer.width)[0]);
  }
}

function band(
  stretch: { readonly left: number; readonly width: number } | undefined,
): ItemBox | undefined {
  if (stretch === undefined) return undefined;
  return { left: stretch.left - 2, width: stretch.width + 4, top: 14, height: 18 };
}

function barsIn(lane: Lane, { span, width }: { readonly span: TimeSpan; readonly width: number }) {
  return laneBars(lane, span, width, Number.POSITIVE_INFINITY);
}

const ranks: Record<LaneHit['kind'], number> = { blind: 0, bar: 1, mark: 2, event: 3 };

function inOrder(a: LaneHit, b: LaneHit): number {
  return timeOf(a) - timeOf(b) || ranks[a.kind] - ranks[b.kind];
}

function timeOf(hit: LaneHit): number {
  switch (hit.kind) {
    case 'mark':
      return hit.mark.at;
    case 'event':
      return hit.event.at;
    case 'bar':
      return hit.bar.from;
    case 'blind':
      return hit.blind.from;
  }
}
