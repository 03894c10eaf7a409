import type { ResourceType } from '../resources/resource-type.ts';
import type { WriteRequest } from './write-request.ts';

/**
 * Where the kinds of Kubernetes differ in how they are written (the `Strategy` of each in
 * pkg/registry), by `group/resource`.
 */

const RBAC = ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'];

/** `AllowCreateOnUpdate`: a PUT to a name that is not there creates. */
const CREATED_BY_UPDATE = new Set([
  '/services',
  '/endpoints',
  '/events',
  '/limitranges',
  'events.k8s.io/events',
  'coordination.k8s.io/leases',
  ...RBAC.map((resource) => `rbac.authorization.k8s.io/${resource}`),
]);

/** Not `AllowUnconditionalUpdate`: a PUT must say which version it replaces. */
const REPLACED_BY_VERSION = new Set([
  'coordination.k8s.io/leases',
  'policy/poddisruptionbudgets',
  'apiextensions.k8s.io/customresourcedefinitions',
]);

/** `ReturnDeletedObject`: a deletion answers with what has gone. */
const RETURNED_WHEN_DELETED = new Set([
  '/services',
  '/pods',
  '/serviceaccounts',
  '/persistentvolumeclaims',
  '/persistentvolumes',
  '/resourcequotas',
  '/podtemplates',
  'storage.k8s.io/storageclasses',
]);

/** What keeps its dependents unless the deletion says otherwise, for the sake of old clients. */
const ORPHANED_BY_DEFAULT = new Set(['batch/jobs', '/replicationcontrollers']);

function keyOf(type: ResourceType): string {
  return `${type.group}/${type.resource}`;
}

export function createdByUpdate(type: ResourceType): boolean {
  return CREATED_BY_UPDATE.has(keyOf(type));
}

export function replacedByVersion(type: ResourceType): boolean {
  return type.custom || REPLACED_BY_VERSION.has(keyOf(type));
}

export function returnedWhenDeleted(type: ResourceType): boolean {
  return RETURNED_WHEN_DELETED.has(keyOf(type));
}

export function orphanedByDefault(type: ResourceType): boolean {
  return ORPHANED_BY_DEFAULT.has(keyOf(type));
}

/** Whether a change of its annotations raises its generation (registry/apps/deployment/strategy.go). */
export function countsAnnotations(type: ResourceType): boolean {
  return keyOf(type) === 'apps/deployments';
}

/** What of its metadata a write to the status of a built-in kind puts back (`PrepareForUpdate`). */
export function metadataKeptByStatus(type: ResourceType): readonly string[] {
  if (keyOf(type) === 'apps/deployments') return ['labels'];
  return keyOf(type) === '/pods' ? ['ownerReferences'] : [];
}

export function isNamespace(type: ResourceType): boolean {
  return keyOf(type) === '/namespaces';
}

/** Where etcd has what is not kept under its own plural. */
const REGISTRY_FOLDERS: Readonly<Record<string, string>> = {
  services: 'services/specs',
  endpoints: 'services/endpoints',
  nodes: 'minions',
  ingresses: 'ingress',
};

/** The key of an object in etcd, as errors of the storage name it. */
export function registryKey(request: WriteRequest): string {
  const { namespace, name } = request;
  const { type } = request.served;
  const grouped = type.custom || type.group === 'apiextensions.k8s.io';
  const folder = REGISTRY_FOLDERS[type.resource] ?? type.resource;
  const root = request.dryRun ? '' : '/registry';
  const parts = [grouped ? type.group : '', folder, namespace, name];
  return [root, ...parts.filter((part) => part !== '')].join('/');
}
