import { createViewCounts } from './counts.ts';
import { createFrameLoop } from './frame-loop.ts';
import { geometryOf, msPerPixel, timeAt } from './geometry.ts';
import { nothingPointed, pointedAt } from './hover.ts';
import { keptSnapshot } from './kept-snapshot.ts';
import { classesOf } from './mark-classes.ts';
import { changeOfMark } from './mark-store.ts';
import { nearestMark, nextMark, type Direction, type Walk } from './mark-walk.ts';
import type { Scene } from './scene.ts';
import { createTakenPause } from './taken-pause.ts';
import { createTidings } from './tidings.ts';
import type {
  Painter,
  Timeline,
  TimelineDeps,
  TimelineOptions,
  TimelineSnapshot,
} from './timeline-types.ts';
import {
  initialView,
  stepView,
  usualLength,
  type ViewBounds,
  type ViewInput,
  type ViewState,
} from './view-state.ts';

/** How often now moves where it is not seen to move, milliseconds: the table and the counts go with it. */
const unseenStepMs = 1000;
/** How long a picture that was moved stands still before what is under the pointer is said, milliseconds. */
const stillMs = 120;
/** How often lanes that came up late take their place, while nobody points at any, milliseconds. */
const arrangeMs = 5000;

export function createTimeline(deps: TimelineDeps, options: TimelineOptions): Timeline {
  const listeners = new Set<() => void>();
  const loop = createFrameLoop({ ...deps, draw });
  const counts = createViewCounts();
  const taken = createTakenPause();
  let { grouping, shown } = options;
  let view = initialView(options.length ?? usualLength(0), options.to, deps.live.now());
  let geometry = geometryOf(0, 0);
  let lengthKnown = options.length !== undefined;
  let ready = false;
  let pointer: { readonly x: number; readonly y: number } | undefined;
  let pointed = nothingPointed;
  let focus = -1;
  let openId: number | undefined;
  let openRow = -1;
  let arrangedAt = Number.NEGATIVE_INFINITY;
  let movedAt = Number.NEGATIVE_INFINITY;
  let painter: Painter | undefined;

  const tidings = createTidings({
    ...deps,
    filter: options.filter,
    look: () => ({ grouping, shown, paused: taken.holds(view), from: view.span.from }),
    onNews: loop.invalidate,
    onPage: (anew) => {
      const { lanes, history } = tidings.data;
      if (anew) {
        focus = -1;
        openRow = -1;
      }
      // While more of what is seen is on its way, lanes come in order; but none moves under a pointer.
      const isPartial = history.coveredFrom > view.span.from && pointer === undefined;
      if (anew || isPartial) lanes.arrange(shown);
      ready = true;
      if (!lengthKnown) {
        lengthKnown = true;
        const now = deps.live.now();
        step({ kind: 'length', to: usualLength(now - tidings.earliest(now)) });
      }
      loop.invalidate();
    },
  });
  let current: TimelineSnapshot = { ...snapshot(), freshness: undefined };

  function bounds(): ViewBounds {
    const now = deps.live.now();
    return {
      now,
      earliest: tidings.earliest(now),
      lanesHeight: tidings.data.lanes.order.length * geometry.laneHeight,
      height: Math.max(0, geometry.height - geometry.lanesTop),
    };
  }
  function step(input: ViewInput): void {
    const before = view;
    view = stepView(view, input, bounds());
    if (view.scroll !== before.scroll || !isFollowed(before, view)) movedAt = deps.live.now();
    tidings.data.history.need(view.span.from);
    loop.invalidate();
  }
  /** Puts the lanes in order; the one that is at the top stays there, unless it is the very top. */
  function arrange(): void {
    const { lanes } = tidings.data;
    const top = Math.floor(view.scroll / geometry.laneHeight);
    const anchor = view.scroll === 0 ? undefined : lanes.order[top];
    lanes.arrange(shown);
    arrangedAt = deps.live.now();
    const place = anchor === undefined ? -1 : lanes.placeOf(anchor);
    step({ kind: 'scroll', by: place < 0 ? 0 : (place - top) * geometry.laneHeight });
  }
  function scene(): Scene {
    const { store, lanes, memory, history } = tidings.data;
    const known = {
      coverage: tidings.coverage,
      namespace: options.filter.namespace,
      span: view.span,
      heldFrom: history.heldFrom,
    };
    const moves = view.following && view.pausedAt === undefined;
    return {
      store,
      lanes,
      view,
      geometry,
      cells: (lane, cellMs) => memory.cells(lane, cellMs, shown),
      conditions: memory.conditions,
      blind: (lane) => memory.blind(lane, known),
      shown,
      live: moves && tidings.freshness?.kind === 'live',
      focus,
      hover: pointed.row,
      open: openRow,
      hoverLane: pointed.lane,
    };
  }
  function draw(): void {
    const { store, lanes } = tidings.data;
    const now = deps.live.now();
    if (view.following && view.pausedAt === undefined) {
      view = stepView(view, { kind: 'tick' }, bounds());
    }
    if (openRow < 0 && openId !== undefined) openRow = store.rowOfId(openId);
    const isLeft = pointer === undefined && focus < 0 && view.pausedAt === undefined;
    if (lanes.late > 0 && isLeft && now - arrangedAt > arrangeMs) arrange();
    // While it is moved, something else passes under the pointer with every frame.
    const rests = now - movedAt >= stillMs;
    pointed = rests ? pointedAt(scene(), pointer, pointed.hover) : nothingPointed;
    const drawn = scene();
    if (geometry.width > 0) painter?.paint(drawn);
    const to = Math.min(view.span.to, view.pausedAt ?? view.span.to);
    const uncounted = Math.min(
      counts.step(now, { store, span: { ...view.span, to }, shown }),
      taken.step(now, { store, shown }),
    );
    publish();
    // The next moment that something moves by itself: now does, by a pixel; the counts wait their turn.
    const unrested = rests ? Number.POSITIVE_INFINITY : stillMs;
    const next = Math.min(uncounted, unrested, Math.max(deps.leastStep, untilMoved()));
    if (Number.isFinite(next)) loop.later(next);
  }
  function untilMoved(): number {
    if (!view.following || view.pausedAt !== undefined) return Number.POSITIVE_INFINITY;
    return geometry.width > 0 ? msPerPixel(geometry, view.span) : unseenStepMs;
  }
  function snapshot(): TimelineSnapshot {
    const { store, lanes, history } = tidings.data;
    return {
      view,
      counts: counts.latest,
      waiting: taken.isOn ? taken.waiting : tidings.waiting,
      lanes: lanes.order.length,
      late: isBelow() ? lanes.late : 0,
      ready,
      loading: history.loading,
      fault: tidings.fault,
      refused: tidings.refused,
      freshness: tidings.freshness,
      coverage: tidings.coverage,
      hover: pointed.hover,
      focus: changeOfMark(store, focus, classesOf),
    };
  }
  /** There are lanes below those that are seen. */
  function isBelow(): boolean {
    const { lanesHeight, height } = bounds();
    return lanesHeight - view.scroll > height;
  }
  function publish(): void {
    const made = keptSnapshot(current, snapshot());
    if (made === current) return;
    current = made;
    for (const listener of listeners) listener();
  }
  function walk(): Walk {
    const { store, lanes } = tidings.data;
    return { store, lanes, shown, edge: view.pausedAt ?? Number.POSITIVE_INFINITY };
  }
  function goTo(direction: Direction): boolean {
    const { store, lanes } = tidings.data;
    const top = pointed.lane < 0 ? Math.floor(view.scroll / geometry.laneHeight) : pointed.lane;
    // The newest mark in view of the lane that is pointed at, else of the first one that is seen.
    const row =
      focus < 0
        ? nearestMark(walk(), lanes.order[top], view.span.to)
        : nextMark(walk(), focus, direction);
    const lane = lanes.laneOfRow(row);
    if (lane === undefined) return false;
    focus = row;
    const y = lanes.placeOf(lane) * geometry.laneHeight;
    step({ kind: 'reveal', top: y, bottom: y + geometry.laneHeight });
    step({ kind: 'reveal-time', time: store.time[row] ?? 0 });
    return true;
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => current,
    start: () => {
      tidings.start();
      loop.invalidate();
      return () => {
        tidings.close();
        loop.close();
      };
    },
    attach: (own) => {
      painter = own;
      loop.invalidate();
      return () => {
        if (painter === own) painter = undefined;
        own.close();
      };
    },
    setSize: (width, height) => {
      geometry = geometryOf(width, height);
      step({ kind: 'scroll', by: 0 });
    },
    input: step,
    drag: (dx, dy) => {
      if (dx !== 0) step({ kind: 'pan', by: -dx * msPerPixel(geometry, view.span) });
      if (dy !== 0) step({ kind: 'scroll', by: -dy });
    },
    zoom: (factor, x) => {
      const { from, to } = view.span;
      const middle = view.following ? to : (from + to) / 2;
      const around = x === undefined ? middle : Math.min(to, timeAt(geometry, view.span, x));
      step({ kind: 'zoom', factor, around });
    },
    pause: () => step({ kind: 'pause' }),
    pauseAt: (time) => {
      view = taken.begin(view, time, deps.live.now());
      step({ kind: 'scroll', by: 0 });
    },
    resume: () => {
      taken.end();
      step({ kind: 'resume' });
      tidings.release();
    },
    point: (at) => {
      pointer = at;
      loop.invalidate();
    },
    at: (place) => pointedAt(scene(), place, undefined).hover,
    setGrouping: (wanted) => {
      if (wanted === grouping) return;
      grouping = wanted;
      tidings.group(grouping, shown);
      step({ kind: 'scroll', by: Number.NEGATIVE_INFINITY });
    },
    setShown: (bits) => {
      if (bits === shown) return;
      shown = bits;
      arrange();
    },
    setKept: tidings.setKept,
    setOpen: (id) => {
      openId = id;
      openRow = -1;
      loop.invalidate();
    },
    moveFocus: (direction) => {
      if (direction !== undefined) return goTo(direction);
      focus = -1;
      loop.invalidate();
      return true;
    },
    beside: (id, direction) => {
      const { store } = tidings.data;
      const row = nextMark(walk(), store.rowOfId(id), direction);
      return row < 0 ? undefined : store.id[row];
    },
    arrange,
    retry: tidings.retry,
  };
}

/** Nothing but now has moved on. */
function isFollowed(before: ViewState, after: ViewState): boolean {
  const length = (view: ViewState): number => Math.round(view.span.to - view.span.from);
  const stands = before.span.from === after.span.from;
  return length(before) === length(after) && (stands || (before.following && after.following));
}
