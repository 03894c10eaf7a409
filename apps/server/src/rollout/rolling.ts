import type { Clock, Log } from '@kindscope/informer';
import type {
  Freshness,
  ResourceRef,
  RollingItem,
  RolloutLack,
  RolloutState,
} from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { lookAt, type RollingMemory, type RollingSubject } from './rolling-item.ts';
import { createRollingSources } from './rolling-sources.ts';

/** What is rolling now, by each object alone: what it owns is not looked at. */
export interface Rolling {
  /** The most urgent first. */
  readonly items: readonly RollingItem[];
  /** The kinds that are looked at. */
  readonly kinds: readonly ResourceRef[];
  readonly lacks: readonly RolloutLack[];
  readonly freshness: Freshness;
  /** Told when something may have changed, four times a second at most; returns the cancellation. */
  subscribe(listener: () => void): () => void;
  /** Gives every watch up. */
  close(): void;
}

export interface RollingDeps {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly log: Log;
}

/** More are not listed: a lack says how many are not. */
const maxItems = 500;
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
  let telling = false;
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
  tick();

  function tellSoon(): void {
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
    sorted ??= [...items.values()].sort(byUrgency);
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
      return [...sources.lacks, ...leftOut(all().length - maxItems)];
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
      sources.close();
    },
  };
}

function leftOut(count: number): RolloutLack[] {
  if (count <= 0) return [];
  const detail = `${maxItems} rollouts are listed, the most urgent ones; ${count} more are not.`;
  return [{ fault: { code: 'too-many-rollouts', detail, remedy: 'Choose a namespace.' } }];
}

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
