import type { JsonObject } from '@kindscope/kube';
import type { Resource } from './kinds.ts';

/** One thing that a workload controller wants done. */
export type Deed = Creation | Update | Removal | Binding | Announcement;

export interface Creation {
  readonly kind: 'create';
  readonly resource: Resource;
  /** Whole, with its name. */
  readonly object: JsonObject;
}

/** Replaces the object, or its status, as it was seen: not if somebody else was faster. */
export interface Update {
  readonly kind: 'update';
  readonly resource: Resource;
  readonly object: JsonObject;
  readonly subresource?: 'status';
}

export interface Removal {
  readonly kind: 'remove';
  readonly resource: Resource;
  readonly object: JsonObject;
  /** Undefined: what the object itself asks for. */
  readonly graceSeconds?: number;
}

/** Gives a pod to a node. */
export interface Binding {
  readonly kind: 'bind';
  readonly pod: JsonObject;
  readonly node: string;
}

/** An Event about an object. */
export interface Announcement {
  readonly kind: 'announce';
  readonly about: JsonObject;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** The part of the object that it is about: `spec.containers{web}`. */
  readonly fieldPath?: string;
  /** Where it happened: the kubelet's node. */
  readonly host?: string;
  /** What was done: said by those who write events of the newer form (events.k8s.io/v1). */
  readonly action?: string;
}
