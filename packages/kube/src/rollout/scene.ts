import type { JsonObject } from '../json.ts';

/** Whether an object belongs to what is rolled out, or to what was there before. */
export type Turn = 'new' | 'old';

/** An object of a rollout as the rules see it. */
export interface SceneNode {
  readonly uid: string;
  /** The uid of the node that owns it; undefined for the root. */
  readonly parent: string | undefined;
  /** As kubectl names the resource: `pods`, `rollouts.argoproj.io`. */
  readonly kubectlName: string;
  /** Metadata alone where `metadataOnly`. */
  readonly object: JsonObject;
  readonly metadataOnly: boolean;
  readonly turn: Turn | undefined;
  /** Since when its counts (replicas, ready, updated, …) are what they are, milliseconds; as early as is known. */
  readonly countsSince: number;
}

/** A Kubernetes Event of either API, `v1` or `events.k8s.io/v1`. */
export interface KubernetesEvent {
  readonly uid: string;
  /** The uid of the object it is about. */
  readonly about: string;
  /** `Normal`, `Warning` */
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** How often it was seen. */
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
  /** Who says it: `kubelet, node-3`. */
  readonly reporter: string;
}

/** A rollout at one moment: an object, what it owns, and what was said of both. */
export interface RolloutScene {
  readonly root: SceneNode;
  /** The root among them; only what is there now. */
  readonly nodes: readonly SceneNode[];
  readonly events: readonly KubernetesEvent[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}
