import { gvrKey } from '@kindscope/kube';
import type { Change, ConditionChange, MarkObject, Marks } from '@kindscope/protocol';
import { classBits, classBit, heartbeatBit } from './mark-classes.ts';
import { createRowList, type RowList } from './row-list.ts';

export type MarkCondition = Omit<ConditionChange, 'message'>;

/** One change, as much of it as is drawn. */
export interface Mark {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** How long before `time` it may have happened, milliseconds. */
  readonly within: number;
  /** Places in the store's `objects` and `managers`; the latter -1 where none is known. */
  readonly object: number;
  readonly manager: number;
  /** Its classes as bits: see {@link classBit}. */
  readonly of: number;
  readonly conditions?: readonly MarkCondition[];
}

/**
 * Marks column by column. A row keeps its number for as long as the store lives; rows are in the
 * order they came in, and each object's rows in order of time.
 */
export interface MarkStore {
  readonly size: number;
  readonly id: Float64Array;
  readonly time: Float64Array;
  readonly within: Float64Array;
  readonly object: Int32Array;
  readonly manager: Int32Array;
  readonly of: Uint16Array;
  readonly objects: readonly MarkObject[];
  readonly managers: readonly string[];
  readonly conditions: (row: number) => readonly MarkCondition[];
  readonly rowsOf: (object: number) => RowList | undefined;
  /** The row of a change; -1 where it is not here. */
  readonly rowOfId: (id: number) => number;
  /** The row it got; -1 where the change is here already. */
  readonly add: (mark: Mark) => number;
  readonly objectOf: (object: MarkObject) => number;
  readonly managerOf: (name: string | undefined) => number;
}

const none: readonly MarkCondition[] = [];

export function createMarkStore(): MarkStore {
  let room = 1024;
  let size = 0;
  let id = new Float64Array(room);
  let time = new Float64Array(room);
  let within = new Float64Array(room);
  let object = new Int32Array(room);
  let manager = new Int32Array(room);
  let of = new Uint16Array(room);
  const objects: MarkObject[] = [];
  const managers: string[] = [];
  const objectPlaces = new Map<string, number>();
  const managerPlaces = new Map<string, number>();
  const byObject: RowList[] = [];
  const conditions = new Map<number, readonly MarkCondition[]>();

  const grow = (): void => {
    room *= 2;
    id = larger(id, new Float64Array(room));
    time = larger(time, new Float64Array(room));
    within = larger(within, new Float64Array(room));
    object = larger(object, new Int32Array(room));
    manager = larger(manager, new Int32Array(room));
    of = larger(of, new Uint16Array(room));
  };

  const store: MarkStore = {
    get size() {
      return size;
    },
    get id() {
      return id;
    },
    get time() {
      return time;
    },
    get within() {
      return within;
    },
    get object() {
      return object;
    },
    get manager() {
      return manager;
    },
    get of() {
      return of;
    },
    objects,
    managers,
    conditions: (row) => conditions.get(row) ?? none,
    rowsOf: (place) => byObject[place],
    rowOfId: (wanted) => id.subarray(0, size).lastIndexOf(wanted),
    add: (mark) => {
      const rows = byObject[mark.object];
      if (rows === undefined || rows.has(mark.time, mark.id)) return -1;
      if (size === room) grow();
      const row = size;
      id[row] = mark.id;
      time[row] = mark.time;
      within[row] = mark.within;
      object[row] = mark.object;
      manager[row] = mark.manager;
      of[row] = mark.of;
      size += 1;
      if (mark.conditions !== undefined && mark.conditions.length > 0) {
        conditions.set(row, mark.conditions);
      }
      rows.insert(row);
      return row;
    },
    objectOf: (one) => {
      const key = `${gvrKey(one.resource)} ${one.namespace}/${one.name} ${one.uid}`;
      const known = objectPlaces.get(key);
      if (known !== undefined) return known;
      objectPlaces.set(key, objects.length);
      byObject.push(createRowList(store));
      return objects.push(one) - 1;
    },
    managerOf: (name) => {
      if (name === undefined) return -1;
      const known = managerPlaces.get(name);
      if (known !== undefined) return known;
      managerPlaces.set(name, managers.length);
      return managers.push(name) - 1;
    },
  };
  return store;
}

/** Adds a page of history; gives the rows that are new. */
export function addMarks(store: MarkStore, page: Marks): number[] {
  const objects = page.objects.map(store.objectOf);
  const managers = page.managers.map(store.managerOf);
  const bits = page.classes.map(classBit);
  const flips = new Map<number, MarkCondition[]>();
  for (const { mark, ...condition } of page.conditions) {
    const known = flips.get(mark);
    if (known === undefined) flips.set(mark, [condition]);
    else known.push(condition);
  }
  const added: number[] = [];
  for (const [index, id] of page.id.entries()) {
    const conditions = flips.get(index);
    const row = store.add({
      id,
      time: page.time[index] ?? 0,
      within: page.within[index] ?? 0,
      object: objects[page.object[index] ?? -1] ?? -1,
      manager: managers[page.manager[index] ?? -1] ?? -1,
      of: ownBits(page.of[index] ?? 0, bits),
      ...(conditions !== undefined && { conditions }),
    });
    if (row >= 0) added.push(row);
  }
  return added;
}

/** Adds a change of the live feed; -1 where it is here already. */
export function addChange(store: MarkStore, change: Change): number {
  const { resource, kind, namespace, name, uid } = change;
  const time = Date.parse(change.time);
  const since = change.notBefore === undefined ? time : Date.parse(change.notBefore);
  return store.add({
    id: change.id,
    time,
    within: Math.max(0, time - since),
    object: store.objectOf({ resource, kind, namespace, name, uid }),
    manager: store.managerOf(change.managers[0]?.manager),
    of: classBits(change.classes),
    ...(change.conditions !== undefined && { conditions: change.conditions }),
  });
}

/** It says no more than that its object still lives. */
export function isHeartbeat(of: number): boolean {
  return of === heartbeatBit;
}

/** As much of a change as its mark knows, so that something can be said of it at once. */
export function changeOfMark(
  store: MarkStore,
  row: number,
  classes: (bits: number) => Change['classes'],
): Change | undefined {
  const object = store.objects[store.object[row] ?? -1];
  if (row < 0 || row >= store.size || object === undefined) return undefined;
  const time = store.time[row] ?? 0;
  const within = store.within[row] ?? 0;
  return {
    ...object,
    id: store.id[row] ?? 0,
    // What it was after is not known here; a deletion that says nothing was seen would claim too much.
    to: '',
    seen: within > 0 ? 'relist' : 'watch',
    time: new Date(time).toISOString(),
    ...(within > 0 && { notBefore: new Date(time - within).toISOString() }),
    classes: classes(store.of[row] ?? 0),
    fields: [],
    conditions: store.conditions(row).map((condition) => ({ ...condition })),
    managers: [],
  };
}

function ownBits(theirs: number, bits: readonly number[]): number {
  let own = 0;
  for (let place = 0; place < bits.length; place += 1) {
    if ((theirs & (1 << place)) !== 0) own |= bits[place] ?? 0;
  }
  return own;
}

function larger<Column extends { set: (from: Column) => void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
