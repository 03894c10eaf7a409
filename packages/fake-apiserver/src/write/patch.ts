import type { Cluster } from '../cluster.ts';
import { mediaType } from '../http/body.ts';
import { isMap, parseJson, type Json, type JsonMap } from '../json.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import { badRequest, unsupportedMediaType } from '../status.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import type { Admission } from './admission.ts';
import { decodeAsKind } from './decode.ts';
import { jsonPatch } from './json-patch.ts';
import { mergePatch } from './merge-patch.ts';
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
  const before = {
    apiVersion: apiVersionOf(type.group, version.version),
    kind: type.kind,
    ...parseStored(live),
  };
  const after = apply(before);
  if (!isMap(after)) throw badRequest('the patched object is not an object');
  decodeAsKind(request, after);
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
      const patch = decodePatch(body);
      return (before) => jsonPatch(before, patch);
    }
    case MERGE_PATCH: {
      const patch = decodePatch(body);
      return (before) => mergePatch(before, patch);
    }
    case STRATEGIC_MERGE_PATCH: {
      if (custom) break;
      const patch = decodePatch(body);
      return (before) => strategicMergePatch(before, patch);
    }
    default:
      break;
  }
  throw unsupportedMediaType([
    JSON_PATCH,
    MERGE_PATCH,
    ...(custom ? [] : [STRATEGIC_MERGE_PATCH]),
    APPLY_PATCH,
  ]);
}

function decodePatch(body: Buffer): Json {
  try {
    return parseJson(body.toString());
  } catch (error) {
    throw badRequest(`error decoding patch: ${error instanceof Error ? error.message : 'no JSON'}`);
  }
}
