import { gvrKey, parseJson } from '@kindscope/kube';
import type { Change } from '@kindscope/protocol';
import { effectByLabels, inScope, resourceKeys, withEffect } from './change-filter.ts';
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
import { densityOf } from './density.ts';
import { createEntryQueue, type EntryQueue } from './entry-queue.ts';
import { createLoggedObjects, type LoggedObjects } from './logged-object.ts';
import { marksOf } from './marks.ts';

export interface ChangeLogLimits {
  readonly perResource: { readonly entries: number; readonly bytes: number };
  readonly total: { readonly entries: number; readonly bytes: number };
}

/** What an hour of a lively cluster needs, and what a laptop does not notice. */
const defaultChangeLogLimits: ChangeLogLimits = {
  perResource: { entries: 20_000, bytes: 48 * 2 ** 20 },
  total: { entries: 100_000, bytes: 160 * 2 ** 20 },
};

type EntryDraft = Extract<LogDraft, { kind: 'change' | 'gap' }>;

function entryOf(id: number, draft: EntryDraft, objects: LoggedObjects): LogEntry {
  if (draft.kind === 'gap') return { ...draft, id, resource: gvrKey(draft.ref) };
  const { change, time, before, after } = draft;
  const { notBefore } = change;
  return {
    kind: 'change',
    id,
    resource: gvrKey(change.resource),
    object: objects.use(change),
    time,
    within: notBefore === undefined ? 0 : Math.max(0, time - Date.parse(notBefore)),
    classes: classSet(change.classes),
    manager: change.managers[0]?.manager,
    conditions: change.conditions ?? [],
    labels: { before: before?.labels, after: after?.labels },
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

  /** Entries in scope, newest first, merged over the resources by id. */
  function* newestFirst(query: Omit<ChangeQuery, 'limit'>): Generator<LogEntry> {
    const heads = asked(query.resources).map((queue) => queue.backwards(query.before, query.after));
    const next = heads.map((head) => head.next());
    for (;;) {
      let newest = -1;
      let greatest = -1;
      for (const [index, result] of next.entries()) {
        if (result.done !== true && result.value.id > greatest) {
          newest = index;
          greatest = result.value.id;
        }
      }
      const head = heads[newest];
      const result = next[newest];
      if (head === undefined || result === undefined || result.done === true) return;
      if (inScope(query, result.value)) yield result.value;
      next[newest] = head.next();
    }
  }

  function* changesIn(query: Omit<ChangeQuery, 'limit'>): Generator<ChangeEntry> {
    for (const entry of newestFirst(query)) {
      if (entry.kind === 'change' && effectByLabels(query.matches, entry) !== undefined)
        yield entry;
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
      let last = 0;
      for (const entry of newestFirst(query)) {
        const effect = entry.kind === 'gap' ? undefined : effectByLabels(query.matches, entry);
        if (entry.kind === 'gap' || effect === undefined) continue;
        if (items.length === query.limit) return { items, continue: String(last) };
        items.push(parseJson(withEffect(entry.json, effect)) as unknown as Change);
        last = entry.id;
      }
      return { items };
    },
    change(id) {
      for (const queue of queues.values()) {
        const entry = queue.find(id);
        if (entry?.kind === 'change') return parseJson(entry.json) as unknown as Change;
      }
      return undefined;
    },
    marks: (query) => marksOf(changesIn(query), query.limit, position(query)),
    density: (query) => densityOf(changesIn(query), query, position(query)),
    coverage,
    entries(query) {
      const found: LogEntry[] = [];
      for (const entry of newestFirst(query)) {
        if (found.length === query.limit) break;
        if (entry.kind === 'change' && effectByLabels(query.matches, entry) === undefined) continue;
        found.push(entry);
      }
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
