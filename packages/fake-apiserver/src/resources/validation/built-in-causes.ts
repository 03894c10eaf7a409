import type { JsonMap } from '../../json.ts';
import type { Cause } from '../../status.ts';
import type { ResourceType } from '../resource-type.ts';
import { configMapCheck, secretCheck } from './data-checks.ts';
import { cronJobCheck, jobCheck } from './job-checks.ts';
import {
  claimCheck,
  eventCheck,
  leaseCheck,
  namespaceStatusCheck,
  newEventCheck,
} from './other-checks.ts';
import { podCheck, podStatusCheck } from './pod-checks.ts';
import { serviceCheck } from './service-checks.ts';
import {
  daemonSetCheck,
  deploymentCheck,
  replicaSetCheck,
  replicaStatusCheck,
  statefulSetCheck,
} from './workload-checks.ts';

type ObjectCheck = (object: JsonMap, before: JsonMap | undefined) => Cause[];

/** What people get wrong, by group/resource. A kind that is not here is taken as it comes. */
const CHECKS: ReadonlyMap<string, ObjectCheck> = new Map<string, ObjectCheck>([
  ['/configmaps', configMapCheck],
  ['/events', eventCheck],
  ['/persistentvolumeclaims', claimCheck],
  ['/pods', podCheck],
  ['/secrets', secretCheck],
  ['/services', serviceCheck],
  ['apps/daemonsets', daemonSetCheck],
  ['apps/deployments', deploymentCheck],
  ['apps/replicasets', replicaSetCheck],
  ['apps/statefulsets', statefulSetCheck],
  ['batch/cronjobs', cronJobCheck],
  ['batch/jobs', jobCheck],
  ['coordination.k8s.io/leases', leaseCheck],
  ['events.k8s.io/events', newEventCheck],
]);

const STATUS_CHECKS: ReadonlyMap<string, ObjectCheck> = new Map<string, ObjectCheck>([
  ['/namespaces', namespaceStatusCheck],
  ['/pods', podStatusCheck],
]);

const REPLICA_COUNTS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'apps/deployments',
    ['updatedReplicas', 'readyReplicas', 'availableReplicas', 'unavailableReplicas'],
  ],
  ['apps/replicasets', ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas']],
]);

/**
 * What Kubernetes finds wrong with an object of its own kinds, in its words, beyond its metadata;
 * empty when nothing is. `before` is undefined on create. A write to `/status` is checked for what
 * the status alone may be.
 */
export function builtInCauses(
  type: ResourceType,
  subresource: string | undefined,
  object: JsonMap,
  before: JsonMap | undefined,
): Cause[] {
  const key = `${type.group}/${type.resource}`;
  if (subresource !== 'status') return CHECKS.get(key)?.(object, before) ?? [];
  const counts = REPLICA_COUNTS.get(key);
  if (counts !== undefined) return replicaStatusCheck(object, counts);
  return STATUS_CHECKS.get(key)?.(object, before) ?? [];
}
