import type { Blind } from '../../../ui/blind-spans.ts';
import { laneAt, msPerPixel, timeAt, xOf } from './geometry.ts';
import { cellLength, firstCell } from './lane-cells.ts';
import type { Lane } from './lanes.ts';
import type { Scene } from './scene.ts';

export interface Hit {
  /** The place of the lane at this height; -1 where there is none. */
  readonly place: number;
  readonly lane: Lane | undefined;
  /** Left of where time begins. */
  readonly onName: boolean;
  /** The mark that is drawn there; -1 for none. */
  readonly row: number;
  /** How many changes it stands for. */
  readonly count: number;
  /** What is not known at this time, where no mark is. */
  readonly blind: Blind | undefined;
}

/** A pointer so far from a mark still means it, pixels. */
const reach = 9;

/** What is drawn at a place of the canvas. */
export function hitTest(scene: Scene, x: number, y: number): Hit {
  const { geometry, view, lanes } = scene;
  const place = laneAt(geometry, view.scroll, y);
  const lane = lanes.order[place];
  const none = { place, lane, onName: false, row: -1, count: 0, blind: undefined };
  if (lane === undefined) return { ...none, place: -1 };
  if (x < geometry.trackLeft) return { ...none, onName: true };
  const mark = markNear(scene, lane, x);
  if (mark !== undefined) return { ...none, ...mark };
  const time = timeAt(geometry, view.span, x);
  const blind = scene.blind(lane).find(({ from, to }) => from <= time && time <= to);
  return { ...none, blind };
}

function markNear(
  scene: Scene,
  lane: Lane,
  x: number,
): { readonly row: number; readonly count: number } | undefined {
  const { geometry, view, store } = scene;
  const cells = scene.cells(lane, cellLength(msPerPixel(geometry, view.span)));
  const edge = view.pausedAt ?? Number.POSITIVE_INFINITY;
  let nearest: { readonly row: number; readonly count: number } | undefined;
  let distance = reach;
  const from = timeAt(geometry, view.span, x - reach);
  for (let index = firstCell(cells, store, from); index < cells.length; index += 1) {
    const row = cells.row[index] ?? -1;
    const time = store.time[row] ?? 0;
    const off = xOf(geometry, view.span, time) - x;
    if (off > reach || time > edge) break;
    // Later ones are drawn above earlier ones.
    if (Math.abs(off) > distance) continue;
    distance = Math.abs(off);
    nearest = { row, count: cells.count[index] ?? 0 };
  }
  return nearest;
}
