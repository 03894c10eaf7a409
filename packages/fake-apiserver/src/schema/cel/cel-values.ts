import type { Json } from '../../json.ts';
import { isMap } from '../../json.ts';
import { hasFormat } from '../formats.ts';
import { goNumber, isNumber } from '../go-text.ts';
import { schemaOfKey, type Schema } from '../schema.ts';
import { durationOf } from './cel-rules.ts';

/** What of a resource's metadata a rule can see. */
const METADATA = ['name', 'generateName'] as const;

/**
 * A value as a rule sees it: integers are of arbitrary size, texts with a format are what the format
 * says, of an object there is what its schema declares, and keys are written so that they can be
 * (apiserver pkg/cel/escaping.go). `root`: it is a resource, and has a type and a name besides.
 */
export function celValue(value: Json, schema: Schema | undefined, root = false): unknown {
  if (typeof value === 'string') return textValue(value, schema?.format ?? '');
  if (isNumber(value)) {
    const number = goNumber(value);
    const isInteger = schema?.type === 'integer' || (number.integer && schema?.type !== 'number');
    return isInteger
      ? BigInt(number.integer ? number.text : Math.trunc(number.value))
      : number.value;
  }
  if (Array.isArray(value)) return value.map((item) => celValue(item, schema?.items));
  if (!isMap(value)) return value;
  if (schema?.properties === undefined && !root && schema?.embedded !== true) {
    return new Map(
      Object.entries(value).map(([key, item]) => [
        key,
        celValue(item ?? null, schemaOfKey(schema, key)),
      ]),
    );
  }
  const fields: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const inner = schemaOfKey(schema, key);
    if (inner === undefined || item === undefined) continue;
    // What may be null and is has not been given, to a rule.
    if (item !== null || !inner.nullable) fields[escapeKey(key)] = celValue(item, inner);
  }
  if (root || schema?.embedded === true) addTypeAndName(fields, value);
  return fields;
}

function addTypeAndName(
  fields: Record<string, unknown>,
  value: { [key: string]: Json | undefined },
): void {
  const metadata: Record<string, unknown> = {};
  const given = value['metadata'];
  for (const key of METADATA) {
    if (isMap(given) && typeof given[key] === 'string') metadata[key] = given[key];
  }
  fields['metadata'] = metadata;
  for (const key of ['apiVersion', 'kind']) {
    if (typeof value[key] === 'string') fields[key] = value[key];
  }
}

function textValue(text: string, format: string): unknown {
  if (format === '' || !hasFormat(format, text)) return text;
  if (format === 'date' || format === 'date-time') return new Date(text);
  if (format === 'byte') return Uint8Array.from(Buffer.from(text, 'base64'));
  if (format === 'duration') return durationOf(text) ?? text;
  return text;
}

const RESERVED = new Set([
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
]);

/** How a rule writes the name of a field that is no identifier of CEL's. */
export function escapeKey(key: string): string {
  if (RESERVED.has(key)) return `__${key}__`;
  return key
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}
