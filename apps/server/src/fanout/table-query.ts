import type { ObjectHandle } from '@kindscope/informer';
import type { Freshness, ResourceRef } from '@kindscope/protocol';
import type { ObjectSource } from '../catalog/object-source.ts';
import type { Activity } from '../timeline/activity.ts';
import type { Order, Placed } from './order.ts';
import type { RowBuilder } from './rows.ts';
import type { Selection } from './selection.ts';

/** A matching object at its place; a change makes a new one. */
export interface Entry extends Placed {
  readonly key: string;
  readonly changed: number | undefined;
}

export interface TableQueryListener {
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
 * Keeps the sorted array true: on an event it reads the object anew from the source, so that it is
 * never older than what others see, however events are queued. Insertion and removal are a binary
 * search and one move of the array's end.
 */
export function createTableQuery(deps: TableQueryDeps): TableQuery {
  const { resource, source, selection, activity } = deps;
  const listeners = new Set<TableQueryListener>();
  const matching = new Map<string, Entry>();
  let rows = deps.builderOf(source.columns);
  let order = deps.orderOf(source.columns);
  let sorted: Entry[] = [];
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
      matching.set(handle.key, entry?.handle === handle ? entry : entryOf(handle));
    }
    sorted = [...matching.values()].sort((a, b) => order.compare(a, b));
  }

  /** The first position whose entry is not before this one. */
  function position(entry: Entry): number {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = sorted[middle];
      if (other !== undefined && order.compare(other, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function remove(entry: Entry): void {
    matching.delete(entry.key);
    sorted.splice(position(entry), 1);
  }

  function put(entry: Entry, old: Entry | undefined): void {
    matching.set(entry.key, entry);
    if (old !== undefined) {
      const index = position(old);
      if (order.compare(old, entry) === 0) {
        sorted[index] = entry;
        return;
      }
      sorted.splice(index, 1);
    }
    sorted.splice(position(entry), 0, entry);
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
      return sorted.length;
    },
    slice: (start, length) => sorted.slice(start, start + length),
    indexOf(key) {
      const entry = matching.get(key);
      return entry === undefined ? -1 : position(entry);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      off();
      listeners.clear();
      matching.clear();
      sorted = [];
    },
  };
}
