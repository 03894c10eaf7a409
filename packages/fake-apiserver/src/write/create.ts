import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { clone, ensureMap, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ServedType } from '../resources/resource-type.ts';
import {
  alreadyExists,
  badRequest,
  forbidden,
  internalError,
  invalid,
  notFound,
  type Cause,
} from '../status.ts';
import { storeObject, type StoredObject } from '../storage/stored-object.ts';
import type { Admission } from './admission.ts';
import { decodeAsKind } from './decode.ts';
import { finalizerWarnings, metadataCausesOf } from './metadata-causes.ts';
import { emptyObject, schemaMistakes } from './schema-check.ts';
import { stampFor, type Stamp } from './stamp.ts';
import { kindSubjectOf, subjectOf, type WriteRequest } from './write-request.ts';

/**
 * Creates an object as apiserver pkg/registry/rest/create.go does. Throws the `Status` errors a
 * client of Kubernetes knows: 400, 403 (namespace terminating), 404 (no namespace), 409, 422.
 * `mistakes` are those of its schema that were found in it before it was decoded.
 */
export function createObject(
  cluster: Cluster,
  admission: Admission,
  request: WriteRequest,
  body: JsonMap,
  record?: Stamp,
  mistakes: readonly Cause[] = [],
): StoredObject {
  const { served } = request;
  decodeAsKind(request, body);
  const metadata = ensureMap(body, 'metadata');
  settleNamespace(request, metadata);
  settleName(cluster, request, metadata);
  const named = { ...request, name: stringAt(metadata, 'name') ?? '' };
  requireNamespace(cluster, named);
  stampMetadata(cluster, named, metadata);
  const declared = declaredBy(served, body);
  if (!keepsStatus(served)) delete body['status'];
  const object = admission.admit(served, body, undefined);
  const causes = [
    ...metadataCausesOf(served.type, metadata),
    ...(mistakes.length > 0 ? mistakes : schemaMistakes(request, undefined, object)),
  ];
  if (causes.length > 0) throw invalid(kindSubjectOf(served, named.name), causes);
  if (Number(metadata['resourceVersion'] ?? 0) > 0) {
    throw internalError('resourceVersion should not be set on objects to be created');
  }
  if (cluster.registry.store(served.type).get(named.namespace, named.name) !== undefined) {
    throw alreadyExists(subjectOf(named));
  }
  request.warnings.push(...finalizerWarnings(served.type, undefined, metadata));
  delete metadata['resourceVersion'];
  delete metadata['managedFields'];
  const stamp = record ?? stampFor(named);
  stamp(emptyObject(served), declared, timestamp(cluster.clock.now()));
  const entries = mapAt(declared, 'metadata')?.['managedFields'];
  if (entries !== undefined) metadata['managedFields'] = entries;
  if (request.dryRun) return storeObject(object, 0);
  return cluster.lifecycle.write(served.type, object).stored;
}

/** What the writer itself says: what the API server adds to its own kinds is nobody's. */
function declaredBy(served: ServedType, body: JsonMap): JsonMap {
  const { status, ...rest } = body;
  if (!served.type.custom) return clone(rest);
  return served.version.status || status === undefined ? rest : body;
}

/** A node alone comes with its status. */
function keepsStatus({ type, version }: ServedType): boolean {
  return !version.status || (type.group === '' && type.resource === 'nodes');
}

function settleNamespace(request: WriteRequest, metadata: JsonMap): void {
  const given = stringAt(metadata, 'namespace') ?? '';
  if (!request.served.type.namespaced) {
    delete metadata['namespace'];
    return;
  }
  if (given !== '' && given !== request.namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  metadata['namespace'] = request.namespace;
}

function settleName(cluster: Cluster, request: WriteRequest, metadata: JsonMap): void {
  const prefix = stringAt(metadata, 'generateName') ?? '';
  if ((stringAt(metadata, 'name') ?? '') !== '' || prefix === '') return;
  const store = cluster.registry.store(request.served.type);
  let name: string;
  do name = prefix.slice(0, 58) + cluster.random.nameSuffix();
  while (store.get(request.namespace, name) !== undefined);
  metadata['name'] = name;
}

/** admission plugin NamespaceLifecycle. */
function requireNamespace(cluster: Cluster, request: WriteRequest): void {
  const { type } = request.served;
  if (!type.namespaced) return;
  const namespaces = cluster.registry.byResource('', 'namespaces');
  if (namespaces === undefined) return;
  const found = cluster.registry.store(namespaces).get('', request.namespace);
  if (found === undefined) {
    throw notFound({ group: '', resource: 'namespaces', name: request.namespace });
  }
  if (cluster.isTerminating(request.namespace)) {
    const why = `unable to create new content in namespace ${request.namespace} because it is being terminated`;
    throw forbidden(subjectOf(request), why, [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${request.namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ]);
  }
}

function stampMetadata(cluster: Cluster, request: WriteRequest, metadata: JsonMap): void {
  for (const key of ['deletionTimestamp', 'deletionGracePeriodSeconds', 'selfLink']) {
    delete metadata[key];
  }
  metadata['uid'] = cluster.random.uid();
  metadata['creationTimestamp'] = timestamp(cluster.clock.now());
  if (request.served.type.generation) metadata['generation'] = 1;
}
