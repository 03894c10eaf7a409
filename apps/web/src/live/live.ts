import { createCatalogView } from './catalog-view.ts';
import { createChangesView } from './changes-view.ts';
import type { LiveClock } from './clock.ts';
import { createConnection, type ConnectionDeps } from './connection.ts';
import { createFlusher } from './flusher.ts';
import { isStreamFrame } from './message.ts';
import { createObjectView } from './object-view.ts';
import { createRollingView } from './rolling-view.ts';
import { createRolloutView } from './rollout-view.ts';
import type { ViewDeps } from './shared-view.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createTableView } from './table-view.ts';
import type {
  ChangesView,
  Live,
  ObjectSnapshot,
  RollingSnapshot,
  RolloutSnapshot,
  TableView,
  View,
} from './types.ts';

export interface LiveDeps extends Pick<ConnectionDeps, 'openSocket' | 'probe' | 'random'> {
  readonly clock: LiveClock;
  /** As `requestAnimationFrame`; the answer cancels it. */
  readonly onFrame: (run: () => void) => () => void;
}

/** The live store: one connection, and the views that share it. {@link Live.wake} ends a wait. */
export function createLive(deps: LiveDeps): Live & { readonly wake: () => void } {
  const flusher = createFlusher(deps);
  const listeners = new Set<() => void>();
  const subscriptions = createSubscriptions((message) => connection.send(message));
  const connection = createConnection({
    ...deps,
    // How the connection stands is said at once, not with the next frame.
    onChange: () => {
      for (const listener of listeners) listener();
    },
    onOpen: subscriptions.onOpen,
    onLost: subscriptions.onLost,
    onMessage: (message) => {
      if (isStreamFrame(message)) subscriptions.onFrame(message);
      else if (message.type === 'attached') subscriptions.onAttached(message);
      else if (message.type === 'error' && message.id !== undefined) {
        subscriptions.onError(message.id, message.fault);
      }
    },
  });
  const viewDeps: ViewDeps = {
    clock: deps.clock,
    flusher,
    subscriptions,
    now: connection.now,
    instance: connection.instance,
  };
  const catalog = createCatalogView(viewDeps, subscriptions.retryFailed);
  const tables = shared<TableView>();
  const objects = shared<View<ObjectSnapshot>>();
  const feeds = shared<ChangesView>();
  const rollouts = shared<View<RolloutSnapshot>>();
  const rollings = shared<View<RollingSnapshot>>();
  const rollingCount = createValue<number | undefined>(undefined);

  return {
    connection: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      snapshot: connection.snapshot,
    },
    catalog,
    table: (query) => tables(query, (onIdle) => createTableView(viewDeps, query, onIdle)),
    object: (query) => objects(query, (onIdle) => createObjectView(viewDeps, query, onIdle)),
    changes: (query) => feeds(query, (onIdle) => createChangesView(viewDeps, query, onIdle)),
    rollout: (query) => rollouts(query, (onIdle) => createRolloutView(viewDeps, query, onIdle)),
    rolling: (query) =>
      rollings(query, (onIdle) => {
        const onCount = query.namespace === undefined ? rollingCount.set : () => {};
        return createRollingView(viewDeps, query, { onCount, onIdle });
      }),
    rollingCount: rollingCount.view,
    now: connection.now,
    reportUnauthorized: connection.reportUnauthorized,
    retry: connection.retry,
    wake: connection.wake,
    close: connection.close,
  };
}

/** A value that is set from elsewhere. */
function createValue<V>(first: V): { readonly view: View<V>; readonly set: (value: V) => void } {
  const listeners = new Set<() => void>();
  let current = first;
  return {
    view: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      snapshot: () => current,
    },
    set: (value) => {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
  };
}

/** One view per query, as long as somebody looks at it. */
function shared<V>() {
  const views = new Map<string, V>();
  return (query: object, create: (onIdle: () => void) => V): V => {
    const key = keyOf(query);
    const known = views.get(key);
    if (known !== undefined) return known;
    const view = create(() => {
      if (views.get(key) === view) views.delete(key);
    });
    views.set(key, view);
    return view;
  };
}

/** The same for queries that ask the same, in whatever order their members are written. */
function keyOf(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
