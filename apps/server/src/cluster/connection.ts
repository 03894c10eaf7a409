import type { ClusterState } from '@kindscope/protocol';

/** The connection of the server to the cluster as a whole. */
export interface ClusterConnection {
  readonly state: ClusterState;
  /** Called after `state` changed; returns the cancellation. */
  onChange(listener: (state: ClusterState) => void): () => void;
}
