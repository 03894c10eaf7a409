import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { applyFields, type Applying } from '../fields/apply.ts';
import { writeEntries } from '../fields/managed-fields.ts';
import { booleanOf } from '../http/query-boolean.ts';
import { ensureMap, stringAt, type JsonMap } from '../json.ts';
import { viewOf } from '../schema/stored-form.ts';
import { conflict, notFound, type Cause } from '../status.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import type { Admission } from './admission.ts';
import { readApplied } from './applied-body.ts';
import { conflictError } from './apply-conflict.ts';
import { createObject } from './create.ts';
import { decodeAsKind } from './decode.ts';
import { syncLastApplied, withoutExcused } from './last-applied.ts';
import { emptyObject, schemaMistakes } from './schema-check.ts';
import { settablePart } from './settable-part.ts';
import { recordingOf, writerOf, type Stamp } from './stamp.ts';
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
  const before = live === undefined ? undefined : parseStored(viewOf(request.served)(live));
  const writer = writerOf(request, 'Apply');
  const applying: Applying = {
    ...recordingOf(request, timestamp(cluster.clock.now())),
    settable: (object) => settablePart(request, object),
  };
  const { apiVersion, kind, ...said } = applied;
  const { object, conflicts, entries } = applyFields(
    writer,
    before,
    emptyObject(request.served),
    said,
    applying,
  );
  const { manager } = writer;
  const left = withoutExcused(conflicts, manager, before, writer.apiVersion, applying.shape);
  if (left.length > 0 && booleanOf(query, 'force') !== true) throw conflictError(left);
  syncLastApplied(object, manager, applied);
  const stamp: Stamp = (_before, after) => {
    writeEntries(after, entries);
  };
  const next = { ...object, apiVersion, kind };
  requireSameName(request, next);
  const emptied = emptiedCauses(request, before, next);
  if (live === undefined) {
    const metadata = ensureMap(next, 'metadata');
    requireNoOther(request, metadata);
    delete metadata['resourceVersion'];
    return {
      stored: createObject(cluster, admission, request, next, stamp, emptied),
      created: true,
    };
  }
  decodeAsKind(request, next);
  const stored = updateObject(cluster, admission, request, live, next, stamp, emptied);
  return { stored, created: false };
}

/** Throws 409 where an apply that creates is about an object that should be there. */
function requireNoOther(request: WriteRequest, metadata: JsonMap): void {
  const uid = stringAt(metadata, 'uid') ?? '';
  if (uid === '') return;
  throw conflict(
    subjectOf(request),
    `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
  );
}

/**
 * What a schema says of nulls: a list or map that loses its last item and that somebody else owns
 * becomes one here, where other writes drop it.
 */
function emptiedCauses(
  request: WriteRequest,
  before: JsonMap | undefined,
  next: JsonMap,
): readonly Cause[] {
  if (!request.served.type.custom) return [];
  return schemaMistakes({ ...request, warnings: [] }, before, next).filter((cause) =>
    cause.message.startsWith('Invalid value: "null"'),
  );
}
