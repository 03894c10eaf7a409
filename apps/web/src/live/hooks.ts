import type { Row } from '@kindscope/protocol';
import { useCallback, useSyncExternalStore } from 'react';
import { useLive } from './context.ts';
import type {
  CatalogSnapshot,
  ChangesQuery,
  ChangesSnapshot,
  ChangesView,
  ConnectionSnapshot,
  ObjectQuery,
  ObjectSnapshot,
  RollingQuery,
  RollingSnapshot,
  RolloutSnapshot,
  TableQuery,
  TableSnapshot,
  TableView,
  View,
} from './types.ts';

function useView<Snapshot>(view: View<Snapshot>): Snapshot {
  return useSyncExternalStore(view.subscribe, view.snapshot);
}

/** The connection to Kindscope, and Kindscope's to the cluster. */
export function useConnection(): ConnectionSnapshot {
  return useView(useLive().connection);
}

/** Every resource of the cluster, as it comes and goes. */
export function useCatalog(): CatalogSnapshot {
  return useView(useLive().catalog);
}

export type Table = TableSnapshot & Pick<TableView, 'setWindow' | 'row' | 'subscribeRow'>;

/** A window of the objects that match. Rows are read with {@link useRow}, so that a changed cell renders its row alone. */
export function useTable(query: TableQuery): Table {
  const view = useLive().table(query);
  const snapshot = useView(view);
  return {
    ...snapshot,
    setWindow: view.setWindow,
    row: view.row,
    subscribeRow: view.subscribeRow,
  };
}

/** One row of a table; undefined while it is not in the window. */
export function useRow(
  table: Pick<TableView, 'row' | 'subscribeRow'>,
  key: string,
): Row | undefined {
  const { row, subscribeRow } = table;
  const subscribe = useCallback(
    (listener: () => void) => subscribeRow(key, listener),
    [subscribeRow, key],
  );
  return useSyncExternalStore(subscribe, () => row(key));
}

/** One object, whole; Secret values are redacted. */
export function useObject(query: ObjectQuery): ObjectSnapshot {
  return useView(useLive().object(query));
}

export type Changes = ChangesSnapshot & Pick<ChangesView, 'pause' | 'resume'>;

/** The feed of changes, newest first. */
export function useChanges(query: ChangesQuery): Changes {
  const view = useLive().changes(query);
  const snapshot = useView(view);
  return { ...snapshot, pause: view.pause, resume: view.resume };
}

/** One object and everything it owns, as it rolls out. */
export function useRollout(query: ObjectQuery): RolloutSnapshot {
  return useView(useLive().rollout(query));
}

/** What is rolling now. The server watches for it as long as somebody looks. */
export function useRolling(query: RollingQuery): RollingSnapshot {
  return useView(useLive().rolling(query));
}

/** How many objects of the cluster roll, while something else looks at them all; undefined otherwise. */
export function useRollingCount(): number | undefined {
  return useView(useLive().rollingCount);
}
