import type { JsonObject } from '@kindscope/kube';
import type {
  Change,
  ClusterState,
  Column,
  Fault,
  Freshness,
  GapFrame,
  ResourceInfo,
  ResourceRef,
  RollingItem,
  RolloutLack,
  Row,
  Sort,
} from '@kindscope/protocol';
import type { HeldRollout } from './rollout-model.ts';

/** What a hook reads: a snapshot that is replaced, never changed, and told of by `subscribe`. */
export interface View<Snapshot> {
  /** The first listener opens the subscription; some seconds after the last it is closed. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => Snapshot;
}

export interface ConnectionSnapshot {
  /** Of this page to Kindscope; `cluster` is Kindscope's to the cluster. */
  readonly kind: 'connecting' | 'open' | 'closed';
  /** Since when, RFC 3339. While closed: the last moment that anything was heard. */
  readonly since: string;
  readonly cluster: ClusterState;
  /** The server wants a token that this page does not have. */
  readonly unauthorized: boolean;
  /** Why there is no connection, when it is known. */
  readonly fault: Fault | undefined;
  /** Kindscope's version, once it has said it. */
  readonly version: string | undefined;
  /** Its process, once it has said it: ids of changes are of one process. */
  readonly instance: string | undefined;
}

export interface CatalogSnapshot {
  /** By group, then kind. */
  readonly items: readonly ResourceInfo[];
  /** The first snapshot has arrived. */
  readonly ready: boolean;
  readonly freshness: Freshness;
  readonly fault: Fault | undefined;
}

export interface TableQuery {
  readonly resource: ResourceRef;
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly sort?: Sort | undefined;
}

export interface TableSnapshot {
  readonly columns: readonly Column[];
  /** Objects in scope, and how many of them match. */
  readonly total: number;
  readonly matched: number;
  /** While the informer syncs under another order than the default: rows may still come before these. */
  readonly partial: boolean;
  readonly freshness: Freshness;
  /** Set when the server will not answer this query: a bad selector, an unknown resource, a missing right. */
  readonly fault: Fault | undefined;
  readonly ready: boolean;
  /** Where the first of `keys` stands among the matching rows. */
  readonly offset: number;
  readonly keys: readonly string[];
  /** Grows with every flush that changed any row. */
  readonly version: number;
}

export interface TableWindow {
  readonly offset: number;
  readonly length: number;
  /** A row to hold on to: the window starts at it wherever it has moved to. */
  readonly anchor?: string | undefined;
}

export interface TableView extends View<TableSnapshot> {
  readonly row: (key: string) => Row | undefined;
  readonly subscribeRow: (key: string, listener: () => void) => () => void;
  /** Asks for other rows; those that are here stay until the new ones have come. */
  readonly setWindow: (window: TableWindow) => void;
}

export interface ObjectQuery {
  readonly resource: ResourceRef;
  /** Empty for a cluster-scoped object. */
  readonly namespace: string;
  readonly name: string;
}

export interface ObjectSnapshot {
  /** Undefined until it is known; null when there is none of that name (any more). */
  readonly object: JsonObject | null | undefined;
  /** What it was before the newest change that this page saw. */
  readonly previous: JsonObject | undefined;
  readonly ready: boolean;
  readonly freshness: Freshness;
  readonly fault: Fault | undefined;
}

export interface ChangesQuery {
  readonly resources: readonly ResourceRef[];
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

export interface Gap {
  readonly from: string;
  readonly to: string;
  /** Absent where nobody can know. */
  readonly count?: number;
  /** `restarted`: Kindscope or this page was away, and its log does not reach back to what is below. */
  readonly reason: GapFrame['reason'] | 'restarted';
  /** The changes above it fill it. */
  readonly filled: boolean;
}

/** `key` is unique in the feed and stays with the entry. */
export type FeedEntry =
  | { readonly type: 'change'; readonly key: string; readonly change: Change }
  | { readonly type: 'gap'; readonly key: string; readonly gap: Gap };

export interface ChangesSnapshot {
  /** Newest first, bounded; see `dropped`. */
  readonly entries: readonly FeedEntry[];
  /** Older entries fell off the end. */
  readonly dropped: boolean;
  readonly ready: boolean;
  readonly freshness: Freshness;
  readonly fault: Fault | undefined;
  readonly paused: boolean;
  /** How many entries came since the pause. */
  readonly waiting: number;
}

export interface ChangesView extends View<ChangesSnapshot> {
  /** The entries stand still; new ones are kept and counted. */
  readonly pause: () => void;
  readonly resume: () => void;
}

export interface RolloutSnapshot extends Omit<HeldRollout, 'root'> {
  /** The object's uid; null while there is none of that name, undefined until it is known. */
  readonly root: string | null | undefined;
  readonly ready: boolean;
  readonly freshness: Freshness;
  readonly fault: Fault | undefined;
  /** Grows with everything that came. */
  readonly version: number;
}

export interface RollingQuery {
  readonly namespace?: string | undefined;
}

export interface RollingSnapshot {
  /** What needs somebody first. */
  readonly items: readonly RollingItem[];
  /** The kinds that are looked at. */
  readonly kinds: readonly ResourceRef[];
  readonly lacks: readonly RolloutLack[];
  readonly ready: boolean;
  readonly freshness: Freshness;
  readonly fault: Fault | undefined;
}

/** Everything that streams, for one page. */
export interface Live {
  readonly connection: View<ConnectionSnapshot>;
  readonly catalog: View<CatalogSnapshot>;
  readonly table: (query: TableQuery) => TableView;
  readonly object: (query: ObjectQuery) => View<ObjectSnapshot>;
  readonly changes: (query: ChangesQuery) => ChangesView;
  readonly rollout: (query: ObjectQuery) => View<RolloutSnapshot>;
  readonly rolling: (query: RollingQuery) => View<RollingSnapshot>;
  /** How many objects of the cluster roll, while somebody looks at them all: to ask for it alone costs nothing. */
  readonly rollingCount: View<number | undefined>;
  /** The server's clock, milliseconds: ages are counted by it. */
  readonly now: () => number;
  /** A request was answered with 401: nothing is tried again before {@link Live.retry}. */
  readonly reportUnauthorized: () => void;
  /** Connect now: a session was made, or somebody does not want to wait. */
  readonly retry: () => void;
  readonly close: () => void;
}
