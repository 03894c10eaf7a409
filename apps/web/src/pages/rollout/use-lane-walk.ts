import { useEffect, type RefObject } from 'react';
import type { LaneHit } from './lane/lane-hit.ts';
import type { HoverStore, LaneHover } from './lane/lane-hover.ts';
import type { Lane } from './lane/lane-reader.ts';
import type { LaneScale } from './lane/lane-scale.ts';
import { itemBox, laneItems, nextItem, sameItem } from './lane/lane-walk.ts';
import type { RolloutRow } from './rows/rollout-rows.ts';

/** A way through all that is on the lane of a row, by keys. */
export interface LaneWalk {
  /** To the item beside the one it is at. */
  readonly go: (index: number, move: 'earlier' | 'later') => void;
  /** The item of that row it is at. */
  readonly at: (index: number) => LaneHit | undefined;
  readonly leave: () => void;
}

/** What keys come to is said as what the pointer comes to, and stays at its place as time goes on. */
export function useLaneWalk(lanes: {
  readonly frame: RefObject<HTMLElement | null>;
  readonly rows: readonly RolloutRow[];
  readonly laneOf: (row: RolloutRow) => Lane;
  readonly scale: LaneScale;
  readonly hover: HoverStore;
}): LaneWalk {
  const { frame, rows, laneOf, scale, hover } = lanes;
  const walked = (): LaneHover | undefined => {
    const shown = hover.snapshot();
    return shown?.box === undefined ? undefined : shown;
  };
  const hoverAt = (index: number, hit: LaneHit | undefined): LaneHover | undefined => {
    const row = rows[index];
    const track = frame.current?.querySelector(`[data-index="${index}"] [data-track]`);
    if (row === undefined || hit === undefined || !track) return undefined;
    const box = itemBox(hit, laneOf(row), scale);
    const around = frame.current?.getBoundingClientRect();
    if (box === undefined || around === undefined) return undefined;
    const place = track.getBoundingClientRect();
    const left = place.left - around.left + box.left;
    const top = place.top - around.top + box.top;
    return {
      x: Math.max(left, place.left - around.left),
      y: top + box.height - 8,
      row,
      hit,
      box: { ...box, left, top },
    };
  };
  useEffect(() => {
    const before = walked();
    if (before === undefined) return;
    const index = rows.findIndex(({ key }) => key === before.row.key);
    const row = rows[index];
    const hit = row === undefined ? undefined : sameItem(laneItems(laneOf(row), scale), before.hit);
    hover.set(hoverAt(index, hit));
  });
  const at = (index: number): LaneHit | undefined => {
    const shown = walked();
    return shown?.row.key === rows[index]?.key ? shown?.hit : undefined;
  };
  return {
    at,
    go: (index, move) => {
      const row = rows[index];
      if (row === undefined) return;
      const next = hoverAt(index, nextItem(laneItems(laneOf(row), scale), at(index), move));
      if (next !== undefined) hover.set(next);
    },
    leave: () => {
      if (walked() !== undefined) hover.set(undefined);
    },
  };
}
