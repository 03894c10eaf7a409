import type { Cluster } from '../cluster.ts';
import { mapAt, stringAt, type JsonMap } from '../json.ts';
import type { Selection } from '../read/selection.ts';
import { conflict, forbidden, unsupportedOption, type Subject } from '../status.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import { requireLive } from './update.ts';
import type { WriteRequest } from './write-request.ts';

/** `DeleteOptions` as far as they change anything here. */
export interface DeleteOptions {
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  readonly dryRun: boolean;
}

const POLICIES = new Set(['Orphan', 'Background', 'Foreground']);

/** Reads the options from the body and the query; throws 422 for a policy that does not exist. */
export function parseDeleteOptions(body: JsonMap, query: URLSearchParams): DeleteOptions {
  const policy = stringAt(body, 'propagationPolicy') ?? query.get('propagationPolicy') ?? '';
  if (policy !== '' && !POLICIES.has(policy)) {
    const supported = ['Foreground', 'Background', 'Orphan', 'nil'];
    throw unsupportedOption('DeleteOptions', 'propagationPolicy', `"${policy}"`, supported);
  }
  const preconditions = mapAt(body, 'preconditions');
  const dryRun = body['dryRun'];
  return {
    uid: stringAt(preconditions, 'uid'),
    resourceVersion: stringAt(preconditions, 'resourceVersion'),
    dryRun:
      query.getAll('dryRun').includes('All') || (Array.isArray(dryRun) && dryRun.includes('All')),
  };
}

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
  if (options.dryRun) return { stored: live, gone: true };
  return cluster.lifecycle.delete(request.served.type, live);
}

/** admission plugin NamespaceLifecycle. */
const IMMORTAL_NAMESPACES = new Set(['default', 'kube-system', 'kube-public']);

function requireMortal({ served: { type }, name }: WriteRequest): void {
  const isNamespace = type.group === '' && type.resource === 'namespaces';
  if (!isNamespace || !IMMORTAL_NAMESPACES.has(name)) return;
  throw forbidden({ group: '', resource: 'namespaces', name }, 'this namespace may not be deleted');
}

function requirePreconditions(
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

/** Deletes everything selected; returns what it was. */
export function deleteSelected(
  cluster: Cluster,
  request: WriteRequest,
  selection: Selection,
  dryRun: boolean,
): readonly StoredObject[] {
  const { type } = request.served;
  const selected = cluster.registry
    .store(type)
    .current()
    .filter((item) => selection.matches(item));
  if (dryRun) return selected;
  return selected.map((stored) => cluster.lifecycle.delete(type, stored).stored);
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
