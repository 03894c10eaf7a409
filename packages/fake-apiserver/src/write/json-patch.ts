import { jsonEquals } from '@kindscope/kube';
import { isTooDeep } from '../http/depth.ts';
import { clone, isMap, ownAt, setOwn, type Json } from '../json.ts';
import { ApiError, badRequest } from '../status.ts';
import { goTypeOf } from './object-meta.ts';

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from: string;
  readonly value: Json;
}

/** Kubernetes' bounds (apiserver pkg/endpoints/handlers/patch.go, pkg/server/config.go). */
const MAX_OPERATIONS = 10_000;
const MAX_COPIED_BYTES = 3 * 1024 * 1024;

/**
 * RFC 6902 as Kubernetes' library has it (evanphx/json-patch): a value that is replaced or copied
 * need not be there, and an index below zero counts from the end. Returns the patched document and
 * leaves `document` alone. Throws 400 for a patch that cannot be read, 413 for one that is too long,
 * 422 for one that does not apply.
 */
export function jsonPatch(document: Json, patch: Json): Json {
  const operations = readOperations(patch);
  let result = clone(document);
  let copied = 0;
  for (const operation of operations) {
    if (operation.op === 'copy') copied += sizeAt(result, operation.from);
    if (copied > MAX_COPIED_BYTES) throw unprocessable();
    result = apply(result, operation);
  }
  if (isTooDeep(result)) throw unprocessable();
  return result;
}

function readOperations(patch: Json): Operation[] {
  if (patch === null) return [];
  if (!Array.isArray(patch)) throw undecodable(patch, 'Go value of type []handlers.jsonPatchOp');
  if (patch.length > MAX_OPERATIONS) {
    throw new ApiError({
      code: 413,
      reason: 'RequestEntityTooLarge',
      message: `Request entity too large: The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`,
    });
  }
  return patch.map(readOperation);
}

function readOperation(item: Json): Operation {
  const map = item ?? {};
  if (!isMap(map)) throw undecodable(map, 'Go value of type handlers.jsonPatchOp');
  const text = (key: string): string => {
    const value = map[key] ?? '';
    if (typeof value === 'string') return value;
    throw undecodable(value, `Go struct field jsonPatchOp.${key} of type string`);
  };
  return { op: text('op'), path: text('path'), from: text('from'), value: map['value'] ?? null };
}

function undecodable(value: Json, into: string): ApiError {
  return badRequest(`error decoding patch: json: cannot unmarshal ${goTypeOf(value)} into ${into}`);
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

function apply(document: Json, { op, path, from, value }: Operation): Json {
  switch (op) {
    case 'add':
      return path === '' ? wholeDocument(value) : add(document, path, value);
    case 'replace':
      return path === '' ? wholeDocument(value) : replace(document, path, value);
    case 'remove':
      return remove(document, path);
    case 'move': {
      const moved = valueAt(document, from);
      return add(remove(document, from), path, moved);
    }
    case 'copy':
      return add(document, path, clone(valueAt(document, from)));
    case 'test':
      if (jsonEquals(path === '' ? document : valueAt(document, path), value)) return document;
      throw unprocessable();
    default:
      throw unprocessable();
  }
}

function wholeDocument(value: Json): Json {
  if (isMap(value) || Array.isArray(value)) return value;
  throw unprocessable();
}

/** Where the last part of a path lies, and that part. What comes before the first slash is nothing. */
function holderOf(document: Json, path: string): { holder: Json; key: string } {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop();
  if (last === undefined) throw unprocessable();
  let holder: Json | undefined = document;
  for (const key of keys) {
    holder = Array.isArray(holder) ? holder[indexOf(key, holder.length)] : property(holder, key);
    if (holder === undefined || holder === null) throw unprocessable();
  }
  return { holder, key: last };
}

function property(holder: Json, key: string): Json | undefined {
  return isMap(holder) ? ownAt(holder, key) : undefined;
}

/** The index that a key names in a list of `length`; throws where there is none. */
function indexOf(key: string, length: number): number {
  const index = /^[+-]?\d+$/.test(key) ? Number(key) : Number.NaN;
  const counted = index < 0 ? index + length : index;
  if (counted >= 0 && counted < length) return counted;
  throw unprocessable();
}

/** What is at a path; null where a map has nothing there. */
function valueAt(document: Json, path: string): Json {
  const { holder, key } = holderOf(document, path);
  if (Array.isArray(holder)) return holder[indexOf(key, holder.length)] ?? null;
  if (!isMap(holder)) throw unprocessable();
  return property(holder, key) ?? null;
}

/** The bytes of what is at a path; throws where it is too deep to be copied. */
function sizeAt(document: Json, path: string): number {
  const value = valueAt(document, path);
  if (isTooDeep(value)) throw unprocessable();
  return Buffer.byteLength(JSON.stringify(value));
}

function add(document: Json, path: string, value: Json): Json {
  const { holder, key } = holderOf(document, path);
  if (Array.isArray(holder)) {
    const index = key === '-' ? holder.length : indexOf(key, holder.length + 1);
    holder.splice(index, 0, value);
  } else if (isMap(holder)) setOwn(holder, key, value);
  else throw unprocessable();
  return document;
}

function replace(document: Json, path: string, value: Json): Json {
  const { holder, key } = holderOf(document, path);
  if (Array.isArray(holder)) holder[indexOf(key, holder.length)] = value;
  else if (isMap(holder)) setOwn(holder, key, value);
  else throw unprocessable();
  return document;
}

function remove(document: Json, path: string): Json {
  const { holder, key } = holderOf(document, path);
  if (Array.isArray(holder)) holder.splice(indexOf(key, holder.length), 1);
  else if (isMap(holder) && Object.hasOwn(holder, key)) delete holder[key];
  else throw unprocessable();
  return document;
}
