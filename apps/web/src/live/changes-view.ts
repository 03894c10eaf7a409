import { addToFeed, emptyFeed, joinSnapshot, type Feed } from './feed-model.ts';
import { createSharedView, type ViewDeps } from './shared-view.ts';
import type { ChangesQuery, ChangesView } from './types.ts';

/** What a page holds of a feed at most; older entries fall out, and `dropped` says so. */
const feedLimit = 2_000;
const backlog = 200;

/** The feed of changes, newest first, which can be made to stand still. */
export function createChangesView(
  deps: ViewDeps,
  query: ChangesQuery,
  onIdle: () => void,
): ChangesView {
  let feed = emptyFeed;
  let ready = false;
  let lostAt: string | undefined;
  let shownAtPause: Feed | undefined;
  let shown: { readonly of: Feed; readonly newestFirst: Feed['entries'] } = {
    of: feed,
    newestFirst: [],
  };

  const view = createSharedView(deps, {
    request: () => ({
      view: 'changes',
      resources: [...query.resources],
      ...(query.namespace === undefined ? {} : { namespace: query.namespace }),
      ...(query.name === undefined ? {} : { name: query.name }),
      ...(query.labelSelector === undefined ? {} : { labelSelector: query.labelSelector }),
      ...(query.fieldSelector === undefined ? {} : { fieldSelector: query.fieldSelector }),
      backlog,
    }),
    apply: (event) => {
      if (event.kind === 'delta') {
        feed = addToFeed(feed, event.frame, feedLimit);
        return;
      }
      const now = new Date(deps.now()).toISOString();
      const snapshot = { frames: event.frames, instance: deps.instance(), lostAt, now };
      feed = joinSnapshot(feed, snapshot, feedLimit);
      lostAt = undefined;
      ready = true;
    },
    publish: (state) => {
      const of = shownAtPause ?? feed;
      if (shown.of !== of) shown = { of, newestFirst: of.entries.toReversed() };
      return {
        ...state,
        ready,
        entries: shown.newestFirst,
        dropped: of.dropped,
        paused: shownAtPause !== undefined,
        waiting: shownAtPause === undefined ? 0 : feed.added - shownAtPause.added,
      };
    },
    onLost: (since) => {
      lostAt ??= since;
    },
    onIdle,
  });

  return {
    subscribe: view.subscribe,
    snapshot: view.snapshot,
    pause: () => {
      shownAtPause ??= feed;
      view.touch();
    },
    resume: () => {
      shownAtPause = undefined;
      view.touch();
    },
  };
}
