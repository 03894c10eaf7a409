import { createSharedView, type ViewDeps } from './shared-view.ts';
import { applyToTable, emptyTable } from './table-model.ts';
import type { TableQuery, TableView, TableWindow } from './types.ts';

/** As many rows as a tall window shows, until the page says how many it wants. */
const firstWindow: TableWindow = { offset: 0, length: 100 };

/** A window of the objects that match a query. Rows have listeners of their own. */
export function createTableView(deps: ViewDeps, query: TableQuery, onIdle: () => void): TableView {
  const rowListeners = new Map<string, Set<() => void>>();
  let window = firstWindow;
  let content = emptyTable;
  let published = emptyTable;
  let before = emptyTable;
  let version = 0;

  const view = createSharedView(deps, {
    request: () => ({
      view: 'table',
      resource: query.resource,
      ...(query.namespace === undefined ? {} : { namespace: query.namespace }),
      ...(query.labelSelector === undefined ? {} : { labelSelector: query.labelSelector }),
      ...(query.fieldSelector === undefined ? {} : { fieldSelector: query.fieldSelector }),
      ...(query.sort === undefined ? {} : { sort: query.sort }),
      window: {
        offset: window.offset,
        length: window.length,
        ...(window.anchor === undefined ? {} : { anchor: window.anchor }),
      },
    }),
    apply: (event) => {
      content = applyToTable(content, event);
    },
    publish: (state) => {
      before = published;
      published = content;
      if (before.rows !== published.rows) version += 1;
      const { rows: _, ...rest } = published;
      return { ...state, ...rest, version };
    },
    onFlushed: () => {
      for (const [key, listeners] of rowListeners) {
        if (before.rows.get(key) !== published.rows.get(key)) {
          for (const listener of listeners) listener();
        }
      }
    },
    onIdle,
  });

  return {
    subscribe: view.subscribe,
    snapshot: view.snapshot,
    row: (key) => published.rows.get(key),
    subscribeRow: (key, listener) => {
      const listeners = rowListeners.get(key) ?? new Set();
      rowListeners.set(key, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && rowListeners.get(key) === listeners) rowListeners.delete(key);
      };
    },
    setWindow: (next) => {
      const same =
        next.offset === window.offset &&
        next.length === window.length &&
        next.anchor === window.anchor;
      if (same) return;
      window = next;
      view.setWindow(next);
    },
  };
}
