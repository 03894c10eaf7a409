import { isMap, type Json, type JsonMap } from '../../json.ts';
import { goNumber, isNumber } from '../../schema/go-text.ts';
import { DecodeError, goTypeOf } from '../../write/object-meta.ts';
import { TYPE_DEFAULTS } from '../defaults/type-defaults.ts';
import { canonicalQuantity } from './quantity.ts';
import { structFields, structName, type StructField } from './struct-fields.ts';
import { canonicalTime } from './times.ts';

/** Where reading is: the struct around, the path as Go's errors have it, and as warnings have it. */
interface Place {
  readonly struct: string;
  readonly goPath: string;
  readonly path: string;
  /** Paths of what no struct knows, in the order in which they come. */
  readonly unknown: string[];
  /** Whether defaults are filled in. */
  readonly defaults: boolean;
}

const nowhere = (defaults: boolean): Place => ({
  struct: '',
  goPath: '',
  path: '',
  unknown: [],
  defaults,
});

/** Whether the Go type of a kind is known, so that {@link readTyped} can read it. */
export function isTyped(message: string): boolean {
  return structFields(message) !== undefined;
}

/**
 * Reads an object of one of Kubernetes' own kinds as the real server does: into its Go type and out
 * again. What the type does not know is taken out, nulls and empty values go or become what Go writes
 * for them, times and quantities get their one form, and defaults are filled in. Changes `object`; returns the paths of what it
 * took out. Throws a `DecodeError` for the first value of a wrong type.
 */
export function readTyped(message: string, object: JsonMap): string[] {
  const { apiVersion, kind } = object;
  delete object['apiVersion'];
  delete object['kind'];
  const place = { ...nowhere(true), struct: structName(message) };
  readStruct(object, message, place);
  if (apiVersion !== undefined) object['apiVersion'] = apiVersion;
  if (kind !== undefined) object['kind'] = kind;
  return place.unknown;
}

/** The one kind that lies whole inside another, with its own kind and version: in a StatefulSet. */
const TYPED_INSIDE = 'core.v1.PersistentVolumeClaim';

function readStruct(map: JsonMap, message: string, place: Place): void {
  const fields = structFields(message);
  if (fields === undefined) return;
  for (const key of Object.keys(map)) {
    const field = fields.get(key);
    if (field === undefined) {
      if (message === TYPED_INSIDE && (key === 'apiVersion' || key === 'kind')) continue;
      place.unknown.push(join(place.path, key));
      delete map[key];
      continue;
    }
    const value = readField(map[key] ?? null, field, {
      ...place,
      goPath: join(place.goPath, field.goPath),
      path: join(place.path, key),
    });
    if (value === undefined) delete map[key];
    else map[key] = value;
  }
  for (const field of fields.values()) {
    if (field.zero === 'left-out' || field.zero === undefined) continue;
    map[field.key] ??= field.zero === 'null' ? null : zeroOf(field, place.defaults);
  }
  if (place.defaults) TYPE_DEFAULTS.get(message)?.(map);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** Undefined for what Go leaves out. */
function readField(value: Json, field: StructField, place: Place): Json | undefined {
  if (value === null) return undefined;
  if (field.repeated) return readList(value, field, place);
  if (field.map) return readMap(value, field, place);
  const read = readValue(value, field, place);
  const isEmptyBytes = field.type === 'bytes' && read === '';
  return isEmptyBytes || (field.zero === 'left-out' && isZero(read)) ? undefined : read;
}

function isZero(value: Json): boolean {
  return value === '' || value === 0 || value === false;
}

function readList(value: Json, field: StructField, place: Place): Json | undefined {
  if (!Array.isArray(value)) throw mismatch(value, `[]${goTypeName(field)}`, place);
  if (value.length === 0) return field.zero === 'null' ? value : undefined;
  return value.map((item, index) => {
    if (item === null) return zeroOf({ ...field, repeated: false }, place.defaults);
    return readValue(item, field, { ...place, path: `${place.path}[${index}]` });
  });
}

function readMap(value: Json, field: StructField, place: Place): Json | undefined {
  if (!isMap(value)) throw mismatch(value, `map[string]${goTypeName(field)}`, place);
  const entries = Object.entries(value);
  if (entries.length === 0) return undefined;
  for (const [key, item] of entries) {
    value[key] =
      item === null || item === undefined
        ? zeroOf({ ...field, map: false }, place.defaults)
        : readValue(item, field, { ...place, path: join(place.path, key) });
  }
  return value;
}

function readValue(value: Json, field: StructField, place: Place): Json {
  switch (field.type) {
    case 'string':
      if (typeof value !== 'string') throw mismatch(value, goTypeName(field), place);
      return value;
    case 'bool':
      if (typeof value !== 'boolean') throw mismatch(value, 'bool', place);
      return value;
    case 'int32':
    case 'int64':
      return readInteger(value, field.type, place);
    case 'float64':
      if (!isNumber(value)) throw mismatch(value, 'float64', place);
      return value;
    case 'bytes':
      return readBytes(value, place);
    case 'Quantity':
      return readQuantity(value);
    case 'Time':
    case 'MicroTime':
      if (typeof value !== 'string') throw mismatch(value, 'string', place);
      return orDecodeError(() => canonicalTime(value, field.type === 'MicroTime'));
    case 'IntOrString':
      return typeof value === 'string' ? value : readInteger(value, 'int32', place);
    case 'FieldsV1':
    case 'RawExtension':
      return value;
    default:
      return readMessage(value, field, place);
  }
}

function readMessage(value: Json, field: StructField, place: Place): Json {
  // `ExtraValue` is a list of texts with a name of its own.
  if (field.type.endsWith('.ExtraValue')) return value;
  if (!isMap(value)) throw mismatch(value, goTypeName(field), place);
  readStruct(value, field.type, { ...place, struct: structName(field.type) });
  return value;
}

const INT32_LIMIT = 2 ** 31;

function readInteger(value: Json, type: 'int32' | 'int64', place: Place): Json {
  if (!isNumber(value)) throw mismatch(value, type, place);
  const number = goNumber(value);
  const fits = type === 'int64' || (number.value < INT32_LIMIT && number.value >= -INT32_LIMIT);
  if (number.integer && fits) return value;
  const source = typeof value === 'number' ? String(value) : value.rawJSON;
  throw unreadable(`number ${source}`, type, place);
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

function readBytes(value: Json, place: Place): Json {
  if (Array.isArray(value)) return Buffer.from(value.map(Number)).toString('base64');
  if (typeof value !== 'string') throw mismatch(value, '[]uint8', place);
  const text = value.replaceAll(/[\r\n]/g, '');
  if (BASE64.test(text) && text.length % 4 === 0) return text;
  throw new DecodeError(`illegal base64 data at input byte ${illegalByte(text)}`);
}

function illegalByte(text: string): number {
  const [legal = ''] = /^[A-Za-z0-9+/]*/.exec(text) ?? [];
  if (legal.length < text.length && text[legal.length] !== '=') return legal.length;
  return text.length - (text.length % 4);
}

function readQuantity(value: Json): Json {
  const text =
    typeof value === 'string' ? value.trim() : isNumber(value) ? JSON.stringify(value) : '?';
  return orDecodeError(() => canonicalQuantity(text));
}

function orDecodeError(read: () => string): string {
  try {
    return read();
  } catch (error) {
    throw new DecodeError(error instanceof Error ? error.message : String(error));
  }
}

/** What Go writes for a value that nobody gave. */
function zeroOf(field: StructField, defaults: boolean): Json {
  switch (field.type) {
    case 'string':
    case 'bytes':
      return '';
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
    case 'float64':
    case 'IntOrString':
      return 0;
    case 'Quantity':
      return '0';
    case 'Time':
    case 'MicroTime':
    case 'FieldsV1':
    case 'RawExtension':
      return null;
    default:
      return makeStruct(field.type, defaults);
  }
}

function makeStruct(message: string, defaults: boolean): JsonMap {
  const made: JsonMap = {};
  readStruct(made, message, nowhere(defaults));
  return made;
}

/** A new struct, with its defaults. */
export function newStruct(message: string): JsonMap {
  return makeStruct(message, true);
}

/** A struct of which nothing is said, as Go writes it: without defaults. */
export function emptyStruct(message: string): JsonMap {
  return makeStruct(message, false);
}

function goTypeName({ type, goType }: StructField): string {
  if (goType !== undefined) return goType;
  if (type === 'bytes') return '[]uint8';
  if (type === 'Quantity') return 'resource.Quantity';
  const [, version, name] = type.split('.');
  return name === undefined ? type : `${version ?? ''}.${name}`;
}

function mismatch(value: Json, wanted: string, place: Place): DecodeError {
  const found = isNumber(value) ? 'number' : goTypeOf(value);
  return unreadable(found, wanted, place);
}

function unreadable(found: string, wanted: string, { struct, goPath }: Place): DecodeError {
  return new DecodeError(
    `json: cannot unmarshal ${found} into Go struct field ${struct}.${goPath} of type ${wanted}`,
  );
}
