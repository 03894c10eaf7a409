import { createHandlers } from './handlers.ts';
import type { Handler, HandlerRegistration } from './handlers.ts';
import type { InformerDeps } from './informer-deps.ts';
import type { InformerState } from './informer-state.ts';
import type { InformerTarget } from './informer-target.ts';
import { createStore } from './store.ts';
import type { ReadableStore } from './store.ts';
import { createWatcher } from './watcher.ts';
import type { WatcherStats } from './watcher.ts';

export interface InformerStats extends WatcherStats {
  /** How often a handler threw or rejected [I22]. */
  readonly handlerErrors: number;
}

export interface Informer extends InformerTarget {
  readonly state: InformerState;
  /** Calls the listener at each change; returns its removal. */
  onState(listener: (state: InformerState) => void): () => void;
  readonly store: ReadableStore;
  /** A late handler gets the store as initial adds, then `synced` once it has, before this returns [I21]. */
  addHandler(handler: Handler): HandlerRegistration;
  readonly stats: InformerStats;
  /** Runs until the signal aborts; resolves when no request or timer is left [I27]. Call it once. */
  start(signal: AbortSignal): Promise<void>;
  /** Ends a wait for the next attempt, as when discovery says that the resource is served again. */
  wake(): void;
}

/**
 * Keeps a cache of one resource true by LIST and WATCH, and says how true it is. After client-go's
 * `tools/cache` (reflector, shared informer) and kube-rs's `runtime::watcher`.
 */
export function createInformer(deps: InformerDeps & InformerTarget): Informer {
  const { gvr, namespace, labelSelector, fieldSelector, form, log } = deps;
  const target: InformerTarget = { gvr, namespace, labelSelector, fieldSelector, form };
  const store = createStore();
  const handlers = createHandlers({ store, log });
  const listeners = new Set<(state: InformerState) => void>();
  const watcher = createWatcher({
    ...deps,
    target,
    onEvent(event, notBefore) {
      const changes = store.apply(event, notBefore);
      if (changes.length > 0) handlers.deliver(changes);
    },
    onStatus(status) {
      for (const listener of listeners) listener(status);
    },
  });

  return {
    ...target,
    get state() {
      return watcher.status;
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    store,
    addHandler: (handler) => handlers.add(handler),
    get stats() {
      return { ...watcher.stats, handlerErrors: handlers.errors };
    },
    start: (signal) => watcher.run(signal),
    wake: () => watcher.wake(),
  };
}
