import { jsonEquals } from '@kindscope/kube';
import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { clone, ensureMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
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
import { changedMetadataCauses } from './metadata-causes.ts';
import { conformToSchema, schemaMistakes } from './schema-check.ts';
import { stampFor, type Stamp } from './stamp.ts';
import { requireType } from './type-check.ts';
import { kindSubjectOf, subjectOf, type WriteRequest } from './write-request.ts';

/** The object a write is about. Throws 404. */
export function requireLive(cluster: Cluster, request: WriteRequest): StoredObject {
  const store = cluster.registry.store(request.served.type);
  const live = store.get(request.namespace, request.name);
  if (live === undefined) throw notFound(subjectOf(request));
  return live;
}

/** Throws 400 unless the object has the name in the URL. */
export function requireSameIdentity(request: WriteRequest, after: JsonMap): void {
  const name = mapAt(after, 'metadata')?.['name'];
  if (name !== request.name) {
    throw badRequest(
      `the name of the object (${typeof name === 'string' ? name : ''}) does not match the name on the URL (${request.name})`,
    );
  }
}

/** PUT: replaces an object. Throws 400, 404, 409 and 422 as Kubernetes does. */
export function replaceObject(
  cluster: Cluster,
  admission: Admission,
  request: WriteRequest,
  body: JsonMap,
): StoredObject {
  const { served } = request;
  requireType(served, body);
  const name = stringAt(mapAt(body, 'metadata'), 'name') ?? '';
  if (name !== request.name) {
    throw badRequest(
      name === ''
        ? `the name of the object (${request.name} based on URL) was undeterminable: name must be provided`
        : `the name of the object (${name}) does not match the name on the URL (${request.name})`,
    );
  }
  const live = requireLive(cluster, request);
  const version = stringAt(mapAt(body, 'metadata'), 'resourceVersion') ?? '';
  if (version === '' && served.type.custom) {
    throw invalid(kindSubjectOf(served, name), [
      {
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 0: must be specified for an update',
        field: 'metadata.resourceVersion',
      },
    ]);
  }
  return updateObject(cluster, admission, request, live, body);
}

/**
 * Stores `next` over `live`: checks the version and uid it says, keeps what a write cannot change,
 * raises the generation, records the manager. A write that changes nothing keeps the version.
 */
export function updateObject(
  cluster: Cluster,
  admission: Admission,
  request: WriteRequest,
  live: StoredObject,
  next: JsonMap,
  stamp: Stamp = stampFor(request),
): StoredObject {
  const { served } = request;
  requireUnchanged(request, live, next);
  const before = parseStored(live);
  const proposed = request.subresource === 'status' ? withStatusOf(before, next) : next;
  keepMetadata(request, before, proposed);
  conformToSchema(request, proposed);
  if (request.subresource === undefined && served.version.status) {
    if (before['status'] === undefined) delete proposed['status'];
    else proposed['status'] = clone(before['status']);
  }
  const after = admission.admit(served, proposed, before);
  const causes = [...metadataCauses(before, after), ...schemaMistakes(request, before, after)];
  if (causes.length > 0) throw invalid(kindSubjectOf(served, request.name), causes);
  raiseGeneration(served.type.generation, served.version.status, before, after);
  stamp(before, after, timestamp(cluster.clock.now()));
  if (sameContent(before, after)) return live;
  if (request.dryRun) return storeObject(after, live.revision);
  return cluster.lifecycle.write(served.type, after).stored;
}

function requireUnchanged(request: WriteRequest, live: StoredObject, next: JsonMap): void {
  const metadata = mapAt(next, 'metadata');
  const version = stringAt(metadata, 'resourceVersion') ?? '';
  const uid = stringAt(metadata, 'uid') ?? '';
  if (uid !== '' && uid !== live.uid) {
    throw conflict(
      subjectOf(request),
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.uid}`,
    );
  }
  if (version === '' || version === '0' || version === String(live.revision)) return;
  if (!/^\d+$/.test(version)) {
    throw internalError(`strconv.ParseUint: parsing "${version}": invalid syntax`);
  }
  throw conflict(subjectOf(request), MODIFIED_SINCE);
}

/** A write to `/status` changes the status alone. */
function withStatusOf(before: JsonMap, next: JsonMap): JsonMap {
  const result = clone(before);
  if (next['status'] === undefined) delete result['status'];
  else result['status'] = next['status'];
  return result;
}

/** What a write cannot change, whatever it says. */
const KEPT = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'resourceVersion',
  'generateName',
] as const;

function keepMetadata(request: WriteRequest, before: JsonMap, next: JsonMap): void {
  const metadata = ensureMap(next, 'metadata');
  const old = mapAt(before, 'metadata') ?? {};
  const given = stringAt(metadata, 'namespace') ?? '';
  if (given !== '' && given !== request.namespace && request.served.type.namespaced) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  for (const key of KEPT) {
    if (old[key] === undefined) delete metadata[key];
    else metadata[key] = clone(old[key]);
  }
  delete metadata['selfLink'];
  if (listAt(metadata, 'managedFields').length === 0 && old['managedFields'] !== undefined) {
    metadata['managedFields'] = clone(old['managedFields']);
  }
  for (const key of ['labels', 'annotations', 'finalizers', 'ownerReferences']) {
    const value = metadata[key];
    const empty = value === null || (typeof value === 'object' && Object.keys(value).length === 0);
    if (empty) delete metadata[key];
  }
}

function metadataCauses(before: JsonMap, after: JsonMap): Cause[] {
  return changedMetadataCauses(ensureMap(before, 'metadata'), ensureMap(after, 'metadata'));
}

/** Everything but metadata counts, and but the status where that has an endpoint of its own. */
function raiseGeneration(
  kept: boolean,
  statusApart: boolean,
  before: JsonMap,
  after: JsonMap,
): void {
  if (!kept) return;
  const metadata = ensureMap(after, 'metadata');
  if (jsonEquals(desired(before, statusApart), desired(after, statusApart))) return;
  const current = mapAt(before, 'metadata')?.['generation'];
  metadata['generation'] = (typeof current === 'number' ? current : 0) + 1;
}

function desired(object: JsonMap, statusApart: boolean): JsonMap {
  const { apiVersion: _a, kind: _k, metadata: _m, status, ...rest } = object;
  return statusApart || status === undefined ? rest : { ...rest, status };
}

function sameContent(before: JsonMap, after: JsonMap): boolean {
  const { apiVersion: _a, kind: _k, ...content } = after;
  return jsonEquals(before, content);
}
