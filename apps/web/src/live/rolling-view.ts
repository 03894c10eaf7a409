import type {
  ResourceRef,
  RollingFrame,
  RollingItem,
  RolloutLack,
  RolloutState,
} from '@kindscope/protocol';
import { createSharedView, type ViewDeps } from './shared-view.ts';
import type { RollingQuery, RollingSnapshot, View } from './types.ts';

/** What is rolling now: what needs somebody first, then what goes on, then what is through. */
export function createRollingView(
  deps: ViewDeps,
  query: RollingQuery,
  hear: {
    /** How many are not through, as often as it may have changed; undefined while it is not known. */
    readonly onCount: (count: number | undefined) => void;
    readonly onIdle: () => void;
  },
): View<RollingSnapshot> {
  let items = new Map<string, RollingItem>();
  let sorted: readonly RollingItem[] = [];
  let kinds: readonly ResourceRef[] = [];
  let lacks: readonly RolloutLack[] = [];
  let ready = false;

  const add = (frame: RollingFrame) => {
    for (const uid of frame.removed) items.delete(uid);
    for (const item of frame.items) items.set(item.uid, item);
    kinds = frame.kinds ?? kinds;
    lacks = frame.lacks ?? lacks;
  };
  return createSharedView(deps, {
    request: () => ({
      view: 'rolling',
      ...(query.namespace === undefined ? {} : { namespace: query.namespace }),
    }),
    apply: (event) => {
      if (event.kind === 'snapshot') {
        items = new Map();
        ready = true;
      }
      const frames = event.kind === 'snapshot' ? event.frames : [event.frame];
      for (const frame of frames) if (frame.type === 'rolling') add(frame);
      sorted = [...items.values()].toSorted(byUrgency);
    },
    publish: (state) => {
      const isKnown = ready && state.freshness.kind === 'live';
      hear.onCount(isKnown ? sorted.filter(isUnderWay).length : undefined);
      return { ...state, items: sorted, kinds, lacks, ready };
    },
    onIdle: () => {
      hear.onCount(undefined);
      hear.onIdle();
    },
  });
}

const urgency: Record<RolloutState['kind'], number> = {
  stuck: 0,
  failed: 1,
  progressing: 2,
  paused: 3,
  deleted: 4,
  unknown: 5,
  healthy: 6,
};

function isUnderWay({ state }: RollingItem): boolean {
  return state.kind !== 'healthy' && state.kind !== 'deleted';
}

/** Of the same urgency what happened last comes first. */
function byUrgency(a: RollingItem, b: RollingItem): number {
  return (
    urgency[a.state.kind] - urgency[b.state.kind] ||
    b.state.since - a.state.since ||
    compare(a.namespace, b.namespace) ||
    compare(a.name, b.name) ||
    compare(a.uid, b.uid)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
