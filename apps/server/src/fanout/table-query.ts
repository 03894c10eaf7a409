import type { ObjectHandle } from '@kindscope/informer';
import type { Freshness, ResourceRef } from '@kindscope/protocol';
import type { ObjectSource } from '../catalog/object-source.ts';
import type { Activity } from '../timeline/activity.ts';
import type { Order, Placed } from './order.ts';
import type { RowBuilder } from './rows.ts';
import type { Selection } from './selection.ts';
import { createSortedList } from './sorted-list.ts';

/** A matching object at its place; a change makes a new one. */
export interface Entry extends Placed {
  readonly key: string;
  readonly changed: number | undefined;
}

interface TableQueryListener {
  changed(): void;
  /** The columns are others: nothing that was shown holds. */
  restarted(): void;
}

/** The objects that match, in order: one for all windows of the same question. */
export interface TableQuery {
  readonly rows: RowBuilder;
  readonly order: Order;
  readonly freshness: Freshness;
  /** Objects in scope. */
  readonly total: number;
  /** Those that match. */
  readonly matched: number;
  slice(start: number, length: number): readonly Entry[];
  /** Where the object with this key stands; -1 when it is not among them. */
  indexOf(key: string): number;
  listen(listener: TableQueryListener): () => void;
  close(): void;
}

export interface TableQueryDeps {
  readonly resource: ResourceRef;
  readonly source: ObjectSource;
  readonly selection: Selection;
  readonly activity: Pick<Activity, 'changedAt'>;
  readonly builderOf: (columns: ObjectSource['columns']) => RowBuilder;
  /** The order under these columns; a column that is gone leaves the default. */
  readonly orderOf: (columns: ObjectSource['columns']) => Order;
}

/**
 * Keeps the order true: on an event it reads the object anew from the source, so that it is never
 * older than what others see, however events are queued.
 */
export function createTableQuery(deps: TableQueryDeps): TableQuery {
  const { resource, source, selection, activity } = deps;
  const listeners = new Set<TableQueryListener>();
  const matching = new Map<string, Entry>();
  let rows = deps.builderOf(source.columns);
  let order = deps.orderOf(source.columns);
  /** By the order of now: it changes with the columns. */
  const sorted = createSortedList<Entry>((a, b) => order.compare(a, b));
  let resetting = false;

  function entryOf(handle: ObjectHandle): Entry {
    const changed = activity.changedAt(resource, handle.key);
    const cell = (index: number) => rows.cell(handle, index);
    return { key: handle.key, handle, changed, rank: order.rank({ handle, changed, cell }) };
  }

  /** Entries that still hold are kept, so that windows know what they have shown already. */
  function rebuild(known: ReadonlyMap<string, Entry>): void {
    matching.clear();
    for (const handle of source.values()) {
      if (!selection.matches(handle)) continue;
      const entry = known.get(handle.key);
      const changed = activity.changedAt(resource, handle.key);
      const holds = entry?.handle === handle && entry.changed === changed;
      matching.set(handle.key, holds ? entry : entryOf(handle));
    }
    sorted.load(order.sort(matching.values()));
  }

  function remove(entry: Entry): void {
    matching.delete(entry.key);
    sorted.remove(entry);
  }

  function put(entry: Entry, old: Entry | undefined): void {
    matching.set(entry.key, entry);
    if (old !== undefined && order.compare(old, entry) === 0) {
      sorted.replace(entry);
      return;
    }
    if (old !== undefined) sorted.remove(old);
    sorted.insert(entry);
  }

  function touch(key: string): void {
    const old = matching.get(key);
    const handle = source.get(key);
    if (handle !== undefined && selection.matches(handle)) {
      const changed = activity.changedAt(resource, key);
      if (old?.handle === handle && old.changed === changed) return;
      put(entryOf(handle), old);
    } else if (old !== undefined) {
      remove(old);
    }
  }

  function tell(event: keyof TableQueryListener): void {
    for (const listener of listeners) listener[event]();
  }

  const off = source.subscribe({
    onEvent(event) {
      if (event.kind === 'relisted') return;
      if (event.kind === 'reset') {
        resetting = true;
        return;
      }
      if (event.kind === 'synced') {
        if (resetting) rebuild(new Map(matching));
        resetting = false;
      } else if (!resetting) {
        touch(event.kind === 'delete' ? event.old.key : event.new.key);
      }
      tell('changed');
    },
    onFreshness: () => tell('changed'),
    onColumns(columns) {
      rows = deps.builderOf(columns);
      order = deps.orderOf(columns);
      rebuild(new Map());
      tell('restarted');
    },
  });
  rebuild(new Map());

  return {
    get rows() {
      return rows;
    },
    get order() {
      return order;
    },
    get freshness() {
      return source.freshness;
    },
    get total() {
      return source.size;
    },
    get matched() {
      return sorted.size;
    },
    slice: (start, length) => sorted.slice(start, length),
    indexOf(key) {
      const entry = matching.get(key);
      return entry === undefined ? -1 : sorted.indexOf(entry);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      off();
      listeners.clear();
      matching.clear();
      sorted.load([]);
    },
  };
}
