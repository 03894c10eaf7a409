import type { Cluster } from '../cluster.ts';
import type { ApiRequest } from '../http/answer.ts';
import { decodeObject, mediaType } from '../http/body.ts';
import type { JsonMap } from '../json.ts';
import { duplicateKeys } from '../schema/duplicate-keys.ts';
import { methodNotAllowed } from '../status.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import type { Admission } from './admission.ts';
import { applyObject } from './apply.ts';
import { createObject } from './create.ts';
import { deletionWarnings, readDeleteOptions } from './delete-options.ts';
import { deletedStatus, deleteObject } from './delete.ts';
import { APPLY_PATCH } from './patch-types.ts';
import { patchObject } from './patch.ts';
import { returnedWhenDeleted } from './strategies.ts';
import { replaceObject } from './update.ts';
import type { WriteRequest } from './write-request.ts';

/** What a write leaves to be answered: the object as it is now, or a `Status`. */
export type Outcome =
  | { readonly kind: 'object'; readonly stored: StoredObject; readonly code: number }
  | { readonly kind: 'status'; readonly status: JsonMap };

/** One write of one object, by its method. Throws an `ApiError`. */
export function writeObject(
  cluster: Cluster,
  admission: Admission,
  request: ApiRequest,
  target: WriteRequest,
): Outcome {
  const contentType = request.headers['content-type'];
  const { kind } = target.served.type;
  switch (request.method) {
    case 'POST': {
      const body = decodeObject(request.body, contentType, kind);
      target.duplicates.push(...duplicatesIn(request, body));
      return written(createObject(cluster, admission, target, body), 201);
    }
    case 'PUT': {
      const body = decodeObject(request.body, contentType, kind);
      target.duplicates.push(...duplicatesIn(request, body));
      const { stored, created } = replaceObject(cluster, admission, target, body);
      return written(stored, created ? 201 : 200);
    }
    case 'PATCH': {
      if (mediaType(contentType) !== APPLY_PATCH) {
        return written(patchObject(cluster, admission, target, request.body, contentType), 200);
      }
      const { stored, created } = applyObject(
        cluster,
        admission,
        target,
        request.query,
        request.body,
      );
      return written(stored, created ? 201 : 200);
    }
    case 'DELETE':
      return remove(cluster, request, target);
    default:
      throw methodNotAllowed();
  }
}

/** Keys that come twice in a body of JSON. */
function duplicatesIn({ body, headers }: ApiRequest, value: JsonMap): string[] {
  const type = mediaType(headers['content-type']);
  if (type !== '' && type !== 'application/json') return [];
  return duplicateKeys(body.toString(), value).map((path) => `duplicate field "${path}"`);
}

function written(stored: StoredObject, code: number): Outcome {
  return { kind: 'object', stored, code };
}

function remove(cluster: Cluster, request: ApiRequest, target: WriteRequest): Outcome {
  const options = readDeleteOptions(request);
  target.warnings.push(...deletionWarnings(target.served.type, options));
  const { stored, gone } = deleteObject(cluster, target, options);
  if (gone && !returnedWhenDeleted(target.served.type)) {
    return { kind: 'status', status: deletedStatus(target, stored) };
  }
  // The older way to ask for dependents to be deleted is told that it is not yet done.
  return written(stored, !gone && options.orphanDependents === false ? 202 : 200);
}
