import { createViewCounts, type Counted } from './counts.ts';
import type { ViewState } from './view-state.ts';

/** A pause that began elsewhere: in another timeline, or when a link was made. */
export interface TakenPause {
  readonly isOn: boolean;
  /** The view is paused, and what comes is to be held back. */
  readonly holds: (view: ViewState) => boolean;
  /** How many changes happened since. */
  readonly waiting: number;
  /** The view as it stood still at `time`, which is not after `now`. */
  readonly begin: (view: ViewState, time: number, now: number) => ViewState;
  readonly end: () => void;
  /** Counts on. Gives in how many milliseconds it wants to do so again. */
  readonly step: (now: number, of: Omit<Counted, 'span'>) => number;
}

/**
 * What came before a timeline was there cannot be held back by it: all is taken in, and what
 * happened after the pause is not seen, but counted.
 */
export function createTakenPause(): TakenPause {
  let counts = createViewCounts();
  let since: number | undefined;
  return {
    get isOn() {
      return since !== undefined;
    },
    holds: ({ pausedAt }) => pausedAt !== undefined && since === undefined,
    get waiting() {
      return counts.latest.changes;
    },
    begin: (view, time, now) => {
      const { from, to } = view.span;
      const pausedAt = Math.min(time, now);
      const end = view.following ? pausedAt : Math.min(pausedAt, to);
      counts = createViewCounts();
      since = pausedAt;
      return { ...view, pausedAt, span: { from: end - (to - from), to: end } };
    },
    end: () => {
      since = undefined;
    },
    step: (now, of) => {
      if (since === undefined) return Number.POSITIVE_INFINITY;
      const span = { from: since + 1, to: Number.POSITIVE_INFINITY };
      return counts.step(now, { ...of, span });
    },
  };
}
