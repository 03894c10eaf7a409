import type {
  Clock,
  Informer,
  InformerFactory,
  InformerState,
  InformerTarget,
  StoreEvent,
} from '@kindscope/informer';
import { gvrKey, type GroupVersionResource } from '@kindscope/kube';

/** One running informer, its events told to all who listen in the order they subscribed. */
export interface Watch {
  readonly informer: Informer;
  readonly startedAt: number;
  readonly quiet: boolean;
  /** The first replace has been told, and no reset since. */
  readonly synced: boolean;
  /** Leases held now. */
  readonly viewers: number;
  /** Nothing is replayed: read the informer's store in the same turn. */
  subscribe(listener: WatchListener): () => void;
}

interface WatchListener {
  onEvent(event: StoreEvent): void;
  onState(state: InformerState): void;
}

/** How it is watched, where not for all to hear. */
export interface WatchManner extends Pick<InformerTarget, 'form'> {
  /** Its events are nobody's but its leases'. */
  readonly quiet: true;
}

export interface WatchLease {
  readonly watch: Watch;
  release(): void;
}

/** Informers shared by all who ask for the same resource and namespace; each lives on for a linger. */
export interface WatchPool {
  acquire(
    gvr: GroupVersionResource,
    namespace: string | undefined,
    manner?: WatchManner,
  ): WatchLease;
  /** Whether whole objects of it are watched there now, for all to hear, and may be. */
  runs(gvr: GroupVersionResource, namespace: string | undefined): boolean;
  watches(): Iterable<Watch>;
  stop(): void;
}

interface Entry {
  readonly watch: Watch;
  leases: number;
  cancelLinger: () => void;
  end(): void;
}

export interface WatchPoolDeps {
  readonly factory: Pick<InformerFactory, 'acquire'>;
  readonly clock: Clock;
  readonly lingerMs: number;
  /** Told of each watch's events before its listeners are. */
  readonly onEvent: (watch: Watch, event: StoreEvent) => void;
  /** The watch has ended: no event of it follows. */
  readonly onEnd: (watch: Watch) => void;
  /** A watch started, ended, or changed its state or its viewers. */
  readonly onChange: (watch: Watch) => void;
  /** A listener threw: the others are told nevertheless. */
  readonly onError: (error: unknown) => void;
}

/**
 * The linger is ours and not the factory's, so that what happens during it is still told to
 * `onEvent`: the timeline would else miss it without knowing.
 */
export function createWatchPool(deps: WatchPoolDeps): WatchPool {
  const entries = new Map<string, Entry>();

  function release(key: string, entry: Entry): void {
    entry.leases -= 1;
    if (entry.leases === 0) {
      entry.cancelLinger = deps.clock.after(deps.lingerMs, () => {
        entries.delete(key);
        entry.end();
        deps.onEnd(entry.watch);
        deps.onChange(entry.watch);
      });
    }
    deps.onChange(entry.watch);
  }

  return {
    acquire(gvr, namespace, manner) {
      const key = keyOf(gvr, namespace, manner);
      let entry = entries.get(key);
      if (entry === undefined) {
        entry = beginWatch(deps, { gvr, namespace, form: manner?.form }, manner?.quiet ?? false);
        entries.set(key, entry);
      }
      const held = entry;
      held.cancelLinger();
      held.leases += 1;
      deps.onChange(held.watch);
      let released = false;
      return {
        watch: held.watch,
        release() {
          if (released) return;
          released = true;
          release(key, held);
        },
      };
    },
    runs(gvr, namespace) {
      const kind = entries.get(keyOf(gvr, namespace))?.watch.informer.state.kind;
      return kind !== undefined && kind !== 'forbidden' && kind !== 'gone';
    },
    watches: () => entries.values().map((entry) => entry.watch),
    stop() {
      for (const entry of entries.values()) {
        entry.cancelLinger();
        entry.end();
      }
      entries.clear();
    },
  };
}

function keyOf(
  gvr: GroupVersionResource,
  namespace: string | undefined,
  manner?: WatchManner,
): string {
  return JSON.stringify([gvrKey(gvr), namespace, manner?.quiet, manner?.form]);
}

function beginWatch(deps: WatchPoolDeps, target: InformerTarget, quiet: boolean): Entry {
  const lease = deps.factory.acquire(target);
  const { informer } = lease;
  const listeners = new Set<WatchListener>();
  let synced = false;

  function guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      deps.onError(error);
    }
  }

  const watch: Watch = {
    informer,
    startedAt: deps.clock.now(),
    quiet,
    get synced() {
      return synced;
    },
    get viewers() {
      return entry.leases;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const entry: Entry = { watch, leases: 0, cancelLinger() {}, end };
  const handler = informer.addHandler((event) => {
    if (event.kind === 'synced') synced = true;
    if (event.kind === 'reset') synced = false;
    guarded(() => deps.onEvent(watch, event));
    for (const listener of listeners) guarded(() => listener.onEvent(event));
  });
  const offState = informer.onState((state) => {
    for (const listener of listeners) guarded(() => listener.onState(state));
    guarded(() => deps.onChange(watch));
  });

  function end(): void {
    offState();
    handler.remove();
    lease.release();
  }
  return entry;
}
