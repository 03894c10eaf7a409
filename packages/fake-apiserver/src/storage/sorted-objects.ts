import type { StoredObject } from './stored-object.ts';

/** Objects in the order of their keys, as they were at one moment. */
export interface Snapshot extends Iterable<StoredObject> {
  readonly size: number;
  /** All of them or those of one namespace, from the key `start` on. */
  objects(namespace?: string, start?: string): IteratorObject<StoredObject, undefined>;
  /** How many `objects` would give; takes no longer for many than for few. */
  count(namespace?: string, start?: string): number;
  /** A copy that can be changed; costs little, whatever the size. */
  edit(): SortedObjects;
}

/** Objects in the order of their keys: etcd's. */
export interface SortedObjects {
  readonly size: number;
  get(key: string): StoredObject | undefined;
  set(object: StoredObject): void;
  delete(key: string): void;
  /** What there is now. It shares all it can with what comes later, which leaves it as it is. */
  snapshot(): Snapshot;
}

type Chunk = readonly StoredObject[];

/** Few enough to copy with each write, many enough for few chunks. */
const MAX_CHUNK = 512;

/**
 * A list of sorted chunks, none of them empty. A write copies the chunk it changes, unless that was
 * made since the last snapshot; so both a write and a snapshot are cheap however many objects there are.
 */
export function createSortedObjects(start: readonly Chunk[] = []): SortedObjects {
  let chunks: Chunk[] = [...start];
  /** Chunks that no snapshot knows of, which may be changed in place. */
  const own = new Map<Chunk, StoredObject[]>();
  let size = start.reduce((sum, chunk) => sum + chunk.length, 0);
  let latest: Snapshot | undefined;

  function writable(index: number): StoredObject[] {
    if (latest !== undefined) {
      chunks = [...chunks];
      own.clear();
      latest = undefined;
    }
    const chunk = chunks[index] ?? [];
    const owned = own.get(chunk) ?? [...chunk];
    own.set(owned, owned);
    chunks[index] = owned;
    return owned;
  }

  function split(index: number, chunk: StoredObject[]): void {
    const right = chunk.splice(MAX_CHUNK / 2);
    own.set(right, right);
    chunks.splice(index + 1, 0, right);
  }

  return {
    get size() {
      return size;
    },
    get(key) {
      const chunk = chunks[chunkIndex(chunks, key)] ?? [];
      const found = chunk[positionIn(chunk, key)];
      return found?.key === key ? found : undefined;
    },
    set(object) {
      const index = chunkIndex(chunks, object.key);
      const chunk = writable(index);
      const at = positionIn(chunk, object.key);
      const present = chunk[at]?.key === object.key;
      chunk.splice(at, present ? 1 : 0, object);
      if (!present) size += 1;
      if (chunk.length > MAX_CHUNK) split(index, chunk);
    },
    delete(key) {
      const index = chunkIndex(chunks, key);
      const at = positionIn(chunks[index] ?? [], key);
      if (chunks[index]?.[at]?.key !== key) return;
      const chunk = writable(index);
      chunk.splice(at, 1);
      size -= 1;
      if (chunk.length === 0) chunks.splice(index, 1);
    },
    snapshot() {
      latest ??= createSnapshot(chunks, size);
      return latest;
    },
  };
}

function createSnapshot(chunks: readonly Chunk[], size: number): Snapshot {
  /** How many objects are before the one whose key is `key` or the first after it. */
  function rank(key: string): number {
    const index = chunkIndex(chunks, key);
    const before = chunks.slice(0, index).reduce((sum, chunk) => sum + chunk.length, 0);
    return before + positionIn(chunks[index] ?? [], key);
  }

  function* objects(namespace?: string, start?: string): Generator<StoredObject, undefined> {
    const { from, to } = rangeOf(namespace, start);
    const first = chunkIndex(chunks, from);
    for (let index = first; index < chunks.length; index += 1) {
      const chunk = chunks[index] ?? [];
      for (let at = index === first ? positionIn(chunk, from) : 0; at < chunk.length; at += 1) {
        const object = chunk[at];
        if (object === undefined || (to !== undefined && object.key >= to)) return;
        yield object;
      }
    }
  }

  return {
    size,
    objects,
    [Symbol.iterator]: () => objects(),
    count(namespace, start) {
      const { from, to } = rangeOf(namespace, start);
      return Math.max(0, (to === undefined ? size : rank(to)) - rank(from));
    },
    edit: () => createSortedObjects(chunks),
  };
}

/** The keys of a namespace's objects are those from `namespace/` up to the next character, `0`. */
function rangeOf(
  namespace: string | undefined,
  start = '',
): { readonly from: string; readonly to: string | undefined } {
  if (namespace === undefined) return { from: start, to: undefined };
  const first = `${namespace}/`;
  return { from: start > first ? start : first, to: `${namespace}0` };
}

/** The index of the chunk that has the key or would have it; 0 when there is none at all. */
function chunkIndex(chunks: readonly Chunk[], key: string): number {
  return Math.max(0, firstIndex(chunks, (chunk) => (chunk[0]?.key ?? '') > key) - 1);
}

/** The index of the object with the key, or of the first one after it. */
function positionIn(chunk: Chunk, key: string): number {
  return firstIndex(chunk, (object) => object.key >= key);
}

/** The index of the first item that passes, where all after it pass too; the length when none does. */
function firstIndex<Item>(items: readonly Item[], passes: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item === undefined || passes(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
