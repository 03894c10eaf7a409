import type { GroupVersionResource, JsonObject } from '@kindscope/kube';
import type { Clock } from './clock.ts';
import type { StoreEvent } from './event.ts';
import type { InformerFault, InformerState } from './informer-state.ts';
import type { Log, Random } from './log.ts';
import type { ObjectHandle } from './object-handle.ts';
import type { RecoveryProbe } from './recovery-probe.ts';
import type { Transport } from './transport.ts';

/** What one upstream watch is about. */
export interface InformerTarget {
  readonly gvr: GroupVersionResource;
  /** One namespace; absent means all, or a cluster-scoped resource. */
  readonly namespace?: string | undefined;
  /** Upstream selectors, as Kubernetes writes them: sent on LIST and WATCH [I24]. */
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

/** What runs on every object before it is stored; must be idempotent and must not change its argument [I23]. */
export type Transform = (object: JsonObject) => JsonObject;

/** Counted since the informer was made. Times are milliseconds since the epoch. */
export interface InformerStats {
  readonly lists: number;
  readonly watches: number;
  readonly events: number;
  readonly bookmarks: number;
  /** Lists after the first. */
  readonly relists: number;
  readonly failures: number;
  /** Events of the wrong kind or without metadata [I15]. */
  readonly skipped: number;
  /** Handlers that threw or rejected [I22]. */
  readonly handlerErrors: number;
  readonly resourceVersion: string | undefined;
  readonly lastEventAt: number | undefined;
  readonly lastBookmarkAt: number | undefined;
  readonly lastFault: (InformerFault & { readonly at: number }) | undefined;
}

/** The cache as readers see it: as true as the informer's state says. */
export interface ReadableStore {
  get(key: string): ObjectHandle | undefined;
  values(): Iterable<ObjectHandle>;
  readonly size: number;
}

export type Handler = (event: StoreEvent) => void | Promise<void>;

export interface HandlerRegistration {
  /** The first replace has been delivered to this handler [I21]. */
  readonly hasSynced: boolean;
  remove(): void;
}

export interface Informer extends InformerTarget {
  readonly state: InformerState;
  onState(listener: (state: InformerState) => void): () => void;
  readonly store: ReadableStore;
  /** A late handler gets the store as initial adds (and `synced`) before this returns. */
  addHandler(handler: Handler): HandlerRegistration;
  readonly stats: InformerStats;
  /** Runs until the signal aborts; resolves when no request, timer or promise is left. Call it once. */
  start(signal: AbortSignal): Promise<void>;
  /** Ends a wait for the next attempt, as when discovery says that the resource is served again. */
  wake(): void;
}

export interface InformerDeps {
  readonly transport: Transport;
  readonly probe: RecoveryProbe;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly transform?: Transform | undefined;
}

export function createInformer(deps: InformerDeps & InformerTarget): Informer {
  throw new Error(`not built yet: ${deps.gvr.resource}`);
}
