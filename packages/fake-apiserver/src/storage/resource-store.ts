import type { JsonMap } from '../json.ts';
import { createHistory, type HistoryLimits, type StoreEvent } from './history.ts';
import { createKeyOrder } from './key-order.ts';
import type { Revision } from './revision.ts';
import { storageKey, storeObject, type StoredObject } from './stored-object.ts';

export type StoreListener = (event: StoreEvent, shared: Map<string, Buffer>) => void;

/** All objects of one group-resource, their recent history and those who watch it. */
export interface ResourceStore {
  readonly size: number;
  get(namespace: string, name: string): StoredObject | undefined;
  /** Stores `object` under its own name at a new revision and tells the watchers. */
  put(object: JsonMap): StoredObject;
  /** Removes it; `last` is its final state when that differs from what is stored. */
  remove(stored: StoredObject, last: JsonMap): StoredObject;
  /** All objects in etcd's order, as they are now. Never changes once returned. */
  current(): readonly StoredObject[];
  /** All objects as they were at `revision`; undefined when that is forgotten. */
  at(revision: number): readonly StoredObject[] | undefined;
  /** The writes after `revision`; undefined when some are forgotten. */
  eventsAfter(revision: number): readonly StoreEvent[] | undefined;
  /** The oldest revision a watch can start from. */
  readonly since: number;
  compact(revision: number): void;
  /** `listener` also gets a place to share what it encodes of the event with the others. */
  subscribe(listener: StoreListener): () => void;
  /** Ends every watch: the resource is gone, or served in another form. */
  close(): void;
  onClose(listener: () => void): () => void;
}

/** How many past snapshots paged lists may hold on to before they are computed again. */
const KEPT_SNAPSHOTS = 4;

export function createResourceStore(revision: Revision, limits: HistoryLimits): ResourceStore {
  const objects = new Map<string, StoredObject>();
  const order = createKeyOrder();
  const history = createHistory(revision.current, limits);
  const listeners = new Set<StoreListener>();
  const closeListeners = new Set<() => void>();
  const snapshots = new Map<number, readonly StoredObject[]>();
  let changedAt = revision.current;
  let latest: readonly StoredObject[] | undefined;

  function commit(event: StoreEvent): void {
    changedAt = event.revision;
    latest = undefined;
    history.append(event);
    const shared = new Map<string, Buffer>();
    for (const listener of listeners) listener(event, shared);
  }

  function current(): readonly StoredObject[] {
    latest ??= order.keys().flatMap((key) => objects.get(key) ?? []);
    return latest;
  }

  /** The state at `asked`, by undoing what was written since. */
  function undoTo(asked: number): readonly StoredObject[] | undefined {
    const events = history.after(asked);
    if (events === undefined) return undefined;
    const past = new Map(objects);
    for (const event of events.toReversed()) {
      if (event.previous === undefined) past.delete(event.object.key);
      else past.set(event.object.key, event.previous);
    }
    return [...past.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  return {
    get size() {
      return objects.size;
    },
    get since() {
      return history.since;
    },
    get: (namespace, name) => objects.get(storageKey(namespace, name)),
    put(object) {
      const stored = storeObject(object, revision.next());
      revision.commit(stored.revision);
      const previous = objects.get(stored.key);
      objects.set(stored.key, stored);
      if (previous === undefined) order.add(stored.key);
      const type = previous === undefined ? 'ADDED' : 'MODIFIED';
      commit({ type, revision: stored.revision, object: stored, previous });
      return stored;
    },
    remove(stored, last) {
      const removed = storeObject(last, revision.next());
      revision.commit(removed.revision);
      objects.delete(stored.key);
      order.remove(stored.key);
      commit({
        type: 'DELETED',
        revision: removed.revision,
        object: removed,
        previous: stored,
      });
      return removed;
    },
    current,
    at(asked) {
      if (asked >= changedAt) return current();
      if (asked < history.since) return undefined;
      const kept = snapshots.get(asked) ?? undoTo(asked);
      if (kept === undefined) return undefined;
      snapshots.delete(asked);
      snapshots.set(asked, kept);
      if (snapshots.size > KEPT_SNAPSHOTS) {
        snapshots.delete(snapshots.keys().next().value ?? asked);
      }
      return kept;
    },
    eventsAfter: (asked) => history.after(asked),
    compact(asked) {
      history.compact(asked);
      snapshots.clear();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const listener of closeListeners) listener();
    },
    onClose(listener) {
      closeListeners.add(listener);
      return () => closeListeners.delete(listener);
    },
  };
}
