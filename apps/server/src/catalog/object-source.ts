import type { ObjectHandle, StoreEvent } from '@kindscope/informer';
import type { TableColumn } from '@kindscope/kube';
import type { Freshness } from '@kindscope/protocol';
import type { ResourceBase } from './resource-base.ts';

/**
 * One resource in one scope, merged over the informers that feed it (one for the cluster, or one per
 * namespace where rights are narrow). What is read here is never older than the events told.
 */
export interface ObjectSource {
  /** Its `version` is the one that is watched, which need not be the preferred one. */
  readonly resource: ResourceBase;
  /** A new array when the CRD's columns change; `onColumns` tells. */
  readonly columns: readonly TableColumn[];
  readonly freshness: Freshness;
  /** In no order. */
  values(): Iterable<ObjectHandle>;
  /** By `namespace/name`, `/name` when cluster-scoped. */
  get(key: string): ObjectHandle | undefined;
  readonly size: number;
  /**
   * Events of this scope from now on; returns the cancellation. What is there already is not
   * replayed: read `values()` in the same turn. Before the first sync `add` events with
   * `initial: true` come as the list arrives, and deletes where it fails in the middle, then `synced`
   * once. After `reset` hold nothing: initial adds and `synced` follow. A listener that throws harms
   * nobody else.
   */
  subscribe(listener: SourceListener): () => void;
}

export interface SourceListener {
  onEvent(event: StoreEvent): void;
  onFreshness(freshness: Freshness): void;
  onColumns?(columns: readonly TableColumn[]): void;
}

/** Keeps a source's informers running until it is released (once; more often does nothing). */
export interface Lease {
  readonly source: ObjectSource;
  release(): void;
}
