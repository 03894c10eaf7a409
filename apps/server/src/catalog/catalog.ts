import type { StoreEvent } from '@kindscope/informer';
import type { JsonObject } from '@kindscope/kube';
import type {
  Fault,
  Freshness,
  InformerInfo,
  ResourceDetail,
  ResourceInfo,
  ResourceRef,
} from '@kindscope/protocol';
import type { Result } from '../result.ts';
import type { Lease } from './object-source.ts';
import type { ResourceBase } from './resource-base.ts';

/** The informer is stopped: from now on nothing is watched. */
interface WatchEnd {
  readonly kind: 'ended';
  /** Since when it had not been true, milliseconds since the epoch; absent where it was. */
  readonly lostAt?: number;
}

/** Every event of every running informer, once, whoever looks: the timeline's source. */
export interface WatchedEvent {
  /** Its `version` is the one that is watched. */
  readonly resource: ResourceBase;
  /** The informer's own namespace; undefined when it watches the whole cluster. */
  readonly namespace: string | undefined;
  readonly event: StoreEvent | WatchEnd;
}

/** How a resource is to be watched. */
export interface OpenOptions {
  /** The named namespace alone, also where the whole cluster may be watched. */
  readonly limited?: boolean;
  /** What the watch sees is told to its lease only, and a resource that is watched so counts as unwatched. */
  readonly quiet?: boolean;
  /** Metadata alone is enough: `parse()` may have nothing else. Such a watch is quiet. */
  readonly form?: 'metadata';
}

/** What the cluster serves, and leases on the informers that watch it. */
export interface Catalog {
  /** By group, then resource; one item per group-resource, at the version kubectl would use. */
  resources(): readonly ResourceInfo[];
  /** The group-resource of `ref` if `ref.version` is served; the item itself is at the preferred version. */
  find(ref: ResourceRef): ResourceInfo | undefined;
  /** Resources that exist and whose names are like this one, best first, as `resource.group`. */
  nearest(ref: ResourceRef): string[];
  /**
   * Starts the informer when needed and keeps it while the lease is held. Without `namespace`: all
   * Kindscope may see. Faults: `unknown-resource`, `not-watchable`, `namespace-not-watched`.
   */
  open(ref: ResourceRef, namespace?: string, options?: OpenOptions): Result<Lease>;
  /** Schema, columns and selectable fields at `ref.version`. Faults: `unknown-resource`. */
  detail(ref: ResourceRef): Result<ResourceDetail>;
  /** The schema of a custom resource at `ref.version`; undefined where none is known. */
  schema(ref: ResourceRef): JsonObject | undefined;
  /**
   * Items that are new or differ, and ids of those that left; returns the cancellation. While anyone
   * listens, counts and rates are kept up.
   */
  onChange(
    listener: (changed: readonly ResourceInfo[], removed: readonly string[]) => void,
  ): () => void;
  /** Of the catalogue itself. */
  readonly freshness: Freshness;
  onFreshness(listener: (freshness: Freshness) => void): () => void;
  /** What the catalogue lacks, and why. */
  readonly faults: readonly Fault[];
  /** The first discovery has answered or failed. */
  readonly ready: boolean;
  /** Events of all informers from now on, in the order each informer told them. */
  onEvent(listener: (event: WatchedEvent) => void): () => void;
  informers(): readonly InformerInfo[];
}
