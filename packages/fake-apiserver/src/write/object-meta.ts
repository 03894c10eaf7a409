import { isMap, type Json, type JsonMap } from '../json.ts';
import { goNumber, isNumber } from '../schema/go-text.ts';

/** How Go reads a field of ObjectMeta: its type, as an error names it. */
type FieldType =
  | 'string'
  | 'int64'
  | 'bool'
  | 'time'
  | 'raw'
  | 'map[string]string'
  | '[]string'
  | '[]v1.OwnerReference'
  | '[]v1.ManagedFieldsEntry';

const OBJECT_META: ReadonlyMap<string, FieldType> = new Map([
  ['name', 'string'],
  ['generateName', 'string'],
  ['namespace', 'string'],
  ['selfLink', 'string'],
  ['uid', 'string'],
  ['resourceVersion', 'string'],
  ['generation', 'int64'],
  ['creationTimestamp', 'time'],
  ['deletionTimestamp', 'time'],
  ['deletionGracePeriodSeconds', 'int64'],
  ['labels', 'map[string]string'],
  ['annotations', 'map[string]string'],
  ['ownerReferences', '[]v1.OwnerReference'],
  ['finalizers', '[]string'],
  ['managedFields', '[]v1.ManagedFieldsEntry'],
]);

const OWNER_REFERENCE: ReadonlyMap<string, FieldType> = new Map([
  ['apiVersion', 'string'],
  ['kind', 'string'],
  ['name', 'string'],
  ['uid', 'string'],
  ['controller', 'bool'],
  ['blockOwnerDeletion', 'bool'],
]);

const MANAGED_FIELDS_ENTRY: ReadonlyMap<string, FieldType> = new Map([
  ['manager', 'string'],
  ['operation', 'string'],
  ['apiVersion', 'string'],
  ['time', 'time'],
  ['fieldsType', 'string'],
  ['fieldsV1', 'raw'],
  ['subresource', 'string'],
]);

/** Pointers in Go: zero is something else than nothing. */
const KEPT_WHEN_ZERO = new Set(['deletionGracePeriodSeconds', 'controller', 'blockOwnerDeletion']);

/** A body that Go's JSON decoder would not take; the message is Go's. */
export class DecodeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DecodeError';
  }
}

/**
 * Reads an object's metadata as Go's `ObjectMeta`: what is empty goes, a null counts as empty, and
 * what it does not know is left for who reports it. Changes `metadata`. `path` is where it lies in
 * the object, as an error of Go names it. Throws a `DecodeError`.
 */
export function readObjectMeta(metadata: JsonMap, path: string): void {
  readFields(metadata, OBJECT_META, 'ObjectMeta', path);
}

function readFields(
  map: JsonMap,
  fields: ReadonlyMap<string, FieldType>,
  struct: string,
  path: string,
): void {
  for (const key of Object.keys(map)) {
    const type = fields.get(key);
    if (type === undefined) continue;
    const at = path === '' ? key : `${path}.${key}`;
    const value = map[key];
    const read =
      value === null || value === undefined ? undefined : readField(value, type, struct, at);
    if (read === undefined || (isZero(read) && !KEPT_WHEN_ZERO.has(key))) delete map[key];
    else if (read !== value) map[key] = read;
  }
}

function readField(value: Json, type: FieldType, struct: string, path: string): Json {
  const refuse = (item: Json, wanted: string): never => {
    throw new DecodeError(
      `json: cannot unmarshal ${goTypeOf(item)} into Go struct field ${struct}.${path} of type ${wanted}`,
    );
  };
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : refuse(value, type);
    case 'bool':
      return typeof value === 'boolean' ? value : refuse(value, type);
    case 'int64':
      return isNumber(value) && goNumber(value).integer ? value : refuse(value, type);
    case 'time':
      return readTime(value);
    case 'raw':
      return value;
    case '[]string':
      if (!Array.isArray(value)) return refuse(value, type);
      return readItems(value, (item) =>
        item === null ? '' : typeof item === 'string' ? item : refuse(item, 'string'),
      );
    case 'map[string]string':
      if (!isMap(value)) return refuse(value, type);
      for (const [key, item] of Object.entries(value)) {
        if (typeof item === 'string') continue;
        value[key] = item === null || item === undefined ? '' : refuse(item, 'string');
      }
      return value;
    case '[]v1.OwnerReference':
      if (!Array.isArray(value)) return refuse(value, type);
      return readItems(value, (item) => readOwner(item ?? {}, refuse, path));
    case '[]v1.ManagedFieldsEntry':
      if (!Array.isArray(value)) return refuse(value, type);
      return readItems(value, (item) => {
        const entry = item ?? {};
        if (!isMap(entry)) return refuse(entry, 'v1.ManagedFieldsEntry');
        readFields(entry, MANAGED_FIELDS_ENTRY, 'ManagedFieldsEntry', path);
        return entry;
      });
  }
}

/** Go writes these four of an owner reference whether they are there or not. */
const OWNER_STRINGS = ['apiVersion', 'kind', 'name', 'uid'];

function readOwner(owner: Json, refuse: (item: Json, type: string) => never, path: string): Json {
  if (!isMap(owner)) return refuse(owner, 'v1.OwnerReference');
  for (const key of Object.keys(owner)) if (!OWNER_REFERENCE.has(key)) delete owner[key];
  readFields(owner, OWNER_REFERENCE, 'OwnerReference', path);
  for (const key of OWNER_STRINGS) owner[key] ??= '';
  return owner;
}

/** The list itself where nothing in it changes. */
function readItems(list: Json[], read: (item: Json) => Json): Json[] {
  for (const [index, item] of list.entries()) {
    const value = read(item);
    if (value !== item) list[index] = value;
  }
  return list;
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const LAYOUT = '2006-01-02T15:04:05Z07:00';

/** metav1.Time: RFC 3339, kept to the second in UTC. */
function readTime(value: Json): string {
  if (typeof value !== 'string') {
    throw new DecodeError(`json: cannot unmarshal ${goTypeOf(value)} into Go value of type string`);
  }
  const time = RFC3339.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new DecodeError(
      `parsing time ${JSON.stringify(value)} as "${LAYOUT}": cannot parse ${JSON.stringify(value)} as "2006"`,
    );
  }
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function isZero(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isMap(value)) return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}

/** What Go's JSON decoder calls a value. */
export function goTypeOf(value: Json): string {
  if (isNumber(value)) {
    const number = goNumber(value);
    return number.integer ? 'number' : `number ${number.text}`;
  }
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? 'array' : typeof value;
}
