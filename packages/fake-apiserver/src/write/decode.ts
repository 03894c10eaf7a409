import { ensureMap, isMap, listAt, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import { invalidValue } from '../schema/field-errors.ts';
import { goJson } from '../schema/go-text.ts';
import { badRequest, invalid } from '../status.ts';
import { DecodeError, goTypeOf, readObjectMeta } from './object-meta.ts';
import { conformToSchema } from './schema-check.ts';
import { requirePatchedType, requireType } from './type-check.ts';
import type { WriteRequest } from './write-request.ts';

/**
 * Reads a body as the kind a request is about: its type is checked, its metadata brought into the
 * form of Go's `ObjectMeta`, the rest into that of the schema. Changes `object`. Throws 400, and 422
 * for a kind that is not the one of the URL.
 */
export function decodeAsKind(request: WriteRequest, object: JsonMap): void {
  const { type, version } = request.served;
  requireType(request, object);
  try {
    readAsKind(request, object);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw badRequest(
      `${type.kind} in version "${version.version}" cannot be handled as a ${type.kind}: ${error.message}`,
    );
  }
}

/**
 * The same for what a patch made; `whole` makes it again, for an error shows all of it. Throws 422.
 */
export function decodePatched(request: WriteRequest, object: JsonMap, whole: () => Json): void {
  try {
    requirePatchedType(request, object);
    readAsKind(request, object);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw invalid({ group: '', kind: '', name: '' }, [
      invalidValue('patch', goJson(whole()), error.message),
    ]);
  }
}

function readAsKind(request: WriteRequest, object: JsonMap): void {
  const { type } = request.served;
  if (!type.custom) markReset(object);
  readMetadata(type.custom ? undefined : type.kind, object);
  conformToSchema(request, object);
  dropRepeatedOwners(request, ensureMap(object, 'metadata'));
}

/** An empty list in a typed object is another way to ask for managed fields to start afresh. */
function markReset(object: JsonMap): void {
  const metadata = mapAt(object, 'metadata');
  const entries = metadata?.['managedFields'];
  if (metadata !== undefined && Array.isArray(entries) && entries.length === 0) {
    metadata['managedFields'] = [{}];
  }
}

/** Of owner references with the same uid the first one stays (handlers/create.go), with a warning. */
function dropRepeatedOwners(request: WriteRequest, metadata: JsonMap): void {
  const owners = listAt(metadata, 'ownerReferences').filter((owner) => isMap(owner));
  if (owners.length < 2) return;
  const byUid = Map.groupBy(owners, (owner) => stringAt(owner, 'uid') ?? '');
  if (byUid.size === owners.length) return;
  const repeated = [...byUid].filter(([, same]) => same.length > 1).map(([uid]) => uid);
  request.warnings.push(
    `.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${repeated.join(', ')}`,
  );
  metadata['ownerReferences'] = [...byUid.values()].flatMap((same) => same.slice(0, 1));
}

/** `typed`: the Go type that holds it; a custom resource's metadata is read by itself. */
function readMetadata(typed: string | undefined, object: JsonMap): void {
  const metadata = object['metadata'] ?? undefined;
  if (metadata !== undefined && !isMap(metadata)) {
    const where = typed === undefined ? 'Go value' : `Go struct field ${typed}.metadata`;
    throw new DecodeError(
      `json: cannot unmarshal ${goTypeOf(metadata)} into ${where} of type v1.ObjectMeta`,
    );
  }
  if (metadata === undefined) delete object['metadata'];
  readObjectMeta(ensureMap(object, 'metadata'), typed === undefined ? '' : 'metadata');
}
