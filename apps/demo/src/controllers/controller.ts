import type { GroupVersionResource, JsonObject, JsonValue } from '@kindscope/kube';
import type { DemoObject } from '../objects/index.ts';

/** What a controller sees when it looks at one object. */
export interface Look {
  readonly object: JsonObject;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The time it asked for has come; false when a change brought it here before. */
  readonly due: boolean;
  /** The object was there before the controller was, and this is its first look at it. */
  readonly initial: boolean;
  /** Uniform in [0, 1); the same for the same object and turn. */
  readonly random: () => number;
}

export type Fields = { readonly [field: string]: JsonValue };

/** A change of another object, in the namespace of the one looked at. */
export interface Companion {
  readonly gvr: GroupVersionResource;
  readonly name: string;
  readonly patch: JsonObject;
  readonly subresource?: 'status';
}

/** What it wants done, in this order, and when it wants to look again. */
export interface Decision {
  /** Merged into the spec. */
  readonly spec?: Fields;
  /** Merged into the status. */
  readonly status?: Fields;
  readonly create?: DemoObject;
  readonly update?: Companion;
  readonly remove?: boolean;
  /** Look again after so many milliseconds of a calm cluster: a hurried one halves them. */
  readonly againMs?: number;
  /** Look again after so many milliseconds, however hurried the cluster is: a story takes its time. */
  readonly nextMs?: number;
}

/** A controller is who it is, what it looks at, and one pure decision. */
export interface Controller {
  /** Its field manager. */
  readonly manager: string;
  readonly gvr: GroupVersionResource;
  /** Only these objects. */
  readonly labelSelector?: string;
  decide(look: Look): Decision;
}
