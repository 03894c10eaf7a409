import type { GroupVersionResource } from '@kindscope/kube';

/** What one upstream watch is about. */
export interface InformerTarget {
  readonly gvr: GroupVersionResource;
  /** One namespace; absent means all, or a cluster-scoped resource. */
  readonly namespace?: string | undefined;
  /** Upstream selectors, as Kubernetes writes them: sent on LIST and WATCH [I24]. */
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Ask for `PartialObjectMetadata` alone: an object's `parse()` then has its metadata and nothing else. */
  readonly form?: 'metadata' | undefined;
}
