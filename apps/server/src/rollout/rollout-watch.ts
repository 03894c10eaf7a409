import type { Clock, Log } from '@kindscope/informer';
import type { JsonObject, KubernetesEvent } from '@kindscope/kube';
import type {
  Finding,
  Freshness,
  Rollout,
  RolloutLack,
  RolloutMark,
  RolloutNode,
  RolloutState,
  RolloutSummary,
} from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { success, type Result } from '../result.ts';
import type { ChangeLog } from '../timeline/change-log.ts';
import type { RevisionLog, StateSpan } from '../timeline/revision-log.ts';
import { nameOf, nodeOf, type Lane } from './lane.ts';
import { createOwnedTree, type OwnedTree, type TreeObject } from './owned-tree.ts';
import { createRolloutLanes } from './rollout-lanes.ts';
import { judge, turnsOfLanes, type Verdict } from './rollout-verdict.ts';

export interface RolloutWatchDeps {
  readonly catalog: Catalog;
  readonly changes: ChangeLog;
  readonly revisions: RevisionLog;
  readonly clock: Clock;
  readonly log: Log;
  /** As a tree has it. */
  readonly maxWatches?: number;
  readonly quiet?: boolean;
}

/** What is not as before. Absent: as before. */
export interface RolloutNews {
  readonly summary?: RolloutSummary;
  readonly root: string | null;
  readonly nodes: readonly RolloutNode[];
  readonly removed: readonly string[];
  readonly marks: readonly RolloutMark[];
  readonly events: readonly KubernetesEvent[];
  readonly findings?: Finding[];
  readonly lacks?: RolloutLack[];
}

/** An object and what it owns as it rolls out: now, and as far back as the log knows. */
export interface RolloutWatch {
  readonly freshness: Freshness;
  /** All that there was to be found has been found. */
  readonly settled: boolean;
  /** What has changed since the last time; undefined where nothing has. */
  take(): RolloutNews | undefined;
  /** Everything, as of the last {@link RolloutWatch.take}. */
  state(): Rollout;
  /** How it stands, and the uid of the object that does, as of the last {@link RolloutWatch.take}. */
  readonly verdict: { readonly state: RolloutState; readonly root: string | null };
  /** What is there, the object itself first; empty where it is not. */
  objects(): readonly JsonObject[];
  /** States of the object itself that were seen, oldest first; empty where it is not there. */
  pastStates(): readonly StateSpan[];
  /** Told at every change, and when time alone may have changed something; returns the cancellation. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

/**
 * The time between two verdicts: each looks at every node and every Event. So many times as long as
 * the last one took, that thousands of pods leave the server time for everything else.
 */
const verdictMs = { least: 250, most: 2000, times: 8 };
/** While it is not healthy, time alone may make a difference. */
const tickMs = 1000;
/** So long a verdict waits for the whole tree: what is not seen yet is not missing. */
const patienceMs = 5000;

/** Starts to watch at once. Faults: those of the tree. */
export function createRolloutWatch(
  deps: RolloutWatchDeps,
  object: TreeObject,
): Result<RolloutWatch> {
  const tree = createOwnedTree(deps, object);
  return tree.ok ? success(watchRollout({ ...deps, object, tree: tree.value })) : tree;
}

function watchRollout(
  deps: RolloutWatchDeps & { readonly tree: OwnedTree; readonly object: TreeObject },
): RolloutWatch {
  const { tree, changes, clock } = deps;
  const lanes = createRolloutLanes(deps);
  const listeners = new Set<() => void>();
  const opened = clock.now();
  const told = {
    root: null as string | null,
    summary: '',
    findings: '',
    lacks: '[]',
    nodes: new Map<string, string>(),
  };
  let events: ReadonlyMap<string, KubernetesEvent> = new Map();
  const freshEvents: KubernetesEvent[] = [];
  const shown = new Map<string, RolloutNode>();
  let verdict: Verdict = nothingYet(opened);
  let lacks: RolloutLack[] = [];
  /** By the monotonic clock. */
  let judgeAt = Number.NEGATIVE_INFINITY;
  let wakeAt = Number.POSITIVE_INFINITY;
  let cancelWake = () => {};

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function wakeIn(ms: number): void {
    const at = clock.monotonic() + ms;
    if (at >= wakeAt) return;
    cancelWake();
    wakeAt = at;
    cancelWake = clock.after(ms, () => {
      wakeAt = Number.POSITIVE_INFINITY;
      tell();
    });
  }

  /** Whether what is not there can be said to be missing. */
  const isWhole = () => tree.settled || clock.now() - opened >= patienceMs;

  function present(): Lane[] {
    return [...lanes.lanes.values()].filter(({ deleted }) => deleted === undefined);
  }

  function tellTurns(): void {
    const { root } = lanes;
    if (root !== undefined) lanes.setTurns(turnsOfLanes(root, present()));
  }

  function nextVerdict(): Verdict {
    const { root, rootDeleted } = lanes;
    if (rootDeleted !== undefined) {
      return { summary: { state: { kind: 'deleted', since: rootDeleted } }, findings: [] };
    }
    if (root === undefined) return nothingYet(opened);
    tellTurns();
    if (!isWhole()) return nothingYet(opened);
    return judge(root, present(), events.values(), clock.now());
  }

  /** Whether it was. */
  function judgeWhenDue(): boolean {
    const start = clock.monotonic();
    if (start < judgeAt) {
      wakeIn(judgeAt - start);
      return false;
    }
    readEvents();
    verdict = nextVerdict();
    const end = clock.monotonic();
    const { least, most, times } = verdictMs;
    judgeAt = end + Math.min(most, Math.max(least, times * (end - start)));
    const { kind } = verdict.summary.state;
    if (kind !== 'healthy' && kind !== 'deleted') wakeIn(tickMs);
    return true;
  }

  /** Those of the lanes whose text differs from what was told last. */
  function takeNodes(): Pick<RolloutNews, 'nodes' | 'removed'> {
    const { touched, removed } = lanes.take();
    const nodes: RolloutNode[] = [];
    for (const uid of touched) {
      const lane = lanes.lanes.get(uid);
      if (lane === undefined) continue;
      const node = nodeOf(lane);
      const text = JSON.stringify(node);
      if (told.nodes.get(uid) === text) continue;
      told.nodes.set(uid, text);
      shown.set(uid, node);
      nodes.push(node);
    }
    const gone = removed.filter((uid) => told.nodes.delete(uid));
    for (const uid of gone) shown.delete(uid);
    return { nodes, removed: gone };
  }

  /** Seldom, as they are many. */
  function readEvents(): void {
    const known = new Map<string, KubernetesEvent>();
    for (const event of tree.events()) {
      known.set(event.uid, event);
      if (!isSameEvent(events.get(event.uid), event)) freshEvents.push(event);
    }
    events = known;
  }

  /** The value where it is another than was told. */
  function differing<Value>(key: 'summary' | 'findings' | 'lacks', value: Value) {
    const text = JSON.stringify(value);
    if (told[key] === text) return undefined;
    told[key] = text;
    return value;
  }

  function take(): RolloutNews | undefined {
    const { fresh, wait } = lanes.sync();
    if (wait !== undefined) wakeIn(wait);
    if (!judgeWhenDue() && fresh.length > 0) tellTurns();
    lacks = [...tree.lacks];
    const root = lanes.root?.subject.uid ?? null;
    const isSameRoot = root === told.root;
    told.root = root;
    const summary = differing('summary', verdict.summary);
    const findings = differing('findings', verdict.findings);
    const newLacks = differing('lacks', lacks);
    const news = {
      ...(summary !== undefined && { summary }),
      root,
      ...takeNodes(),
      marks: lanes.takeMarks(),
      events: freshEvents.splice(0),
      ...(findings !== undefined && { findings }),
      ...(newLacks !== undefined && { lacks: newLacks }),
    };
    const isEmpty =
      isSameRoot &&
      summary === undefined &&
      findings === undefined &&
      newLacks === undefined &&
      [news.nodes, news.removed, news.marks, news.events].every(({ length }) => length === 0);
    return isEmpty ? undefined : news;
  }

  const offs = [
    tree.subscribe(tell),
    changes.onChange((appended) => {
      if (lanes.note(appended)) tell();
    }),
  ];

  return {
    get freshness() {
      return tree.freshness;
    },
    get settled() {
      return tree.settled;
    },
    take,
    state: () => ({
      summary: verdict.summary,
      root: told.root,
      nodes: [...shown.values()],
      removed: [],
      marks: lanes.marks(),
      events: [...events.values()],
      findings: verdict.findings,
      lacks,
    }),
    get verdict() {
      return { state: verdict.summary.state, root: told.root };
    },
    objects() {
      const { root } = lanes;
      if (root === undefined) return [];
      const parts = present().filter((lane) => lane !== root && !lane.subject.metadataOnly);
      return [root, ...parts].map(({ subject }) => subject.read());
    },
    pastStates() {
      const { root } = lanes;
      if (root?.tree === undefined) return [];
      const spans = [...deps.revisions.spans(nameOf(root.subject), root.tree.handle)];
      return spans.filter(({ uid }) => uid === root.subject.uid).reverse();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      lanes.keep();
      for (const off of offs) off();
      cancelWake();
      listeners.clear();
      tree.close();
    },
  };
}

function nothingYet(since: number): Verdict {
  return { summary: { state: { kind: 'unknown', since } }, findings: [] };
}

function isSameEvent(a: KubernetesEvent | undefined, b: KubernetesEvent): boolean {
  return a !== undefined && a.count === b.count && a.last === b.last && a.message === b.message;
}
