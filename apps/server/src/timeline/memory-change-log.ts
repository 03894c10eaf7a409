import { gvrKey, parseJson } from '@kindscope/kube';
import type { Change, ConditionChange } from '@kindscope/protocol';
import {
  effectByLabels,
  resourceKeys,
  scopeTest,
  withEffect,
  type Effect,
} from './change-filter.ts';
import type {
  Appended,
  ChangeEntry,
  ChangeLog,
  ChangeQuery,
  ChangeScope,
  LogDraft,
  LogEntry,
  WatchFact,
} from './change-log.ts';
import { classSet } from './class-set.ts';
import { createWatchFacts } from './coverage.ts';
import { createDensity } from './density.ts';
import { createEntryQueue, type EntryQueue } from './entry-queue.ts';
import { walkNewestFirst, type Visit } from './log-walk.ts';
import { createLoggedObjects, type LoggedObjects } from './logged-object.ts';
import { createMarks } from './marks.ts';

export interface ChangeLogLimits {
  readonly perResource: { readonly entries: number; readonly bytes: number };
  readonly total: { readonly entries: number; readonly bytes: number };
}

/** What an hour of a lively cluster needs, and what a laptop does not notice. */
const defaultChangeLogLimits: ChangeLogLimits = {
  perResource: { entries: 20_000, bytes: 48 * 2 ** 20 },
  total: { entries: 100_000, bytes: 160 * 2 ** 20 },
};

/** A page of changes ends when their text is as long as this, characters. */
const pageSize = 2 ** 20;

interface AskedChange {
  readonly entry: ChangeEntry;
  readonly effect: Effect;
}

type EntryDraft = Extract<LogDraft, { kind: 'change' | 'gap' }>;

function withoutMessage(told: ConditionChange): ChangeEntry['conditions'][number] {
  const { message: _, ...condition } = told;
  return condition;
}

function entryOf(id: number, draft: EntryDraft, objects: LoggedObjects): LogEntry {
  if (draft.kind === 'gap') return { ...draft, id, resource: gvrKey(draft.ref) };
  const { change, time, before, after } = draft;
  const { notBefore } = change;
  const object = objects.use(change);
  return {
    kind: 'change',
    id,
    resource: gvrKey(change.resource),
    object,
    time,
    within: notBefore === undefined ? 0 : Math.max(0, time - Date.parse(notBefore)),
    classes: classSet(change.classes),
    manager: change.managers[0]?.manager,
    conditions: (change.conditions ?? []).map(withoutMessage),
    labels: objects.share(object, { before: before?.labels, after: after?.labels }),
    json: JSON.stringify({ id, ...change }),
  };
}

/** One that throws does not keep the others from being told. */
function tellAll<News>(listeners: Iterable<(news: News) => void>, news: News): void {
  const errors: unknown[] = [];
  for (const listener of listeners) {
    try {
      listener(news);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'a listener of the log of changes threw');
}

/**
 * Keeps changes in this process's memory. Full for a resource: its oldest entry goes. Full in all:
 * the oldest of the resource that holds most goes, so that a lively one does not push out the quiet.
 */
export function createMemoryChangeLog(limits: ChangeLogLimits = defaultChangeLogLimits): ChangeLog {
  const queues = new Map<string, EntryQueue>();
  const objects = createLoggedObjects();
  const facts = createWatchFacts();
  const listeners = new Set<(appended: readonly Appended[]) => void>();
  const beginners = new Set<(begun: WatchFact) => void>();
  const total = { entries: 0, bytes: 0, dropped: 0 };
  let lastId = 0;

  function queueOf(resource: string): EntryQueue {
    let queue = queues.get(resource);
    if (queue === undefined) {
      queue = createEntryQueue();
      queues.set(resource, queue);
    }
    return queue;
  }

  function drop(queue: EntryQueue): void {
    const { entry, cost } = queue.drop();
    if (entry?.kind === 'change') objects.release(entry.object);
    total.bytes -= cost;
    total.entries -= 1;
    total.dropped += 1;
  }

  function largest(): EntryQueue | undefined {
    let found: EntryQueue | undefined;
    for (const queue of queues.values()) {
      if (queue.size > 0 && queue.bytes > (found?.bytes ?? -1)) found = queue;
    }
    return found;
  }

  function makeRoom(queue: EntryQueue): void {
    const { perResource } = limits;
    while (queue.size > perResource.entries || queue.bytes > perResource.bytes) drop(queue);
    while (total.entries > limits.total.entries || total.bytes > limits.total.bytes) {
      const victim = largest();
      if (victim === undefined) return;
      drop(victim);
    }
  }

  function log(draft: EntryDraft): Appended {
    lastId += 1;
    const entry = entryOf(lastId, draft, objects);
    const queue = queueOf(entry.resource);
    total.bytes += queue.push(entry);
    total.entries += 1;
    makeRoom(queue);
    return draft.kind === 'change'
      ? { entry, before: draft.before, after: draft.after }
      : { entry, before: undefined, after: undefined };
  }

  function asked(resources: ChangeQuery['resources']): EntryQueue[] {
    const keys = resourceKeys(resources);
    return [...queues].filter(([key]) => keys?.has(key) ?? true).map(([, queue]) => queue);
  }

  /** Visits the entries in scope, newest first. */
  function walk(query: Omit<ChangeQuery, 'limit'>, visit: Visit): void {
    const isInScope = scopeTest(query);
    walkNewestFirst(asked(query.resources), query, (entry) => !isInScope(entry) || visit(entry));
  }

  /** Visits the changes asked for, newest first. */
  function walkChanges(query: Omit<ChangeQuery, 'limit'>, visit: Visit<AskedChange>): void {
    walk(query, (entry) => {
      const effect = entry.kind === 'gap' ? undefined : effectByLabels(query.matches, entry);
      return entry.kind === 'gap' || effect === undefined || visit({ entry, effect });
    });
  }

  /** Visits the changes asked for, in no order: that is cheaper. */
  function walkInAnyOrder(scope: ChangeScope, visit: (change: ChangeEntry) => void): void {
    const isInScope = scopeTest(scope);
    for (const queue of asked(scope.resources)) {
      for (let place = 0; place < queue.size; place += 1) {
        const entry = queue.at(place);
        if (entry?.kind !== 'change' || !isInScope(entry)) continue;
        if (effectByLabels(scope.matches, entry) !== undefined) visit(entry);
      }
    }
  }

  function coverage({ resources, namespace }: Pick<ChangeScope, 'resources' | 'namespace'>) {
    return facts.coverage(
      { keys: resourceKeys(resources), namespace },
      {
        gaps: (key) => queues.get(key)?.gaps() ?? [],
        dropped: (key) => queues.get(key)?.dropped,
      },
    );
  }

  const position = (scope: ChangeScope) => ({ lastId, coverage: coverage(scope) });

  return {
    append(drafts) {
      let appended: Appended[] = [];
      const tell = () => {
        if (appended.length > 0) tellAll(listeners, appended);
        appended = [];
      };
      for (const draft of drafts) {
        if (draft.kind === 'change' || draft.kind === 'gap') {
          appended.push(log(draft));
        } else if (facts.note(draft)) {
          tell();
          tellAll(beginners, draft);
        }
      }
      tell();
    },
    query(query) {
      const items: Change[] = [];
      let size = 0;
      let more = false;
      walkChanges(query, ({ entry, effect }) => {
        more = items.length === query.limit || size >= pageSize;
        if (more) return false;
        items.push(parseJson(withEffect(entry.json, effect)) as unknown as Change);
        size += entry.json.length;
        return true;
      });
      return { items, ...(more ? { continue: String(items.at(-1)?.id) } : {}) };
    },
    change(id) {
      for (const queue of queues.values()) {
        const entry = queue.find(id);
        if (entry?.kind === 'change') return parseJson(entry.json) as unknown as Change;
      }
      return undefined;
    },
    marks(query) {
      const marks = createMarks(query.limit);
      walkChanges(query, ({ entry }) => marks.add(entry));
      return marks.end(position(query));
    },
    density(query) {
      const density = createDensity(query);
      walkInAnyOrder(query, (change) => density.add(change));
      return density.end(position(query));
    },
    coverage,
    entries(query) {
      const found: LogEntry[] = [];
      walk(query, (entry) => {
        if (found.length === query.limit) return false;
        if (entry.kind === 'gap' || effectByLabels(query.matches, entry) !== undefined)
          found.push(entry);
        return true;
      });
      return found;
    },
    lostThrough: (resources) => Math.max(0, ...asked(resources).map((queue) => queue.lostThrough)),
    get lastId() {
      return lastId;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onBegin(listener) {
      beginners.add(listener);
      return () => beginners.delete(listener);
    },
    stats: () => ({ ...total }),
  };
}
