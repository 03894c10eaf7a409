import type { Lane, Lanes } from './lanes.ts';
import { heartbeatBit } from './mark-classes.ts';
import type { MarkStore } from './mark-store.ts';

export type Direction = 'earlier' | 'later' | 'up' | 'down';

export interface Walk {
  readonly store: MarkStore;
  readonly lanes: Lanes;
  /** Bits of the classes that are shown. */
  readonly shown: number;
  /** What happens after it is not shown, milliseconds. */
  readonly edge: number;
}

/** The mark that is next to one in a direction; -1 where there is none. Heartbeats are passed over. */
export function nextMark(walk: Walk, row: number, direction: Direction): number {
  const { store, lanes } = walk;
  const lane = lanes.laneOfRow(row);
  if (lane === undefined) return -1;
  const time = store.time[row] ?? 0;
  if (direction === 'earlier' || direction === 'later') {
    const place = placeOfRow(lane, row, time);
    return seek(walk, lane, place, direction === 'later' ? 1 : -1);
  }
  const step = direction === 'down' ? 1 : -1;
  for (let place = lanes.placeOf(lane) + step; ; place += step) {
    const next = lanes.order[place];
    if (next === undefined) return -1;
    const found = nearestMark(walk, next, time);
    if (found >= 0) return found;
  }
}

/** The mark of a lane that is nearest to a time; -1 where there is none. */
export function nearestMark(walk: Walk, lane: Lane | undefined, time: number): number {
  if (lane === undefined) return -1;
  const place = lane.rows.placeOf(time);
  const later = seek(walk, lane, place - 1, 1);
  const earlier = seek(walk, lane, place, -1);
  if (later < 0 || earlier < 0) return Math.max(later, earlier);
  const { store } = walk;
  const isLater = (store.time[later] ?? 0) - time < time - (store.time[earlier] ?? 0);
  return isLater ? later : earlier;
}

function seek(walk: Walk, { rows }: Lane, from: number, step: number): number {
  for (let place = from + step; place >= 0 && place < rows.length; place += step) {
    const row = rows.at(place);
    const bits = (walk.store.of[row] ?? 0) & walk.shown & ~heartbeatBit;
    if (bits !== 0 && (walk.store.time[row] ?? 0) <= walk.edge) return row;
  }
  return -1;
}

function placeOfRow({ rows }: Lane, row: number, time: number): number {
  let place = rows.placeOf(time);
  while (place < rows.length && rows.at(place) !== row) place += 1;
  return place;
}
