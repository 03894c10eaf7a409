import type { JsonMap } from '../json.ts';
import { createHistory, type HistoryLimits, type StoreEvent } from './history.ts';
import type { Revision } from './revision.ts';
import { createSortedObjects, type Snapshot } from './sorted-objects.ts';
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
  current(): Snapshot;
  /** All objects as they were at `revision`, none before the resource was there; undefined when that is forgotten. */
  at(revision: number): Snapshot | undefined;
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

/** @param forgotten up to here nobody can say what there was */
export function createResourceStore(
  revision: Revision,
  limits: HistoryLimits,
  forgotten = 0,
): ResourceStore {
  const objects = createSortedObjects();
  const history = createHistory(forgotten, limits);
  const born = revision.current;
  const listeners = new Set<StoreListener>();
  const closeListeners = new Set<() => void>();
  const snapshots = new Map<number, Snapshot>();
  let changedAt = born;

  function commit(event: StoreEvent): void {
    changedAt = event.revision;
    history.append(event);
    dropForgotten();
    const shared = new Map<string, Buffer>();
    for (const listener of listeners) listener(event, shared);
  }

  /** What can no longer be asked for need not be kept. */
  function dropForgotten(): void {
    for (const kept of snapshots.keys()) if (kept < history.since) snapshots.delete(kept);
  }

  /** The state at `asked`, by undoing what was written since. */
  function undoTo(asked: number): Snapshot | undefined {
    const events = history.after(asked);
    if (events === undefined) return undefined;
    const past = objects.snapshot().edit();
    for (const event of events.toReversed()) {
      if (event.previous === undefined) past.delete(event.object.key);
      else past.set(event.previous);
    }
    return past.snapshot();
  }

  return {
    get size() {
      return objects.size;
    },
    get since() {
      return Math.max(born, history.since);
    },
    get: (namespace, name) => objects.get(storageKey(namespace, name)),
    put(object) {
      const stored = storeObject(object, revision.next());
      revision.commit(stored.revision);
      const previous = objects.get(stored.key);
      objects.set(stored);
      const type = previous === undefined ? 'ADDED' : 'MODIFIED';
      commit({ type, revision: stored.revision, object: stored, previous });
      return stored;
    },
    remove(stored, last) {
      const removed = storeObject(last, revision.next());
      revision.commit(removed.revision);
      objects.delete(stored.key);
      commit({
        type: 'DELETED',
        revision: removed.revision,
        object: removed,
        previous: stored,
      });
      return removed;
    },
    current: () => objects.snapshot(),
    at(asked) {
      if (asked >= changedAt) return objects.snapshot();
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
    eventsAfter: (asked) => (asked < born ? undefined : history.after(asked)),
    compact(asked) {
      history.compact(asked);
      dropForgotten();
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
