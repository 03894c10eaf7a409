import {
  initialView,
  stepView,
  type ViewInput,
  type ViewState,
} from '../../timeline/engine/view-state.ts';

/** Which time the lanes show: one for all of them, outside of React. */
export interface LaneView {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => ViewState;
  /** What somebody does to it. */
  readonly input: (input: ViewInput) => void;
  /** As much time as there is to see, milliseconds, as long as nobody has chosen another. */
  readonly fit: (length: number) => void;
  /** Somebody chose what time it shows. */
  readonly chosen: () => boolean;
  /** Before it nothing is known, milliseconds since the epoch. */
  readonly setEarliest: (time: number) => void;
}

const minute = 60_000;
const lengths = [5, 10, 15, 30, 60, 180, 360, 720, 1440].map((minutes) => minutes * minute);
const usual = 15 * minute;

/** What chooses the time that is shown. */
const choosing = new Set<ViewInput['kind']>(['pan', 'zoom', 'length', 'show']);

/** A view that begins `length` long and ends at `to`, or now, and on with it. All milliseconds, undefined where nobody chose. */
export function createLaneView(
  now: () => number,
  length: number | undefined,
  to: number | undefined,
): LaneView {
  const listeners = new Set<() => void>();
  let state = initialView(length ?? usual, to, now());
  let isChosen = length !== undefined || to !== undefined;
  let earliest = Number.POSITIVE_INFINITY;
  const step = (input: ViewInput): void => {
    const bounds = {
      now: now(),
      earliest: Math.min(earliest, now()),
      lanesHeight: 0,
      height: 0,
    };
    const next = stepView(state, input, bounds);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    input: (input) => {
      isChosen ||= choosing.has(input.kind);
      step(input);
    },
    fit: (to) => {
      if (!isChosen) step({ kind: 'length', to });
    },
    chosen: () => isChosen,
    setEarliest: (time) => {
      earliest = time;
    },
  };
}

/** How much time to show of a rollout, so that it is seen whole with some of what was before; milliseconds. */
export function usualLength(
  rollout: { readonly started?: number | undefined; readonly ended?: number | undefined },
  now: number,
): number {
  const { started, ended } = rollout;
  // What was long ago is looked for, not shown.
  const isRecent = ended === undefined || now - ended < 60 * minute;
  if (started === undefined || !isRecent) return usual;
  const wanted = (now - started) * 1.5;
  return lengths.find((length) => length >= wanted) ?? lengths[8] ?? usual;
}

/** The time of a rollout, with some before and, of one that is through, after it. */
export function wholeSpan(
  rollout: { readonly started: number; readonly ended?: number | undefined },
  now: number,
): { readonly from: number; readonly to: number } {
  const end = rollout.ended ?? now;
  const margin = Math.max(5000, (end - rollout.started) * 0.08);
  return { from: rollout.started - margin, to: Math.min(now, end + margin) };
}
