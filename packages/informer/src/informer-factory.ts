import type { GroupVersionResource, JsonObject } from '@kindscope/kube';
import type { Informer, InformerDeps, InformerTarget } from './informer.ts';

export interface InformerLease {
  readonly informer: Informer;
  /** May be called more than once; only the first counts. */
  release(): void;
}

export interface InformerEntry {
  readonly informer: Informer;
  readonly references: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Shares one informer among all who ask for the same target [I24]. */
export interface InformerFactory {
  acquire(target: InformerTarget): InformerLease;
  informers(): Iterable<InformerEntry>;
  /** Stops every informer, resolves when nothing is left. `acquire` throws afterwards. */
  stop(): Promise<void>;
}

export interface InformerFactoryDeps extends Omit<InformerDeps, 'transform'> {
  /** How long an informer lives on after its last lease, in milliseconds. */
  readonly lingerMs: number;
  /** As an informer's own, told what resource the object is of. */
  readonly transform?: (object: JsonObject, gvr: GroupVersionResource) => JsonObject;
}

export function createInformerFactory(deps: InformerFactoryDeps): InformerFactory {
  throw new Error(`not built yet: ${deps.lingerMs}`);
}
