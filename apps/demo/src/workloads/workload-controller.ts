import type { ObjectHandle } from '@kindscope/informer';
import type { JsonObject } from '@kindscope/kube';
import type { ClusterView } from './cluster-view.ts';
import type { Deed } from './deed.ts';
import type { Resource } from './kinds.ts';

/** What a controller sees when it looks at one object of its kind. */
export interface WorkloadLook<Memory = undefined> {
  readonly object: JsonObject;
  /** Everything else, as the informers have it; its own last writes are in it. */
  readonly view: ClusterView;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Uniform in [0, 1); new for each look, and the same for the same seed, object and turn. */
  readonly random: () => number;
  /** What it wanted to remember of this object at its last look. */
  readonly memory: Memory | undefined;
  /**
   * The cluster is still being set up: nothing takes its time, and nothing is announced, as if all of it
   * had happened long ago.
   */
  readonly beginning: boolean;
}

export interface WorkloadDecision<Memory = undefined> {
  /** Done in this order; what follows a refused one is left for the next look. */
  readonly deeds: readonly Deed[];
  /** Look again after so many milliseconds, if nothing has happened before. */
  readonly againMs?: number | undefined;
  /** Undefined: it remembers what it did before. */
  readonly memory?: Memory;
}

export interface Trigger {
  readonly resource: Resource;
  /** Which of the controller's own objects to look at, by their keys, when this one has changed or gone. */
  keys(changed: Changed, view: ClusterView): Iterable<string>;
}

export interface Changed {
  readonly object: ObjectHandle;
  readonly gone: boolean;
}

/** A controller of built-in kinds: who it is, what wakes it up, and one pure decision. */
export interface WorkloadController<Memory = undefined> {
  /** As in the source of its events: `deployment-controller`. */
  readonly component: string;
  /** Its field manager, and who asks: `kube-controller-manager`. */
  readonly manager: string;
  /** What it looks at: every object at first, and each that changes. */
  readonly resource: Resource;
  readonly triggers: readonly Trigger[];
  decide(look: WorkloadLook<Memory>): WorkloadDecision<Memory>;
}

/** Wakes up the owner of what has changed. */
export function ownerTrigger(resource: Resource, ownerKind: string): Trigger {
  return {
    resource,
    *keys({ object }) {
      for (const owner of object.ownerReferences) {
        if (owner.controller && owner.kind === ownerKind) yield `${object.namespace}/${owner.name}`;
      }
    },
  };
}
