import type { Cluster } from '../cluster.ts';
import type { JsonMap } from '../json.ts';
import { conflict, forbidden, type Subject } from '../status.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import type { DeleteOptions } from './delete-options.ts';
import { requireLive } from './update.ts';
import type { WriteRequest } from './write-request.ts';

export interface Deleted {
  readonly stored: StoredObject;
  /** False while finalizers hold it. */
  readonly gone: boolean;
}

/** Throws 403 for a namespace that a cluster cannot be without, 404, and 409 when a precondition does not hold. */
export function deleteObject(
  cluster: Cluster,
  request: WriteRequest,
  options: DeleteOptions,
): Deleted {
  requireMortal(request);
  const live = requireLive(cluster, request);
  requirePreconditions(request, options, live);
  const { type } = request.served;
  return options.dryRun
    ? cluster.lifecycle.plan(type, live, options)
    : cluster.lifecycle.delete(type, live, options);
}

/** admission plugin NamespaceLifecycle. */
const IMMORTAL_NAMESPACES = new Set(['default', 'kube-system', 'kube-public']);

function requireMortal({ served: { type }, name }: WriteRequest): void {
  const isNamespace = type.group === '' && type.resource === 'namespaces';
  if (!isNamespace || !IMMORTAL_NAMESPACES.has(name)) return;
  throw forbidden({ group: '', resource: 'namespaces', name }, 'this namespace may not be deleted');
}

/** Throws 409 where the object is not the one that is to be deleted. */
export function requirePreconditions(
  request: WriteRequest,
  options: DeleteOptions,
  live: StoredObject,
): void {
  const { uid, resourceVersion } = options;
  if (uid !== undefined && uid !== live.uid) {
    throw conflict(
      kindOf(request),
      `the UID in the precondition (${uid}) does not match the UID in record (${live.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion !== undefined && resourceVersion !== String(live.revision)) {
    throw conflict(
      kindOf(request),
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${live.revision}). The object might have been modified`,
    );
  }
}

/** A deletion's preconditions alone name the kind where other errors name the resource. */
function kindOf({ served, name }: WriteRequest): Subject {
  return { group: served.type.group, resource: served.type.kind, name };
}

/** Deletes what of a list is still there. Throws 409 for what a precondition keeps. */
export function deleteListed(
  cluster: Cluster,
  request: WriteRequest,
  listed: readonly StoredObject[],
  options: DeleteOptions,
): void {
  const { type } = request.served;
  const store = cluster.registry.store(type);
  for (const { namespace, name } of listed) {
    const live = store.get(namespace, name);
    if (live === undefined) continue;
    requirePreconditions({ ...request, name }, options, live);
    if (!options.dryRun) cluster.lifecycle.delete(type, live, options);
  }
}

/** What a delete answers: the object while it is held, and a `Status` once it is gone. */
export function deletedStatus(request: WriteRequest, stored: StoredObject): JsonMap {
  const { group, resource } = request.served.type;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: stored.name,
      ...(group === '' ? {} : { group }),
      kind: resource,
      uid: stored.uid,
    },
  };
}
