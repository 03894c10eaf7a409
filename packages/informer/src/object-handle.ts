import type { JsonObject } from '@kindscope/kube';

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: boolean;
}

/**
 * One object as it travels from decode to socket: its metadata, and `parse()` for the rest.
 * How the rest is kept is this package's secret. Handles are immutable; a change brings a new one.
 */
export interface ObjectHandle {
  /** `namespace/name`, `/name` when cluster-scoped. */
  readonly key: string;
  /** Empty when cluster-scoped. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Absent on kinds that have none. */
  readonly generation: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly ownerReferences: readonly OwnerReference[];
  /** RFC 3339, as the server wrote it. */
  readonly creationTimestamp: string;
  readonly deletionTimestamp: string | undefined;
  /** The whole object, numbers lossless. Do not keep or change what it returns. */
  parse(): JsonObject;
}
