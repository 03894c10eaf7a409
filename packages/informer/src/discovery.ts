import type { GroupVersionResource } from '@kindscope/kube';
import type { InformerFault } from './informer-state.ts';
import type { Transport } from './transport.ts';

/** One served version of one resource; subresources are left out. */
export interface DiscoveredResource extends GroupVersionResource {
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** The version that kubectl would use: the first of the group's that serves this resource. */
  readonly preferred: boolean;
}

/** A part of discovery that failed; `groupVersion` is undefined when it was all of it. */
export interface DiscoveryFault extends InformerFault {
  readonly groupVersion: string | undefined;
}

export interface Discovery {
  readonly resources: readonly DiscoveredResource[];
  readonly faults: readonly DiscoveryFault[];
}

/** Never rejects but for an aborted signal: what failed is in `faults`, and the rest stands [I28]. */
export async function discover(deps: {
  readonly transport: Transport;
  readonly signal: AbortSignal;
}): Promise<Discovery> {
  throw new Error(`not built yet: ${deps.transport.server}`);
}
