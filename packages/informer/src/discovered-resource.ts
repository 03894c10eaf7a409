import type { GroupVersionResource } from '@kindscope/kube';

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
