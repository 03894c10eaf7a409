import type { Change, Coverage, Freshness, ResourceRef } from '@kindscope/protocol';
import type { Api } from '../../../api.ts';
import type { Live } from '../../../live/index.ts';
import type { Blind } from '../../../ui/blind-spans.ts';
import type { Counts } from './counts.ts';
import type { Grouping, Lane } from './lanes.ts';
import type { Refusal } from './live-feed.ts';
import type { Direction } from './mark-walk.ts';
import type { Scene } from './scene.ts';
import type { ViewInput, ViewState } from './view-state.ts';

export interface TimelineDeps {
  readonly api: Pick<Api, 'getMarks' | 'getCoverage'>;
  readonly live: Pick<Live, 'changes' | 'catalog' | 'now'>;
  /** As `requestAnimationFrame`; the answer cancels it. */
  readonly onFrame: (run: () => void) => () => void;
  /** Calls `run` once, `ms` from now; the answer cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** Nothing moves more often than that by itself, milliseconds. */
  readonly leastStep: number;
  readonly room: MarkRoom;
}

/** How many marks are held at most. */
export interface MarkRoom {
  /** Brought from the past. */
  readonly past: number;
  /** With those that came live; beyond it all is brought anew, as far back as it is looked at. */
  readonly all: number;
}

/** Shows scenes to the reader. */
export interface Painter {
  readonly paint: (scene: Scene) => void;
  readonly close: () => void;
}

/** Which changes; what is absent does not restrict. Others are another timeline. */
export interface TimelineFilter {
  readonly resources: readonly ResourceRef[] | undefined;
  readonly namespace: string | undefined;
  readonly labelSelector: string | undefined;
}

export interface TimelineOptions {
  readonly filter: TimelineFilter;
  readonly grouping: Grouping;
  /** Bits of the classes that are shown. */
  readonly shown: number;
  /** Milliseconds; undefined: as long as it has been watched, about. */
  readonly length: number | undefined;
  /** Where the view ends, milliseconds since the epoch; undefined: now, and on with it. */
  readonly to: number | undefined;
}

/** What is under the pointer. */
export type Hover =
  | {
      readonly kind: 'mark';
      readonly x: number;
      readonly y: number;
      readonly change: Change;
      /** How many changes are drawn as one there. */
      readonly count: number;
    }
  | { readonly kind: 'blind'; readonly x: number; readonly y: number; readonly blind: Blind }
  | { readonly kind: 'name'; readonly x: number; readonly y: number; readonly lane: Lane };

export interface TimelineSnapshot {
  readonly view: ViewState;
  readonly counts: Counts;
  /** How many changes came since the pause. */
  readonly waiting: number;
  readonly lanes: number;
  /** How many lanes came up since they were put in order, and stand below what is seen. */
  readonly late: number;
  /** The first answer has come, whatever it was. */
  readonly ready: boolean;
  readonly loading: boolean;
  readonly fault: Error | undefined;
  /** Kinds whose changes cannot be heard. */
  readonly refused: readonly Refusal[];
  /** Undefined where nothing is listened to. */
  readonly freshness: Freshness | undefined;
  readonly coverage: readonly Coverage[];
  readonly hover: Hover | undefined;
  /** Where the keyboard is. */
  readonly focus: Change | undefined;
}

/** A timeline outside of React: what it knows, what of it is seen, and its one loop of frames. */
export interface Timeline {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => TimelineSnapshot;
  /** Begins to load and to listen; the answer ends it. */
  readonly start: () => () => void;
  readonly attach: (painter: Painter) => () => void;
  readonly setSize: (width: number, height: number) => void;
  readonly input: (input: ViewInput) => void;
  /** By so many pixels of the canvas, later and down. */
  readonly drag: (dx: number, dy: number) => void;
  /** `x` undefined: around the middle, or the edge that is followed. */
  readonly zoom: (factor: number, x?: number) => void;
  readonly pause: () => void;
  /** As if it had been paused then, milliseconds since the epoch. */
  readonly pauseAt: (time: number) => void;
  readonly resume: () => void;
  /** The pointer is there, or not over the canvas. */
  readonly point: (at: { readonly x: number; readonly y: number } | undefined) => void;
  /** What is drawn at a place, at once. */
  readonly at: (place: { readonly x: number; readonly y: number }) => Hover | undefined;
  readonly setGrouping: (grouping: Grouping) => void;
  readonly setShown: (shown: number) => void;
  /** What is kept being watched: listened to where no kinds are chosen. */
  readonly setKept: (resources: readonly ResourceRef[]) => void;
  /** The change that is shown beside, by its id. */
  readonly setOpen: (id: number | undefined) => void;
  /** Moves the keyboard's place; undefined leaves it. False where there was nowhere to go. */
  readonly moveFocus: (direction: Direction | undefined) => boolean;
  /** The change next to another in its lane. */
  readonly beside: (id: number, direction: 'earlier' | 'later') => number | undefined;
  /** Lanes that came up late take their place. */
  readonly arrange: () => void;
  readonly retry: () => void;
}
