import { jsonEquals } from '@kindscope/kube';
import { clone, isMap, type Json } from '../json.ts';
import { ApiError, badRequest } from '../status.ts';

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from: string | undefined;
  readonly value: Json | undefined;
}

/** Kubernetes' bound (apiserver pkg/endpoints/handlers/patch.go). */
const MAX_OPERATIONS = 10_000;

/**
 * RFC 6902. Returns the patched document and leaves `document` alone. Throws 400 for a patch that
 * cannot be read, 422 for one that does not apply.
 */
export function jsonPatch(document: Json, patch: Json): Json {
  if (!Array.isArray(patch)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
  }
  if (patch.length > MAX_OPERATIONS) {
    throw new ApiError({
      code: 413,
      reason: 'RequestEntityTooLarge',
      message: `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`,
    });
  }
  let result = clone(document);
  for (const item of patch) result = applyOperation(result, readOperation(item));
  return result;
}

function readOperation(item: Json): Operation {
  const map = isMap(item) ? item : {};
  const { op, path, from, value } = map;
  if (typeof op !== 'string' || typeof path !== 'string') {
    throw unprocessable();
  }
  return { op, path, from: typeof from === 'string' ? from : undefined, value };
}

/** Kubernetes does not say which operation failed, nor why. */
function unprocessable(): ApiError {
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    details: {},
  });
}

function applyOperation(document: Json, operation: Operation): Json {
  const { op, path, from, value } = operation;
  switch (op) {
    case 'add':
      return add(document, path, required(value));
    case 'remove':
      return remove(document, path);
    case 'replace':
      read(document, path);
      return add(path === '' ? document : remove(document, path), path, required(value));
    case 'move': {
      const moved = read(document, from ?? '');
      return add(remove(document, from ?? ''), path, moved);
    }
    case 'copy':
      return add(document, path, clone(read(document, from ?? '')));
    case 'test': {
      const found = read(document, path, true);
      if (jsonEquals(found, required(value))) return document;
      throw unprocessable();
    }
    default:
      throw unprocessable();
  }
}

function required(value: Json | undefined): Json {
  return value ?? null;
}

function segmentsOf(path: string): string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) throw unprocessable();
  return path
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The index a segment names in a list of `length`; -1 when it names none. */
function indexOf(segment: string, length: number): number {
  const index = /^(0|[1-9]\d*)$/.test(segment) ? Number(segment) : -1;
  return index < length ? index : -1;
}

function read(document: Json, path: string, orNull = false): Json {
  let value: Json | undefined = document;
  for (const segment of segmentsOf(path)) {
    if (Array.isArray(value)) value = value[indexOf(segment, value.length)];
    else value = isMap(value) ? value[segment] : undefined;
    if (value === undefined) {
      if (orNull) return null;
      throw unprocessable();
    }
  }
  return value ?? null;
}

function split(path: string): { parent: string; last: string } {
  const at = path.lastIndexOf('/');
  return {
    parent: path.slice(0, at),
    last: segmentsOf(path).at(-1) ?? '',
  };
}

function add(document: Json, path: string, value: Json): Json {
  if (path === '') return value;
  const { parent, last } = split(path);
  const holder = read(document, parent);
  if (Array.isArray(holder)) {
    const index = last === '-' ? holder.length : indexOf(last, holder.length + 1);
    if (index < 0) throw unprocessable();
    holder.splice(index, 0, value);
  } else if (isMap(holder)) holder[last] = value;
  else throw unprocessable();
  return document;
}

function remove(document: Json, path: string): Json {
  if (path === '') return null;
  const { parent, last } = split(path);
  const holder = read(document, parent);
  if (Array.isArray(holder)) {
    const index = indexOf(last, holder.length);
    if (index < 0) throw unprocessable();
    holder.splice(index, 1);
  } else if (isMap(holder) && holder[last] !== undefined) delete holder[last];
  else throw unprocessable();
  return document;
}
