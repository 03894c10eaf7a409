import { compareResourceVersions } from '@kindscope/kube';
import type { Seen, StoreEvent, WatcherEvent } from './event.ts';
import type { ObjectHandle } from './object-handle.ts';

/**
 * The cache as readers see it: as true as the informer's state says. While that is syncing it holds what
 * has come of the first list so far.
 */
export interface ReadableStore {
  get(key: string): ObjectHandle | undefined;
  values(): Iterable<ObjectHandle>;
  readonly size: number;
}

/** The cache. One writer: the watcher of its informer. */
export interface Store extends ReadableStore {
  /** The first replace has happened. */
  readonly synced: boolean;
  /**
   * Takes what the watcher says and returns what changed by it, in order; the change is made before this
   * returns. `notBefore`: until when the cache is known to have been true, for what a relist finds.
   */
  apply(event: WatcherEvent, notBefore: number): readonly StoreEvent[];
}

const BY_WATCH: Seen = { by: 'watch' };
/** What was there before anyone looked: it came to be at some time. */
const BEFORE_ALL: Seen = { by: 'relist', notBefore: 0 };

export function createStore(): Store {
  let objects = new Map<string, ObjectHandle>();
  /** A list that is coming in; of a relist nobody sees anything before its end [I3]. */
  let aside = new Map<string, ObjectHandle>();
  let synced = false;
  /** The newest resourceVersion seen; undefined where the server's lists have none, and events no order. */
  let newest: string | undefined;

  function saw(resourceVersion: string): void {
    if (newest !== undefined && isOlder(newest, resourceVersion)) newest = resourceVersion;
  }

  /** A list that begins anew before the first sync takes back what came of the one before it [I3]. */
  function begin(): StoreEvent[] {
    aside = new Map();
    if (synced || objects.size === 0) return [];
    objects = new Map();
    return [{ kind: 'reset' }];
  }

  /** Of the first list each page is shown as it comes: there is nothing else to look at [I2]. */
  function take(object: ObjectHandle): StoreEvent[] {
    aside.set(object.key, object);
    if (synced || objects.has(object.key)) return [];
    objects.set(object.key, object);
    return initialAdds([object]);
  }

  function replace(resourceVersion: string, notBefore: number): StoreEvent[] {
    const listed = aside;
    aside = new Map();
    // Only a list that is read at "" can be older than what we hold: the server went back in time [I16].
    const wentBack = synced && newest !== undefined && isOlder(resourceVersion, newest);
    newest = resourceVersion === '' || resourceVersion === '0' ? undefined : resourceVersion;
    if (!synced) {
      synced = true;
      return [{ kind: 'synced' }];
    }
    const before = objects;
    if (wentBack) {
      objects = listed;
      return [{ kind: 'reset' }, ...initialAdds(listed.values()), { kind: 'synced' }];
    }
    const seen: Seen = { by: 'relist', notBefore };
    objects = merge(before, listed);
    return [
      { kind: 'relisted', notBefore },
      ...vanished(before, listed, seen),
      ...arrived(before, objects, seen),
    ];
  }

  function put(object: ObjectHandle): StoreEvent[] {
    const old = objects.get(object.key);
    // A replay of what is gone [I19]: events come in order, so an older one says nothing new.
    const reference = old?.resourceVersion ?? newest;
    if (reference !== undefined && isOlder(object.resourceVersion, reference)) return [];
    if (old?.uid === object.uid && old.resourceVersion === object.resourceVersion) return [];
    saw(object.resourceVersion);
    objects.set(object.key, object);
    return changed(old, object, BY_WATCH);
  }

  function remove(last: ObjectHandle): StoreEvent[] {
    const old = objects.get(last.key);
    saw(last.resourceVersion);
    if (old === undefined || isOlder(last.resourceVersion, old.resourceVersion)) return [];
    objects.delete(last.key);
    return [{ kind: 'delete', old, last, tombstone: false, seen: BY_WATCH }];
  }

  return {
    get: (key) => objects.get(key),
    values: () => objects.values(),
    get size() {
      return objects.size;
    },
    get synced() {
      return synced;
    },
    apply(event, notBefore) {
      switch (event.kind) {
        case 'init':
          return begin();
        case 'initApply':
          return take(event.object);
        case 'initDone':
          return replace(event.resourceVersion, notBefore);
        case 'apply':
          return put(event.object);
        case 'delete':
          return remove(event.object);
      }
    },
  };
}

/** Objects as a handler first meets them [I21]. */
export function initialAdds(objects: Iterable<ObjectHandle>): StoreEvent[] {
  return Array.from(objects, (object) => ({
    kind: 'add',
    new: object,
    initial: true,
    seen: BEFORE_ALL,
  }));
}

/** The list, but an object that is held and is as new or newer stays [I19]. */
function merge(
  before: ReadonlyMap<string, ObjectHandle>,
  listed: ReadonlyMap<string, ObjectHandle>,
): Map<string, ObjectHandle> {
  const merged = new Map<string, ObjectHandle>();
  for (const [key, object] of listed) {
    const held = before.get(key);
    const keep =
      held !== undefined &&
      held.uid === object.uid &&
      (held.resourceVersion === object.resourceVersion ||
        isOlder(object.resourceVersion, held.resourceVersion));
    merged.set(key, keep ? held : object);
  }
  return merged;
}

/** [I17] */
function vanished(
  before: ReadonlyMap<string, ObjectHandle>,
  listed: ReadonlyMap<string, ObjectHandle>,
  seen: Seen,
): StoreEvent[] {
  const events: StoreEvent[] = [];
  for (const [key, old] of before) {
    if (!listed.has(key)) {
      events.push({ kind: 'delete', old, last: undefined, tombstone: true, seen });
    }
  }
  return events;
}

function arrived(
  before: ReadonlyMap<string, ObjectHandle>,
  after: ReadonlyMap<string, ObjectHandle>,
  seen: Seen,
): StoreEvent[] {
  const events: StoreEvent[] = [];
  for (const [key, object] of after) {
    const old = before.get(key);
    if (old !== object) events.push(...changed(old, object, seen));
  }
  return events;
}

/** [I18] */
function changed(old: ObjectHandle | undefined, object: ObjectHandle, seen: Seen): StoreEvent[] {
  if (old === undefined) return [{ kind: 'add', new: object, initial: false, seen }];
  if (old.uid === object.uid) return [{ kind: 'update', old, new: object, seen }];
  return [
    { kind: 'delete', old, last: undefined, tombstone: true, seen },
    { kind: 'add', new: object, initial: false, seen },
  ];
}

/** False where the order is not known [I26]. */
function isOlder(a: string, b: string): boolean {
  return compareResourceVersions(a, b) === -1;
}
