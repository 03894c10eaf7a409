import type { Clock, Log } from '@kindscope/informer';
import type {
  Freshness,
  ResourceRef,
  RollingItem,
  RolloutLack,
  RolloutState,
} from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { resourceId } from '../catalog/resource-index.ts';
import type { ChangeLog } from '../timeline/change-log.ts';
import type { RevisionLog } from '../timeline/revision-log.ts';
import { lookAt, type RollingMemory, type RollingSubject } from './rolling-item.ts';
import { createRollingSources, rollingKinds } from './rolling-sources.ts';
import { createRollingTrees } from './rolling-trees.ts';

/** What is rolling now: the newest of what is not healthy by what it owns too, the others by themselves. */
export interface Rolling {
  /** The most urgent first. */
  readonly items: readonly RollingItem[];
  /** The kinds that are looked at. */
  readonly kinds: readonly ResourceRef[];
  readonly lacks: readonly RolloutLack[];
  readonly freshness: Freshness;
  /** What is not healthy has been looked at with what it owns. */
  readonly answered: boolean;
  /** Told when something may have changed, four times a second at most; returns the cancellation. */
  subscribe(listener: () => void): () => void;
  /** Gives every watch up. */
  close(): void;
}

export interface RollingDeps {
  readonly catalog: Catalog;
  readonly changes: ChangeLog;
  readonly revisions: RevisionLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** More are not listed: a lack says how many are not. */
const maxItems = 500;
/** Of so many, the newest of those that are not healthy, is looked at what they own. */
const maxTrees = 16;
const tellMs = 250;
/** How often is looked at what time alone may change. */
const tickMs = 2_000;

/** Watches from now on; `namespace` undefined: everywhere. */
export function createRolling(
  deps: RollingDeps,
  { namespace }: { readonly namespace?: string | undefined } = {},
): Rolling {
  const { clock, log } = deps;
  const subjects = new Map<string, RollingSubject>();
  const memories = new Map<string, RollingMemory>();
  const items = new Map<string, RollingItem>();
  const listeners = new Set<() => void>();
  /** Not looked at since they changed. */
  const fresh = new Set<string>();
  let sorted: readonly RollingItem[] | undefined;
  let unwell: readonly RollingItem[] = [];
  let telling = false;
  /** Something may have changed since it was last looked. */
  let isStale = true;
  let cancelTell = () => {};
  let cancelTick = () => {};

  const sources = createRollingSources({
    ...deps,
    namespace,
    put(subject) {
      const { uid } = subject.handle;
      subjects.set(uid, subject);
      fresh.add(uid);
      tellSoon();
    },
    remove(uid) {
      subjects.delete(uid);
      memories.delete(uid);
      fresh.delete(uid);
      if (items.delete(uid)) sorted = undefined;
      tellSoon();
    },
    changed: tellSoon,
  });
  const trees = createRollingTrees({ ...deps, changed: tellSoon });
  tick();

  function tellSoon(): void {
    isStale = true;
    if (telling) return;
    telling = true;
    cancelTell = clock.after(tellMs, () => {
      telling = false;
      for (const listener of listeners) tell(listener);
    });
  }

  function tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      log.error({ err: error }, 'a listener of what is rolling threw');
    }
  }

  /** What is listed may get stuck, or have been healthy for long, while nothing happens. */
  function tick(): void {
    cancelTick = clock.after(tickMs, tick);
    for (const uid of items.keys()) fresh.add(uid);
    if (items.size > 0) tellSoon();
  }

  function look(): void {
    if (!isStale) return;
    isStale = false;
    const now = clock.now();
    for (const uid of fresh) {
      const subject = subjects.get(uid);
      if (subject === undefined) continue;
      const { item, memory } = lookAt(subject, memories.get(uid), now);
      memories.set(uid, memory);
      if (item !== undefined) items.set(uid, item);
      if (item !== undefined || items.delete(uid)) sorted = undefined;
    }
    fresh.clear();
    if (sorted === undefined) unwell = findUnwell();
    const moved = trees.keep(unwell.slice(0, maxTrees));
    if (sorted === undefined || moved) sorted = [...items.values()].map(withOwned).sort(byUrgency);
  }

  /** What may stand worse by what it owns than it says itself, the newest first. */
  function findUnwell(): RollingItem[] {
    return [...items.values()]
      .filter(
        ({ resource, state }) => rollingKinds.has(resourceId(resource)) && goesOn.has(state.kind),
      )
      .sort((a, b) => b.state.since - a.state.since || compare(a.uid, b.uid));
  }

  function withOwned(item: RollingItem): RollingItem {
    const state = trees.stateOf(item.uid);
    // Since when it goes on was seen here.
    const isSame = state?.kind === 'progressing' && item.state.kind === 'progressing';
    return state === undefined || isSame ? item : { ...item, state };
  }

  function all(): readonly RollingItem[] {
    look();
    return sorted ?? [];
  }

  return {
    get items() {
      return all().slice(0, maxItems);
    },
    get kinds() {
      return sources.kinds;
    },
    get lacks() {
      return [...sources.lacks, ...leftOut(all().length - maxItems), ...alone(unwell.length)];
    },
    get answered() {
      look();
      return trees.answered;
    },
    get freshness() {
      return sources.freshness;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      cancelTell();
      cancelTick();
      listeners.clear();
      trees.close();
      sources.close();
    },
  };
}

function leftOut(count: number): RolloutLack[] {
  if (count <= 0) return [];
  const detail = `${maxItems} rollouts are listed, the most urgent ones; ${count} more are not.`;
  return [{ fault: { code: 'too-many-rollouts', detail, remedy: 'Choose a namespace.' } }];
}

function alone(count: number): RolloutLack[] {
  if (count <= maxTrees) return [];
  const detail = `Of ${count} rollouts that are not healthy the ${maxTrees} newest are looked at with what they own; the others may be stuck and not say so yet.`;
  return [{ fault: { code: 'not-looked-into', detail, remedy: 'Choose a namespace.' } }];
}

/** What is not over and may be stuck by what is owned. */
const goesOn: ReadonlySet<RolloutState['kind']> = new Set(['stuck', 'progressing', 'paused']);

const urgency: Readonly<Record<RolloutState['kind'], number>> = {
  stuck: 0,
  failed: 1,
  progressing: 2,
  paused: 3,
  deleted: 4,
  unknown: 5,
  healthy: 6,
};

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
  return a < b ? -1 : Number(a > b);
}
