import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { applyFields, type ApplyConflict } from '../fields/apply.ts';
import { writeEntries, type Writer } from '../fields/managed-fields.ts';
import { decodeYaml } from '../http/body.ts';
import { ensureMap, isMap, mapAt, stringAt, type JsonMap } from '../json.ts';
import { emptyObject } from '../resources/typed/conform.ts';
import { ApiError, badRequest, notFound } from '../status.ts';
import { viewOf } from '../schema/stored-form.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import type { Admission } from './admission.ts';
import { createObject } from './create.ts';
import { decodeAsKind } from './decode.ts';
import { goTypeOf } from './object-meta.ts';
import { recordingOf, writerOf, type Stamp } from './stamp.ts';
import { requireType } from './type-check.ts';
import { requireSameName, updateObject } from './update.ts';
import { subjectOf, type WriteRequest } from './write-request.ts';

/** Server-side apply. Throws 400, 409 with a cause for each conflict, and 422. */
export function applyObject(
  cluster: Cluster,
  admission: Admission,
  request: WriteRequest,
  query: URLSearchParams,
  body: Buffer,
): { readonly stored: StoredObject; readonly created: boolean } {
  const applied = readApplied(request, body);
  const live = cluster.registry.store(request.served.type).get(request.namespace, request.name);
  if (live === undefined && request.subresource !== undefined) throw notFound(subjectOf(request));
  const { object, conflicts, entries } = applyFields(
    writerOf(request, 'Apply'),
    live === undefined ? undefined : parseStored(viewOf(request.served)(live)),
    emptyObject(request.served),
    ownPart(request, applied),
    recordingOf(request, timestamp(cluster.clock.now())),
  );
  if (conflicts.length > 0 && query.get('force') !== 'true') throw conflictError(conflicts);
  const stamp: Stamp = (_before, after) => {
    writeEntries(after, entries);
  };
  const next = { ...object, apiVersion: applied['apiVersion'], kind: applied['kind'] };
  if (live === undefined) {
    return { stored: createObject(cluster, admission, request, next, stamp), created: true };
  }
  decodeAsKind(request, next);
  const stored = updateObject(cluster, admission, request, live, next, stamp);
  return { stored, created: false };
}

function readApplied(request: WriteRequest, body: Buffer): JsonMap {
  const applied = decodeApplied(body);
  if ((applied['kind'] ?? '') === '' || (applied['apiVersion'] ?? '') === '') {
    throw badRequest('invalid object type: /, Kind=');
  }
  requireType(request, applied);
  const metadata = ensureMap(applied, 'metadata');
  if (metadata['managedFields'] !== undefined) {
    throw badRequest('metadata.managedFields must be nil');
  }
  metadata['name'] ??= request.name;
  requireSameName(request, applied);
  return applied;
}

function decodeApplied(body: Buffer): JsonMap {
  const text = body.toString();
  const applied = text.trim() === '' ? {} : decodeYaml(text, 'error decoding YAML: ');
  if (applied === null) return {};
  if (isMap(applied)) return applied;
  throw badRequest(
    `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${goTypeOf(applied)} into Go value of type map[string]interface {}`,
  );
}

/** Main endpoint and `/status` each apply their own part. */
function ownPart(request: WriteRequest, applied: JsonMap): JsonMap {
  const { apiVersion: _apiVersion, kind: _kind, status, ...rest } = applied;
  if (request.subresource === 'status') {
    const version = stringAt(mapAt(applied, 'metadata'), 'resourceVersion');
    const metadata: JsonMap = version === undefined ? {} : { resourceVersion: version };
    return { metadata, ...(status === undefined ? {} : { status }) };
  }
  return request.served.version.status || status === undefined ? rest : { ...rest, status };
}

function conflictError(conflicts: readonly ApplyConflict[]): ApiError {
  const count = conflicts.length === 1 ? '1 conflict' : `${conflicts.length} conflicts`;
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message: `Apply failed with ${count}: ${describeConflicts(conflicts)}`,
    details: {
      causes: conflicts.map(({ owner, path }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${describeOwner(owner)}`,
        field: path,
      })),
    },
  });
}

function describeConflicts(conflicts: readonly ApplyConflict[]): string {
  const [only, ...more] = conflicts;
  if (only !== undefined && more.length === 0) {
    return `conflict with ${describeOwner(only.owner)}: ${only.path}`;
  }
  const byOwner = Map.groupBy(conflicts, (conflict) => describeOwner(conflict.owner));
  return [...byOwner]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([owner, owned]) => [
      `conflicts with ${owner}:`,
      ...owned.map(({ path }) => `- ${path}`),
    ])
    .join('\n');
}

function describeOwner({ manager, operation, apiVersion, subresource }: Writer): string {
  const name = JSON.stringify(manager);
  const part = subresource === undefined ? '' : ` with subresource "${subresource}"`;
  return operation === 'Update' ? `${name}${part} using ${apiVersion}` : `${name}${part}`;
}
