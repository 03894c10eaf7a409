import type { GroupVersionResource } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';

/** The resources that workload controllers see and write. */
export type Resource =
  | 'cronjobs'
  | 'deployments'
  | 'events'
  | 'jobs'
  | 'leases'
  | 'nodes'
  | 'pods'
  | 'replicasets';

/** How a resource is addressed, and how its objects describe themselves. */
export interface KindOfResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly gvr: GroupVersionResource;
}

function kind(apiVersion: string, name: string, resource: Resource): KindOfResource {
  return { apiVersion, kind: name, gvr: gvrOf(apiVersion, resource) };
}

export const kinds: Readonly<Record<Resource, KindOfResource>> = {
  cronjobs: kind('batch/v1', 'CronJob', 'cronjobs'),
  deployments: kind('apps/v1', 'Deployment', 'deployments'),
  events: kind('v1', 'Event', 'events'),
  jobs: kind('batch/v1', 'Job', 'jobs'),
  leases: kind('coordination.k8s.io/v1', 'Lease', 'leases'),
  nodes: kind('v1', 'Node', 'nodes'),
  pods: kind('v1', 'Pod', 'pods'),
  replicasets: kind('apps/v1', 'ReplicaSet', 'replicasets'),
};
