import type { Cluster } from '../cluster.ts';
import { mediaType, readJson } from '../http/body.ts';
import { isMap, type Json, type JsonMap } from '../json.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import { duplicateKeys } from '../schema/duplicate-keys.ts';
import { viewOf } from '../schema/stored-form.ts';
import { ApiError, badRequest, unsupportedMediaType } from '../status.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import type { Admission } from './admission.ts';
import { decodePatched } from './decode.ts';
import { jsonPatch } from './json-patch.ts';
import { mergePatch } from './merge-patch.ts';
import { goTypeOf } from './object-meta.ts';
import { APPLY_PATCH, JSON_PATCH, MERGE_PATCH, STRATEGIC_MERGE_PATCH } from './patch-types.ts';
import { strategicMergePatch } from './strategic-merge-patch.ts';
import { requireLive, requireSameName, updateObject } from './update.ts';
import type { WriteRequest } from './write-request.ts';

/** PATCH with any type but apply. Throws 400, 404, 409, 415 and 422 as Kubernetes does. */
export function patchObject(
  cluster: Cluster,
  admission: Admission,
  request: WriteRequest,
  body: Buffer,
  contentType: string | undefined,
): StoredObject {
  const apply = readPatch(request, mediaType(contentType), body);
  const live = requireLive(cluster, request);
  const { type, version } = request.served;
  const patched = (): Json =>
    apply({
      apiVersion: apiVersionOf(type.group, version.version),
      kind: type.kind,
      ...parseStored(viewOf(request.served)(live)),
    });
  const after = patched();
  if (!isMap(after)) throw badRequest('the patched object is not an object');
  decodePatched(request, after, patched);
  requireSameName(request, after);
  return updateObject(cluster, admission, request, live, after);
}

/**
 * Reads a patch of any type but apply, by its media type; what it returns changes and returns what it
 * is given. Throws 400 and 415.
 */
export function readPatch(
  request: WriteRequest,
  type: string,
  body: Buffer,
): (before: JsonMap) => Json {
  const { custom } = request.served.type;
  switch (type) {
    case JSON_PATCH: {
      const patch = decodePatch(body, DECODING);
      request.duplicates.push(...duplicatesIn(body, patch, 'json patch '));
      return (before) => jsonPatch(before, patch);
    }
    case MERGE_PATCH: {
      const patch = decodePatch(body, DECODING);
      request.duplicates.push(...duplicatesIn(body, patch, ''));
      if (patch === null) throw badRequest('Invalid JSON Patch');
      requireMap(patch, DECODING);
      return (before) => mergePatch(before, patch);
    }
    case STRATEGIC_MERGE_PATCH: {
      if (custom) break;
      const patch = decodePatch(body, '') ?? {};
      requireMap(patch, '');
      const { schema } = request.served.version;
      return (before) => {
        // The type of a typed object is no part of it.
        const { apiVersion, kind } = before;
        return { ...strategicMergePatch(before, patch, schema), apiVersion, kind };
      };
    }
    default:
      break;
  }
  throw custom
    ? unsupportedMediaType([JSON_PATCH, MERGE_PATCH, APPLY_PATCH])
    : new ApiError({
        code: 415,
        reason: 'UnsupportedMediaType',
        message: '415: Unsupported Media Type',
        details: {},
      });
}

const DECODING = 'error decoding patch: ';

function decodePatch(body: Buffer, prefix: string): Json {
  return readJson(body.toString(), (fault) => badRequest(`${prefix}${fault}`));
}

function duplicatesIn(body: Buffer, patch: Json, what: string): string[] {
  return duplicateKeys(body.toString(), patch).map((path) => `${what}duplicate field "${path}"`);
}

function requireMap(patch: Json, prefix: string): asserts patch is JsonMap {
  if (isMap(patch)) return;
  throw badRequest(
    `${prefix}json: cannot unmarshal ${goTypeOf(patch)} into Go value of type map[string]interface {}`,
  );
}
