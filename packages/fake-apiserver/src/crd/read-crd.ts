import { ensureMap, isMap, type Json, type JsonMap } from '../json.ts';
import { goNumber, isNumber } from '../schema/go-text.ts';
import { DecodeError } from '../write/object-meta.ts';
import { CRD_TYPES } from './crd-fields.ts';

/** Where reading is, as Go's errors name it and as warnings do. */
interface Place {
  readonly struct: string;
  readonly goPath: string;
  readonly path: string;
  /** Paths of what no type knows, in the order in which they come. */
  readonly unknown: string[];
}

/**
 * Reads a CRD as Go's type: what the type does not know is taken out, and what is empty becomes
 * what Go writes for it. Changes `crd`; returns the paths of what it took. Throws a
 * {@link DecodeError} for the first value of a wrong type.
 */
export function readCrd(crd: JsonMap): string[] {
  const unknown: string[] = [];
  for (const key of Object.keys(crd)) {
    if (key === 'apiVersion' || key === 'kind' || key === 'metadata') continue;
    const type = key === 'spec' || key === 'status' ? STRUCTS[key] : undefined;
    if (type === undefined) {
      unknown.push(key);
      delete crd[key];
      continue;
    }
    const place = { struct: 'CustomResourceDefinition', goPath: key, path: key, unknown };
    crd[key] = readStruct(crd[key] ?? {}, type, place);
  }
  for (const [key, type] of Object.entries(STRUCTS)) {
    if (crd[key] === undefined) fillEmpty(ensureMap(crd, key), type);
  }
  return unknown;
}

const STRUCTS = {
  spec: 'CustomResourceDefinitionSpec',
  status: 'CustomResourceDefinitionStatus',
} as const;

function refuse(value: Json, type: string, { struct, goPath }: Place): never {
  throw new DecodeError(
    `json: cannot unmarshal ${goName(value)} into Go struct field ${struct}.${goPath} of type ${type}`,
  );
}

/** What Go's decoder calls a value. */
function goName(value: Json): string {
  if (isNumber(value)) return 'number';
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? 'array' : typeof value;
}

function readStruct(value: Json, type: string, place: Place): JsonMap {
  if (!isMap(value)) return refuse(value, `v1.${type}`, place);
  const fields = CRD_TYPES[type] ?? {};
  for (const key of Object.keys(value)) {
    const path = place.path === '' ? key : `${place.path}.${key}`;
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field === undefined) {
      place.unknown.push(path);
      delete value[key];
      continue;
    }
    const read = readField(value[key] ?? null, field, {
      ...place,
      struct: type,
      goPath: `${place.goPath}.${key}`,
      path,
    });
    if (read === undefined) delete value[key];
    else value[key] = read;
  }
  fillEmpty(value, type);
  return value;
}

/** Puts in what Go writes even when nothing was said. */
function fillEmpty(map: JsonMap, type: string): void {
  for (const [key, field] of Object.entries(CRD_TYPES[type] ?? {})) {
    if (!field.endsWith('!') || map[key] !== undefined) continue;
    const kind = field.slice(0, -1);
    if (kind === 'string') map[key] = '';
    else if (kind === 'bool') map[key] = false;
    else if (kind.startsWith('[]')) map[key] = null;
    else fillEmpty(ensureMap(map, key), kind);
  }
}

/** The value as Go has it; undefined where that is not written. */
function readField(value: Json, field: string, place: Place): Json | undefined {
  const mark = /[!*]$/.exec(field)?.[0] ?? '';
  const kind = field.slice(0, field.length - mark.length);
  if (value === null) return undefined;
  const read = readValue(value, kind, place);
  if (mark !== '' || kind === 'json' || read === undefined) return read;
  const isEmpty =
    read === '' ||
    read === false ||
    (isNumber(read) && goNumber(read).value === 0) ||
    (Array.isArray(read) && read.length === 0) ||
    (kind.startsWith('{}') && isMap(read) && Object.keys(read).length === 0);
  return isEmpty ? undefined : read;
}

function readValue(value: Json, kind: string, place: Place): Json | undefined {
  if (kind.startsWith('[]')) return readList(value, kind.slice(2), place);
  if (kind.startsWith('{}')) return readMap(value, kind.slice(2), place);
  switch (kind) {
    case 'string':
      return typeof value === 'string' ? value : refuse(value, kind, place);
    case 'bool':
      return typeof value === 'boolean' ? value : refuse(value, kind, place);
    case 'int32':
    case 'int64':
    case 'float64':
      return readNumber(value, kind, place);
    case 'json':
      return value;
    case 'schemaOrBool':
      if (typeof value === 'boolean') return value;
      if (!isMap(value)) throw new DecodeError('boolean or JSON schema expected');
      return readStruct(value, 'JSONSchemaProps', place);
    case 'schemaOrList':
      if (Array.isArray(value)) return readList(value, 'JSONSchemaProps', place);
      return isMap(value) ? readStruct(value, 'JSONSchemaProps', place) : undefined;
    case 'schemaOrStrings':
      if (Array.isArray(value)) return readList(value, 'string', place);
      return isMap(value) ? readStruct(value, 'JSONSchemaProps', place) : null;
    default:
      return readStruct(value, kind, place);
  }
}

const INT32 = 2 ** 31;

function readNumber(value: Json, kind: string, place: Place): Json {
  if (!isNumber(value)) return refuse(value, kind, place);
  const number = goNumber(value);
  const source = typeof value === 'number' ? String(value) : value.rawJSON;
  const fits =
    kind === 'float64' ||
    (number.integer && (kind === 'int64' || (number.value >= -INT32 && number.value < INT32)));
  if (fits) return number.integer ? value : number.value;
  throw new DecodeError(
    `json: cannot unmarshal number ${source} into Go struct field ${place.struct}.${place.goPath} of type ${kind}`,
  );
}

function readList(value: Json, kind: string, place: Place): Json[] {
  if (!Array.isArray(value)) return refuse(value, `[]${goType(kind)}`, place);
  return value.map((item, index) => {
    if (kind === 'json') return item;
    const empty = kind === 'string' ? '' : {};
    const at = { ...place, path: `${place.path}[${index}]` };
    return readValue(item ?? empty, kind, at) ?? empty;
  });
}

function readMap(value: Json, kind: string, place: Place): JsonMap {
  if (!isMap(value)) return refuse(value, `map[string]${goType(kind)}`, place);
  for (const key of Object.keys(value)) {
    const at = { ...place, path: `${place.path}.${key}` };
    value[key] = readValue(value[key] ?? {}, kind, at) ?? {};
  }
  return value;
}

function goType(kind: string): string {
  if (kind === 'string') return kind;
  if (kind === 'schemaOrStrings') return 'v1.JSONSchemaPropsOrStringArray';
  return kind === 'json' ? 'v1.JSON' : `v1.${kind}`;
}
