import type { GroupVersionResource, JsonObject } from '@kindscope/kube';
import type { Deed } from './deed.ts';

/** What people and pipelines do again and again to objects of one kind. */
export interface Habit {
  readonly name: string;
  readonly gvr: GroupVersionResource;
  /** Only these objects. */
  readonly labelSelector?: string;
  /** How often, milliseconds of a calm cluster, about. */
  readonly everyMs: number;
  /** Pure; one of `objects`, of which there is at least one and which come in the order of their keys. */
  decide(objects: readonly JsonObject[], random: () => number): Deed | undefined;
}
