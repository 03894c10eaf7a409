import type { Change, Coverage, Freshness, ResourceRef } from '@kindscope/protocol';
import { createCoverageWatch } from './coverage-watch.ts';
import type { Grouping } from './lanes.ts';
import { createLiveFeed, type Refusal } from './live-feed.ts';
import { createPauseBuffer } from './pause-buffer.ts';
import { createTimelineSource, type TimelineData } from './timeline-data.ts';
import type { TimelineDeps, TimelineFilter } from './timeline-types.ts';

/** All that a timeline hears of the server: the past, what happens, and what is known of both. */
export interface Tidings {
  readonly data: TimelineData;
  readonly coverage: readonly Coverage[];
  readonly earliest: (now: number) => number;
  /** Undefined where nothing is listened to. */
  readonly freshness: Freshness | undefined;
  readonly fault: Error | undefined;
  readonly refused: readonly Refusal[];
  readonly waiting: number;
  readonly start: () => void;
  readonly group: (grouping: Grouping, shown: number) => void;
  readonly setKept: (resources: readonly ResourceRef[]) => void;
  /** What was held back during a pause comes now. */
  readonly release: () => void;
  readonly retry: () => void;
  readonly close: () => void;
}

export interface TidingsDeps extends Pick<TimelineDeps, 'api' | 'live' | 'after' | 'room'> {
  readonly filter: TimelineFilter;
  readonly look: () => {
    readonly grouping: Grouping;
    readonly shown: number;
    readonly paused: boolean;
    /** Where what is seen begins, milliseconds. */
    readonly from: number;
  };
  /** A page of the past came; `anew`: what was there before it is not there any more. */
  readonly onPage: (anew: boolean) => void;
  readonly onNews: () => void;
}

/** How soon after something was missed it is asked what of it is known, milliseconds. */
const soonMs = 1000;

export function createTidings(deps: TidingsDeps): Tidings {
  const { filter, look } = deps;
  const { resources = [], namespace, labelSelector } = filter;
  const abort = new AbortController();
  const pause = createPauseBuffer();
  let kept: readonly ResourceRef[] = [];
  let known = false;
  let owesRestart = false;

  const coverage = createCoverageWatch({
    after: deps.after,
    load: async () => (await deps.api.getCoverage({ resources, namespace }, abort.signal)).items,
    onAnswer: () => {
      listen();
      deps.onNews();
    },
  });
  const source = createTimelineSource({
    options: look,
    load: ({ from, ...page }) => {
      const since = from === undefined ? undefined : new Date(from).toISOString();
      const query = { resources, namespace, labelSelector, ...page, from: since };
      return deps.api.getMarks(query, abort.signal);
    },
    most: deps.room.past,
    onState: deps.onNews,
    onPage: (page, replaced) => {
      const anew = !known || replaced;
      known = true;
      if (anew) {
        coverage.set(page.coverage);
        listen();
      }
      deps.onPage(anew);
    },
  });
  const restart = (): void => {
    source.restart(look().from);
    coverage.ask(0);
  };
  const feed = createLiveFeed({
    live: deps.live,
    scope: { namespace, labelSelector },
    onChanges: (changes) => {
      const { paused, shown } = look();
      if (paused) pause.hold(changes, shown);
      else take(changes);
      deps.onNews();
    },
    onHole: (since) => {
      if (look().paused) pause.miss(since);
      else source.current.history.refill(since);
      coverage.ask(soonMs);
    },
    onRestart: () => {
      if (look().paused) owesRestart = true;
      else restart();
    },
    onState: deps.onNews,
  });
  function take(changes: readonly Change[]): void {
    source.addChanges(changes);
    const isFull = source.current.store.size > deps.room.all;
    if (isFull && !source.restarting) source.restart(look().from);
  }
  /** What is in no namespace is not in this one. */
  function isInScope({ group, resource }: ResourceRef): boolean {
    if (namespace === undefined) return true;
    const { items } = deps.live.catalog.snapshot();
    return (
      items.find((info) => info.group === group && info.resource === resource)?.namespaced ?? true
    );
  }
  function listen(): void {
    if (!known && filter.resources === undefined) return;
    // What nobody watches any more is shown, but not watched for that.
    const watched = coverage.items.filter((item) => item.watched);
    // Coverage is of one version of each, so that no change is heard twice.
    const isOther = (pin: ResourceRef): boolean =>
      !coverage.items.some(({ resource }) => isOtherVersion(resource, pin));
    const all = [...watched.map(({ resource }) => resource), ...kept.filter(isOther)];
    feed.watch((filter.resources ?? all).filter(isInScope));
  }

  return {
    get data() {
      return source.current;
    },
    get coverage() {
      return coverage.items;
    },
    earliest: coverage.earliest,
    get freshness() {
      return feed.freshness;
    },
    get fault() {
      return source.fault ?? coverage.fault;
    },
    get refused() {
      return feed.refused;
    },
    get waiting() {
      return pause.waiting;
    },
    start: () => {
      source.current.history.need(look().from);
      listen();
      coverage.ask(0);
    },
    group: source.group,
    setKept: (wanted) => {
      kept = wanted;
      listen();
    },
    release: () => {
      const { changes, since } = pause.release();
      take(changes);
      if (owesRestart) restart();
      else if (since !== undefined) source.current.history.refill(since);
      owesRestart = false;
    },
    retry: () => {
      source.retry();
      coverage.ask(0);
    },
    close: () => {
      abort.abort();
      coverage.close();
      feed.close();
    },
  };
}

function isOtherVersion(one: ResourceRef, other: ResourceRef): boolean {
  return (
    one.group === other.group && one.resource === other.resource && one.version !== other.version
  );
}
