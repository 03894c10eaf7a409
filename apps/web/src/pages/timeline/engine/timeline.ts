import { gvrKey } from '@kindscope/kube';
import type { Change, Coverage, ResourceRef } from '@kindscope/protocol';
import { countsIn, type Counts } from './counts.ts';
import { geometryOf, msPerPixel, timeAt } from './geometry.ts';
import { hitTest } from './hit-test.ts';
import { createLiveFeed } from './live-feed.ts';
import { classBits, classesOf } from './mark-classes.ts';
import { changeOfMark, isHeartbeat } from './mark-store.ts';
import { nearestMark, nextMark, type Direction, type Walk } from './mark-walk.ts';
import type { Painter } from './painter.ts';
import type { Scene } from './scene.ts';
import { createTimelineData, type TimelineData } from './timeline-data.ts';
import type {
  Hover,
  Timeline,
  TimelineDeps,
  TimelineOptions,
  TimelineSnapshot,
} from './timeline-types.ts';
import { initialView, stepView, type ViewBounds, type ViewInput } from './view-state.ts';

/** How often changes in view are counted at most, milliseconds. */
const countMs = 250;
/** How often lanes that came up late take their place, while nobody points at any, milliseconds. */
const arrangeMs = 5000;
const coverageMs = 30_000;
/** A pause holds back so many changes; what comes after them is asked for when it ends. */
const mostHeld = 10_000;
const lengths = [5 * 60_000, 15 * 60_000, 60 * 60_000] as const;
const noCounts: Counts = { changes: 0, objects: 0, heartbeats: 0 };

export function createTimeline(deps: TimelineDeps, options: TimelineOptions): Timeline {
  const { filter } = options;
  const scope = { namespace: filter.namespace, labelSelector: filter.labelSelector };
  const listeners = new Set<() => void>();
  const abort = new AbortController();
  let { grouping, shown } = options;
  let view = initialView(options.length ?? lengths[0], options.to, deps.live.now());
  let geometry = geometryOf(0, 0);
  let data = newData();
  /** Loads while what is shown stays; it takes its place once it reaches as far. */
  let next: TimelineData | undefined;
  let coverage: readonly Coverage[] = [];
  let lengthKnown = options.length !== undefined;
  let ready = false;
  let coverageFault: Error | undefined;
  let kept: readonly ResourceRef[] = [];
  let pointer: { readonly x: number; readonly y: number } | undefined;
  let focus = -1;
  let openId: number | undefined;
  let openRow = -1;
  let held: Change[] = [];
  let waiting = 0;
  let holeSince: number | undefined;
  let counts = noCounts;
  let countedAt = Number.NEGATIVE_INFINITY;
  let arrangedAt = Number.NEGATIVE_INFINITY;
  let hover: Hover | undefined;
  let hoverRow = -1;
  let hoverLane = -1;
  let painter: Painter | undefined;
  let cancelFrame: (() => void) | undefined;
  let cancelTimer: (() => void) | undefined;
  let cancelCoverage: (() => void) | undefined;
  let current = published();

  const feed = createLiveFeed({
    live: deps.live,
    scope,
    onChanges: (changes) => {
      if (view.pausedAt === undefined) take(changes);
      else hold(changes);
      invalidate();
    },
    onHole: (since) => {
      if (view.pausedAt !== undefined) holeSince = Math.min(since, holeSince ?? since);
      else data.history.refill(since);
      lookAgain(1000);
    },
    onRestart: () => {
      next = newData();
      next.history.need(view.span.from);
      lookAgain(0);
    },
    onState: () => invalidate(),
  });

  function newData(): TimelineData {
    const own: TimelineData = createTimelineData(
      { grouping, shown },
      {
        load: (page) =>
          deps.api.getMarks(
            {
              resources: filter.resources ?? [],
              ...scope,
              limit: page.limit,
              continue: page.continue,
              from: page.from === undefined ? undefined : new Date(page.from).toISOString(),
            },
            abort.signal,
          ),
        onPage: (page) => {
          if (own === next && own.history.coveredFrom <= view.span.from) {
            data = own;
            next = undefined;
            forgetRows();
          }
          if (own !== data) return;
          if (!ready) {
            setCoverage(page.coverage);
            own.lanes.arrange(shown);
          }
          ready = true;
          if (!lengthKnown) chooseLength();
          if (own.history.coveredFrom > view.span.from) own.lanes.arrange(shown);
          else if (own.lanes.late > 0 && pointer === undefined) arrange();
          invalidate();
        },
        onState: () => invalidate(),
      },
    );
    return own;
  }
  function take(changes: readonly Change[]): void {
    data.addChanges(changes);
    next?.addChanges(changes);
  }
  function hold(changes: readonly Change[]): void {
    waiting += changes.filter(({ classes }) => {
      const bits = classBits(classes);
      return !isHeartbeat(bits) && (bits & shown) !== 0;
    }).length;
    if (held.length + changes.length <= mostHeld) held.push(...changes);
    else holeSince ??= Date.parse(changes[0]?.time ?? '');
  }
  function forgetRows(): void {
    focus = -1;
    hoverRow = -1;
    openRow = openId === undefined ? -1 : data.store.rowOfId(openId);
  }
  function setCoverage(items: readonly Coverage[]): void {
    if (JSON.stringify(items) !== JSON.stringify(coverage)) coverage = items;
    listen();
  }
  function listen(): void {
    const all = [...coverage.map(({ resource }) => resource), ...kept];
    const distinct = new Map(all.map((ref) => [gvrKey(ref), ref]));
    feed.watch(filter.resources ?? [...distinct.values()]);
  }
  /** As much of the past as was watched, so that little of the picture is empty. */
  function chooseLength(): void {
    lengthKnown = true;
    const now = deps.live.now();
    const watchedMs = now - Math.min(now, earliest());
    const length = lengths.findLast((one) => one / 2 < watchedMs) ?? lengths[0];
    view = stepView(view, { kind: 'length', to: length }, bounds());
    data.history.need(view.span.from);
  }
  async function loadCoverage(): Promise<void> {
    try {
      const { items } = await deps.api.getCoverage(
        { resources: filter.resources ?? [], namespace: filter.namespace },
        abort.signal,
      );
      coverageFault = undefined;
      setCoverage(items);
    } catch (cause) {
      if (abort.signal.aborted) return;
      coverageFault = cause instanceof Error ? cause : new Error(String(cause));
    }
    lookAgain(coverageMs);
    invalidate();
  }
  function lookAgain(ms: number): void {
    cancelCoverage?.();
    cancelCoverage = deps.after(ms, () => void loadCoverage());
  }
  function earliest(): number {
    const since = coverage.flatMap((item) =>
      item.since === undefined ? [] : Date.parse(item.since),
    );
    return Math.min(deps.live.now(), ...since);
  }
  function bounds(): ViewBounds {
    return {
      now: deps.live.now(),
      earliest: earliest(),
      lanesHeight: data.lanes.order.length * geometry.laneHeight,
      height: Math.max(0, geometry.height - geometry.lanesTop),
    };
  }
  function step(input: ViewInput): void {
    const before = view;
    view = stepView(view, input, bounds());
    if (view.span.from < before.span.from) data.history.need(view.span.from);
    invalidate();
  }
  function arrange(): void {
    const { order } = data.lanes;
    const top = Math.floor(view.scroll / geometry.laneHeight);
    const anchor = view.scroll === 0 ? undefined : order[top];
    data.lanes.arrange(shown);
    arrangedAt = deps.live.now();
    const place = anchor === undefined ? -1 : data.lanes.placeOf(anchor);
    if (place >= 0) step({ kind: 'scroll', by: (place - top) * geometry.laneHeight });
    invalidate();
  }
  function scene(): Scene {
    const { store, lanes, memory } = data;
    const live = view.following && view.pausedAt === undefined && feed.freshness?.kind === 'live';
    return {
      store,
      lanes,
      view,
      geometry,
      cells: (lane, cellMs) => memory.cells(lane, cellMs, shown),
      conditions: memory.conditions,
      blind: (lane) => memory.blind(lane, coverage, view.span),
      live,
      focus,
      hover: hoverRow,
      open: openRow,
      hoverLane,
    };
  }
  function look(): void {
    const hit = pointer === undefined ? undefined : hitTest(scene(), pointer.x, pointer.y);
    hoverRow = hit?.row ?? -1;
    hoverLane = hit?.place ?? -1;
    const before = hover;
    hover = undefined;
    if (hit === undefined || pointer === undefined) return;
    if (hit.row >= 0) {
      const id = data.store.id[hit.row];
      const x = pointer.x;
      const y = pointer.y;
      if (before?.kind === 'mark' && before.change.id === id) hover = before;
      else {
        const change = changeOfMark(data.store, hit.row, classesOf);
        if (change !== undefined) hover = { kind: 'mark', x, y, change, count: hit.count };
      }
    } else if (hit.blind !== undefined) {
      const same = before?.kind === 'blind' && before.blind.from === hit.blind.from;
      hover = same ? before : { kind: 'blind', ...pointer, blind: hit.blind };
    } else if (hit.onName && hit.lane !== undefined) {
      const same = before?.kind === 'name' && before.lane === hit.lane;
      hover = same ? before : { kind: 'name', ...pointer, lane: hit.lane };
    }
  }
  function frame(): void {
    cancelFrame = undefined;
    if (view.following && view.pausedAt === undefined) {
      view = stepView(view, { kind: 'tick' }, bounds());
    }
    const now = deps.live.now();
    if (openRow < 0 && openId !== undefined) openRow = data.store.rowOfId(openId);
    if (data.lanes.late > 0 && pointer === undefined && focus < 0 && now - arrangedAt > arrangeMs) {
      arrange();
    }
    look();
    const drawn = scene();
    if (geometry.width > 0) painter?.paint(drawn);
    if (now - countedAt >= countMs) {
      countedAt = now;
      const span = { ...view.span, to: Math.min(view.span.to, view.pausedAt ?? view.span.to) };
      counts = countsIn(data.store, span, shown);
    }
    publish();
    goOn(drawn.live);
  }
  /** The next moment that something moves by itself: now does, by a pixel; the counts wait their turn. */
  function goOn(live: boolean): void {
    cancelTimer?.();
    const moves = view.following && view.pausedAt === undefined && geometry.width > 0;
    const pixel = moves ? msPerPixel(geometry, view.span) / (live ? 2 : 1) : coverageMs;
    cancelTimer = deps.after(Math.min(1000, Math.max(deps.leastStep, pixel)), () => {
      if (moves || deps.live.now() - countedAt < 2 * countMs) invalidate();
    });
  }
  function invalidate(): void {
    cancelFrame ??= deps.onFrame(frame);
  }
  function published(): TimelineSnapshot {
    return {
      view,
      counts,
      waiting,
      lanes: data.lanes.order.length,
      late: data.lanes.late,
      ready,
      loading: data.history.loading,
      fault: data.history.fault ?? coverageFault,
      freshness: undefined,
      coverage,
      hover,
      focus: changeOfMark(data.store, focus, classesOf),
    };
  }
  function publish(): void {
    const fresh: TimelineSnapshot = { ...published(), freshness: feed.freshness };
    const focusStays = fresh.focus?.id === current.focus?.id;
    const made = focusStays ? { ...fresh, focus: current.focus } : fresh;
    const keys = Object.keys(made) as (keyof TimelineSnapshot)[];
    if (keys.every((key) => made[key] === current[key])) return;
    current = made;
    for (const listener of listeners) listener();
  }
  function walk(): Walk {
    const edge = view.pausedAt ?? Number.POSITIVE_INFINITY;
    return { store: data.store, lanes: data.lanes, shown, edge };
  }
  function startRow(direction: Direction): number {
    const top = Math.floor(view.scroll / geometry.laneHeight);
    const lane = data.lanes.order[Math.max(0, hoverLane >= 0 ? hoverLane : top)];
    const { from, to } = view.span;
    return lane === undefined ? -1 : nearestMark(walk(), lane, direction === 'later' ? from : to);
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => current,
    start: () => {
      data.history.need(view.span.from);
      if (filter.resources !== undefined) listen();
      void loadCoverage();
      invalidate();
      return () => {
        abort.abort();
        feed.close();
        for (const cancel of [cancelFrame, cancelTimer, cancelCoverage]) cancel?.();
        cancelFrame = undefined;
      };
    },
    attach: (own) => {
      painter = own;
      invalidate();
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
    resume: () => {
      step({ kind: 'resume' });
      take(held);
      held = [];
      waiting = 0;
      if (holeSince !== undefined) data.history.refill(holeSince);
      holeSince = undefined;
    },
    point: (at) => {
      pointer = at;
      invalidate();
    },
    setGrouping: (next_) => {
      if (next_ === grouping) return;
      grouping = next_;
      data.group(grouping, shown);
      next?.group(grouping, shown);
      step({ kind: 'scroll', by: Number.NEGATIVE_INFINITY });
    },
    setShown: (bits) => {
      if (bits === shown) return;
      shown = bits;
      countedAt = Number.NEGATIVE_INFINITY;
      arrange();
      step({ kind: 'scroll', by: 0 });
    },
    setKept: (resources) => {
      kept = resources;
      if (filter.resources === undefined && ready) listen();
    },
    setOpen: (id) => {
      openId = id;
      openRow = id === undefined ? -1 : data.store.rowOfId(id);
      invalidate();
    },
    moveFocus: (direction) => {
      if (direction === undefined) {
        focus = -1;
        invalidate();
        return true;
      }
      const row = focus < 0 ? startRow(direction) : nextMark(walk(), focus, direction);
      const lane = data.lanes.laneOfRow(row);
      if (lane === undefined) return false;
      focus = row;
      const top = data.lanes.placeOf(lane) * geometry.laneHeight;
      step({ kind: 'reveal', top, bottom: top + geometry.laneHeight });
      step({ kind: 'reveal-time', time: data.store.time[row] ?? 0 });
      return true;
    },
    beside: (id, direction) => {
      const row = nextMark(walk(), data.store.rowOfId(id), direction);
      return row < 0 ? undefined : data.store.id[row];
    },
    arrange,
    retry: () => {
      data.history.retry();
      void loadCoverage();
    },
  };
}
