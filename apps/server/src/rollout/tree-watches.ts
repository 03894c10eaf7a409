import type { Clock } from '@kindscope/informer';
import type { Freshness, ResourceInfo, ResourceRef, RolloutLack } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { resourceId } from '../catalog/resource-index.ts';
import { treeKinds } from './tree-kinds.ts';
import { catalogLacks } from './tree-lacks.ts';
import { createTreeWatch, type TreeWatch, type WatchSink } from './tree-watch.ts';

/** The watches of a tree, one a kind: the root's first, then the kinds where most is to be expected. */
export interface TreeWatches {
  readonly root: TreeWatch;
  get(kind: string): TreeWatch | undefined;
  /** The root's, and those in which something was found. */
  wanted(): Iterable<TreeWatch>;
  /** Nothing more is to be waited for. */
  readonly answered: boolean;
  readonly lacks: readonly RolloutLack[];
  /** Whether what this freshness says is said by the root's: a cluster that is away is away for all. */
  isOfRoot(freshness: Freshness): boolean;
  close(): void;
}

export interface TreeWatchesDeps {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly owner: ResourceRef & { readonly namespaced: boolean };
  /** Undefined: everywhere. */
  readonly namespace: string | undefined;
  readonly maxWatches: number;
  /** What they see is no news for the timeline. */
  readonly quiet: boolean;
  readonly sinkOf: (kind: string) => Omit<WatchSink, 'changed'>;
  readonly changed: () => void;
  /** Something of this kind is in the tree: metadata is not enough. */
  readonly isFound: (kind: string) => boolean;
  /** Once a minute: what was refused may be allowed now. */
  readonly onRetry: () => void;
}

/** First lists under way at a time: the likely kinds are answered before the rest is asked for. */
const maxOpening = 12;
/** How often is looked for kinds that are served since, or no more. */
const lookMs = 5_000;
/** How long a refusal is believed. */
const believedMs = 60_000;

export function createTreeWatches(deps: TreeWatchesDeps): TreeWatches {
  const { catalog, clock, owner, namespace, quiet } = deps;
  const rootKind = resourceId(owner);
  /** What is to be watched, most likely first, without the root's kind. */
  let kinds: readonly ResourceInfo[] = [];
  const others = new Map<string, { readonly ref: ResourceRef; readonly watch: TreeWatch }>();
  let pumping = false;
  let closed = false;
  let cancelLook = () => {};
  let cancelRetry = () => {};

  const root = open(rootKind, owner, true);
  const offCatalog = catalog.onFreshness(look);
  look();
  retryLater();

  function open(kind: string, ref: ResourceRef, whole: boolean): TreeWatch {
    const { group, version, resource } = ref;
    const sink = { ...deps.sinkOf(kind), changed };
    const own = { group, version, resource };
    return createTreeWatch({ catalog, ref: own, namespace, whole, quiet, sink });
  }

  function changed(): void {
    pumpSoon();
    deps.changed();
  }

  /** Not at once: a watch that has just been told something is in the middle of telling it. */
  function pumpSoon(): void {
    if (pumping) return;
    pumping = true;
    queueMicrotask(() => {
      pumping = false;
      pump();
    });
  }

  function pump(): void {
    for (const info of kinds) {
      if (closed || isFull() || opening() >= maxOpening) break;
      if (others.has(info.id)) continue;
      const watch = open(info.id, info, false);
      others.set(info.id, { ref: info, watch });
      // What is watched already was told while it opened.
      if (deps.isFound(info.id)) watch.needWhole();
    }
    if (!closed) deps.changed();
  }

  function* watches(): Iterable<TreeWatch> {
    yield root;
    for (const { watch } of others.values()) yield watch;
  }

  function count(test: (watch: TreeWatch) => boolean): number {
    let found = 0;
    for (const watch of watches()) if (test(watch)) found += 1;
    return found;
  }

  const isFull = () => count((watch) => watch.watching) >= deps.maxWatches;
  const opening = () => count((watch) => !watch.answered);

  /** What the catalogue has now: kinds come and go while the tree is looked at. */
  function look(): void {
    cancelLook();
    cancelLook = clock.after(lookMs, look);
    kinds = treeKinds(catalog.resources(), owner).filter(({ id }) => id !== rootKind);
    dropUnserved();
    pumpSoon();
  }

  function dropUnserved(): void {
    const served = new Map(kinds.map((info) => [info.id, info]));
    for (const [kind, { ref, watch }] of others) {
      if (served.get(kind)?.versions.includes(ref.version) === true) continue;
      watch.close();
      others.delete(kind);
      deps.sinkOf(kind).keep(new Set());
    }
  }

  function retryLater(): void {
    cancelRetry = clock.after(believedMs, () => {
      for (const watch of watches()) watch.retry();
      deps.onRetry();
      retryLater();
    });
  }

  const isWaiting = () => kinds.some(({ id }) => !others.has(id));

  function faultsOfKinds(): RolloutLack[] {
    const lacks: RolloutLack[] = [];
    for (const { ref, watch } of others.values()) {
      const { fault } = watch;
      if (fault === undefined || isOfRoot(watch.freshness)) continue;
      const { group, version, resource } = ref;
      lacks.push({ resource: { group, version, resource }, fault });
    }
    return lacks;
  }

  function isOfRoot(freshness: Freshness): boolean {
    const { kind } = root.freshness;
    return freshness.kind === 'stale' && (kind === 'stale' || kind === 'reconnecting');
  }

  function limitReached(): RolloutLack[] {
    const left = kinds.length - others.size;
    if (left <= 0 || !isFull()) return [];
    const what = left === 1 ? 'One kind is' : `${left} kinds are`;
    return [
      {
        fault: {
          code: 'watch-limit',
          detail: `${what} not looked at: a tree takes ${deps.maxWatches} watches at most. What is owned there is missing.`,
        },
      },
    ];
  }

  return {
    root,
    get: (kind) => (kind === rootKind ? root : others.get(kind)?.watch),
    wanted: () => Iterator.from(watches()).filter((watch) => watch.wanted),
    get answered() {
      if (!catalog.ready || opening() > 0) return false;
      return !isWaiting() || isFull();
    },
    get lacks() {
      return [...faultsOfKinds(), ...limitReached(), ...catalogLacks(catalog, namespace)];
    },
    isOfRoot,
    close() {
      closed = true;
      offCatalog();
      cancelLook();
      cancelRetry();
      for (const watch of watches()) watch.close();
    },
  };
}
