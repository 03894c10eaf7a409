import { jsonEquals } from '@kindscope/kube';
import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { clone, ensureMap, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ResourceType, ServedType } from '../resources/resource-type.ts';
import { invalidValue } from '../schema/field-errors.ts';
import { isStoredAs, viewOf } from '../schema/stored-form.ts';
import {
  badRequest,
  conflict,
  internalError,
  invalid,
  MODIFIED_SINCE,
  notFound,
  type Cause,
} from '../status.ts';
import { parseStored, storeObject, type StoredObject } from '../storage/stored-object.ts';
import type { Admission } from './admission.ts';
import { createObject } from './create.ts';
import { decodeAsKind } from './decode.ts';
import { changedMetadataCauses, finalizerWarnings, metadataCausesOf } from './metadata-causes.ts';
import { schemaMistakes } from './schema-check.ts';
import { stampFor, type Stamp } from './stamp.ts';
import {
  countsAnnotations,
  createdByUpdate,
  metadataKeptByStatus,
  registryKey,
  replacedByVersion,
} from './strategies.ts';
import { kindSubjectOf, subjectOf, type WriteRequest } from './write-request.ts';

/** The object a write is about. Throws 404. */
export function requireLive(cluster: Cluster, request: WriteRequest): StoredObject {
  const store = cluster.registry.store(request.served.type);
  const live = store.get(request.namespace, request.name);
  if (live === undefined) throw notFound(subjectOf(request));
  return live;
}

/** Throws 400 unless the object has the name in the URL. */
export function requireSameName(request: WriteRequest, after: JsonMap): void {
  const name = stringAt(mapAt(after, 'metadata'), 'name') ?? '';
  if (name === request.name) return;
  throw badRequest(
    name === ''
      ? `the name of the object (${request.name} based on URL) was undeterminable: name must be provided`
      : `the name of the object (${name}) does not match the name on the URL (${request.name})`,
  );
}

/**
 * PUT: replaces an object, or creates it where its kind allows that. Throws 400, 404, 409 and 422 as
 * Kubernetes does.
 */
export function replaceObject(
  cluster: Cluster,
  admission: Admission,
  request: WriteRequest,
  body: JsonMap,
): { readonly stored: StoredObject; readonly created: boolean } {
  const { type } = request.served;
  decodeAsKind(request, body);
  requireSameName(request, body);
  const live = cluster.registry.store(type).get(request.namespace, request.name);
  if (live === undefined) {
    return { stored: createByUpdate(cluster, admission, request, body), created: true };
  }
  const uid = stringAt(mapAt(body, 'metadata'), 'uid') ?? '';
  if (uid !== '' && uid !== live.uid) throw uidConflict(request, uid, live.uid);
  return { stored: updateObject(cluster, admission, request, live, body), created: false };
}

function createByUpdate(
  cluster: Cluster,
  admission: Admission,
  request: WriteRequest,
  body: JsonMap,
): StoredObject {
  if (!createdByUpdate(request.served.type) || request.subresource !== undefined) {
    throw notFound(subjectOf(request));
  }
  const uid = stringAt(mapAt(body, 'metadata'), 'uid') ?? '';
  if (uid !== '') throw uidConflict(request, uid, '');
  delete ensureMap(body, 'metadata')['resourceVersion'];
  return createObject(cluster, admission, request, body);
}

function uidConflict(request: WriteRequest, wanted: string, found: string): Error {
  return conflict(
    subjectOf(request),
    `StorageError: invalid object, Code: 4, Key: ${registryKey(request)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${found}`,
  );
}

/**
 * Stores `next`, which must be decoded, over `live`: checks the version and uid it says, keeps what a write cannot change,
 * raises the generation, records the manager. A write that changes nothing keeps the version.
 * `mistakes` are those of its schema that were found in it before it was decoded.
 */
export function updateObject(
  cluster: Cluster,
  admission: Admission,
  request: WriteRequest,
  live: StoredObject,
  next: JsonMap,
  stamp: Stamp = stampFor(request),
  mistakes: readonly Cause[] = [],
): StoredObject {
  const { served } = request;
  requireNamespace(request, next);
  requireUnchanged(request, live, next);
  const seen = viewOf(served)(live);
  const before = parseStored(seen);
  const proposed = request.subresource === 'status' ? withStatusOf(served, before, next) : next;
  keepMetadata(before, proposed);
  if (request.subresource === undefined && served.version.status) {
    if (before['status'] === undefined) delete proposed['status'];
    else proposed['status'] = clone(before['status']);
  }
  const after = admission.admit(served, proposed, before);
  const causes = [
    ...metadataCauses(served.type, before, after),
    ...(mistakes.length > 0 ? mistakes : schemaMistakes(request, before, after)),
  ];
  if (causes.length > 0) throw invalid(kindSubjectOf(served, request.name), causes);
  request.warnings.push(
    ...finalizerWarnings(served.type, mapAt(before, 'metadata'), ensureMap(after, 'metadata')),
  );
  raiseGeneration(request, before, after);
  stamp(before, after, timestamp(cluster.clock.now()));
  if (sameContent(before, after) && (seen === live || isStoredAs(served.type, live, after))) {
    return live;
  }
  if (request.dryRun) return storeObject(after, live.revision);
  return cluster.lifecycle.write(served.type, after).stored;
}

function requireNamespace(request: WriteRequest, next: JsonMap): void {
  const given = stringAt(mapAt(next, 'metadata'), 'namespace') ?? '';
  if (given === '' || given === request.namespace || !request.served.type.namespaced) return;
  throw badRequest(
    'the namespace of the provided object does not match the namespace sent on the request',
  );
}

function requireUnchanged(request: WriteRequest, live: StoredObject, next: JsonMap): void {
  const metadata = mapAt(next, 'metadata');
  const version = stringAt(metadata, 'resourceVersion') ?? '';
  if (version === String(live.revision)) return;
  if (version === '' || version === '0') {
    if (!replacedByVersion(request.served.type)) return;
    const { type } = request.served;
    throw invalid({ group: type.group, kind: type.resource, name: request.name }, [
      invalidValue('metadata.resourceVersion', 0, 'must be specified for an update'),
    ]);
  }
  if (!/^\d+$/.test(version)) {
    throw internalError(`strconv.ParseUint: parsing "${version}": invalid syntax`);
  }
  throw conflict(subjectOf(request), MODIFIED_SINCE);
}

/**
 * A write to `/status` changes the status of a custom resource alone. Built-in kinds let their metadata
 * through, but for what their strategies put back.
 */
function withStatusOf({ type }: ServedType, before: JsonMap, next: JsonMap): JsonMap {
  const result = clone(before);
  if (!type.custom) result['metadata'] = next['metadata'];
  for (const key of metadataKeptByStatus(type)) restore(result, before, key);
  if (next['status'] === undefined) delete result['status'];
  else result['status'] = next['status'];
  return result;
}

function restore(result: JsonMap, before: JsonMap, key: string): void {
  const metadata = ensureMap(result, 'metadata');
  const old = mapAt(before, 'metadata')?.[key];
  if (old === undefined) delete metadata[key];
  else metadata[key] = clone(old);
}

const KEPT = ['name', 'namespace', 'creationTimestamp', 'resourceVersion', 'generation'] as const;

/**
 * Puts back what no write changes, whatever it says (pkg/registry/rest/update.go). What it may not
 * even try to change is left for {@link changedMetadataCauses} to find.
 */
function keepMetadata(before: JsonMap, next: JsonMap): void {
  const metadata = ensureMap(next, 'metadata');
  const old = ensureMap(before, 'metadata');
  for (const key of KEPT) keep(metadata, old, key);
  metadata['uid'] ??= old['uid'];
  if (old['deletionTimestamp'] !== undefined) keep(metadata, old, 'deletionTimestamp');
  metadata['deletionGracePeriodSeconds'] ??= old['deletionGracePeriodSeconds'];
  delete metadata['selfLink'];
  if (metadata['managedFields'] === undefined) keep(metadata, old, 'managedFields');
}

function keep(metadata: JsonMap, old: JsonMap, key: string): void {
  if (old[key] === undefined) delete metadata[key];
  else metadata[key] = old[key];
}

function metadataCauses(type: ResourceType, before: JsonMap, after: JsonMap): Cause[] {
  const metadata = ensureMap(after, 'metadata');
  const changed = changedMetadataCauses(ensureMap(before, 'metadata'), metadata);
  const whole = metadataCausesOf(type, metadata);
  // Kubernetes looks several times, at the whole and at the change, and tells of every time.
  return [...changed, ...changed, ...whole, ...(type.custom ? [] : whole)];
}

/** Everything but metadata counts, and but the status where that has an endpoint of its own. */
function raiseGeneration(
  { served, subresource }: WriteRequest,
  before: JsonMap,
  after: JsonMap,
): void {
  const { type, version } = served;
  if (!type.generation) return;
  const metadata = ensureMap(after, 'metadata');
  const old = ensureMap(before, 'metadata');
  const same =
    jsonEquals(desired(before, version.status), desired(after, version.status)) &&
    (subresource !== undefined || !countsAnnotations(type) || sameAnnotations(old, metadata));
  if (same) return;
  const current = old['generation'];
  metadata['generation'] = (typeof current === 'number' ? current : 0) + 1;
}

function sameAnnotations(old: JsonMap, metadata: JsonMap): boolean {
  return jsonEquals(old['annotations'] ?? {}, metadata['annotations'] ?? {});
}

function desired(object: JsonMap, statusApart: boolean): JsonMap {
  const { apiVersion: _a, kind: _k, metadata: _m, status, ...rest } = object;
  return statusApart || status === undefined ? rest : { ...rest, status };
}

function sameContent(before: JsonMap, after: JsonMap): boolean {
  const { apiVersion: _a, kind: _k, ...content } = after;
  return jsonEquals(before, content);
}
