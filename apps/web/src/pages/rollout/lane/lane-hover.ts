import type { RolloutRow } from '../rows/rollout-rows.ts';
import type { LaneHit } from './lane-hit.ts';
import type { ItemBox } from './lane-walk.ts';

/** What the pointer or a key came to, and where that is in the frame, pixels. */
export interface LaneHover {
  readonly x: number;
  readonly y: number;
  readonly row: RolloutRow;
  readonly hit: LaneHit;
  /** Where it is drawn, in the frame, where a key came to it: no pointer shows that. */
  readonly box?: ItemBox;
}

/** Held apart, so that a moving pointer draws nothing but the card. */
export interface HoverStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => LaneHover | undefined;
  readonly set: (hover: LaneHover | undefined) => void;
}

export function createHoverStore(): HoverStore {
  const listeners = new Set<() => void>();
  let hover: LaneHover | undefined;
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => hover,
    set: (next) => {
      if (next === undefined && hover === undefined) return;
      hover = next;
      for (const listener of listeners) listener();
    },
  };
}
