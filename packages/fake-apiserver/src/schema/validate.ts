import { jsonEquals } from '@kindscope/kube';
import { isMap, ownAt, type Json, type JsonMap } from '../json.ts';
import type { Cause } from '../status.ts';
import { checkCombinations } from './combination-checks.ts';
import { correlatedItem, correlatedKey, isUnchanged, type Correlation } from './correlation.ts';
import { invalidValue, notSupported, required, tooMany, typeInvalid } from './field-errors.ts';
import { addCause, newFindings, type Findings } from './findings.ts';
import { goJson, goNumber, goQuote, isNumber } from './go-text.ts';
import { checkFormat, checkNumber, checkString, isNearlyInteger } from './scalar-checks.ts';
import type { Schema } from './schema.ts';

/**
 * What is wrong with a value by its schema, in the words and the order of kube-openapi
 * pkg/validation/validate; empty when nothing is. Where an old value is given, mistakes in parts
 * of it that have not changed are let be (CRD validation ratcheting, KEP-4008).
 */
export function schemaCauses(value: Json, schema: Schema, old?: Json): Cause[] {
  const plain = newFindings();
  check(plain, value, schema, '', undefined);
  // What is good needs nobody's leave, so that correlating is for the bad ones alone.
  if (plain.causes.length === 0 || old === undefined) return plain.causes.map(withoutDot);
  const ratcheted = newFindings();
  check(ratcheted, value, schema, '', { value, old, schema });
  return ratcheted.causes.map(withoutDot);
}

/** Below the root of what is validated some paths start with a dot, which is taken off. */
function withoutDot(cause: Cause): Cause {
  const { field = '' } = cause;
  return field.startsWith('.') ? { ...cause, field: field.slice(1) } : cause;
}

function check(
  out: Findings,
  value: Json,
  schema: Schema,
  path: string,
  correlation: Correlation | undefined,
): void {
  const before = out.causes.length;
  checkValue(out, value, schema, path, correlation);
  if (out.causes.length === before || correlation === undefined) return;
  if (isUnchanged(correlation)) out.causes.length = before;
}

function checkValue(
  out: Findings,
  value: Json,
  schema: Schema,
  path: string,
  correlation: Correlation | undefined,
): void {
  if (value === null) {
    if (schema.types.length === 0 || schema.nullable) out.matches += 1;
    else refuseType(out, schema.types.join(','), 'null', path);
    checkAllowed(out, value, schema, path);
    return;
  }
  if (schema.types.length > 0 || schema.format !== '') {
    out.matches += 1;
    checkType(out, value, schema, path);
  }
  out.matches += 1;
  out.matches += 1;
  if (schema.combined) checkCombinations(out, schema, { value, path, correlation, check });
  if (typeof value === 'string') {
    out.matches += schema.format === '' ? 1 : 2;
    checkString(out, value, schema, path);
    checkFormat(out, value, schema, path);
  } else if (isNumber(value)) {
    out.matches += 1;
    checkNumber(out, value, schema, path);
  } else if (Array.isArray(value)) {
    out.matches += 1;
    checkList(out, value, schema, path, correlation);
  }
  out.matches += 1;
  checkAllowed(out, value, schema, path);
  if (isMap(value)) {
    out.matches += 1;
    checkMap(out, value, schema, path, correlation);
  }
  out.matches += 1;
}

function refuseType(out: Findings, wanted: string, found: string, path: string): void {
  const why = `${path} in body must be of type ${wanted}: ${goQuote(found)}`;
  addCause(out, typeInvalid(path, found, why));
}

/** kube-openapi pkg/validation/validate/type.go: formats bend what a type allows. */
function checkType(out: Findings, value: Json, schema: Schema, path: string): void {
  const { types, format } = schema;
  const found = typeOf(value);
  if (matchesType(value, found, types)) {
    out.matches += 1;
    return;
  }
  const isText = found === 'string' || found === 'array';
  if (format !== '' && !isText) {
    refuseType(out, format, formatOf(found), path);
    return;
  }
  const isNumeric = types.includes('number') || types.includes('integer');
  if (format !== '' && !isNumeric) {
    out.matches += 1;
    return;
  }
  refuseType(out, types.join(','), found, path);
}

function matchesType(value: Json, found: string, types: readonly string[]): boolean {
  if (types.includes(found)) return true;
  if (found === 'integer') return types.includes('number');
  return (
    found === 'number' &&
    isNumber(value) &&
    types.includes('integer') &&
    isNearlyInteger(goNumber(value).value)
  );
}

function formatOf(type: string): string {
  if (type === 'integer') return 'int64';
  return type === 'number' ? 'float64' : '';
}

function typeOf(value: Json): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number' && Number.isSafeInteger(value)) return 'integer';
  if (Array.isArray(value)) return 'array';
  if (isNumber(value)) return goNumber(value).integer ? 'integer' : 'number';
  return typeof value;
}

function checkAllowed(out: Findings, value: Json, schema: Schema, path: string): void {
  const { allowed } = schema;
  if (allowed.length === 0 || allowed.some((item) => isAllowed(value, item))) return;
  const texts = allowed.map((item) => (typeof item === 'string' ? item : goJson(item)));
  addCause(out, notSupported(path, value, texts));
}

function isAllowed(value: Json, item: Json): boolean {
  if (isNumber(value) && isNumber(item)) {
    const [a, b] = [goNumber(value), goNumber(item)];
    // The value takes the type of the item: an integer on the list lets fractions go.
    return b.integer && !a.integer ? Math.trunc(a.value) === b.value : a.value === b.value;
  }
  return item !== null && jsonEquals(value, item);
}

function checkList(
  out: Findings,
  list: readonly Json[],
  schema: Schema,
  path: string,
  correlation: Correlation | undefined,
): void {
  const { items, minItems, maxItems } = schema;
  if (items !== undefined) {
    for (let index = 0; index < list.length; index += 1) {
      const inner = correlation === undefined ? undefined : correlatedItem(correlation, index);
      check(out, list[index] ?? null, items, `${path}[${index}]`, inner);
    }
  }
  if (minItems !== undefined && list.length < minItems) {
    const why = `${path} in body should have at least ${minItems} items`;
    addCause(out, invalidValue(path, list.length, why));
  }
  if (maxItems !== undefined && list.length > maxItems) {
    addCause(out, tooMany(path, list.length, maxItems));
  }
  if (schema.uniqueItems && hasRepetition(list)) {
    addCause(out, invalidValue(path, '', `${path} in body shouldn't contain duplicates`));
  }
  out.matches += 1;
}

function hasRepetition(list: readonly Json[]): boolean {
  return list.some((item, index) => list.slice(0, index).some((other) => jsonEquals(item, other)));
}

function checkMap(
  out: Findings,
  map: JsonMap,
  schema: Schema,
  path: string,
  correlation: Correlation | undefined,
): void {
  const { minProperties, maxProperties, properties, others } = schema;
  const keys = Object.keys(map);
  if (minProperties !== undefined && keys.length < minProperties) {
    const why = `${path} in body should have at least ${minProperties} properties`;
    addCause(out, invalidValue(path, keys.length, why));
  }
  if (maxProperties !== undefined && keys.length > maxProperties) {
    addCause(out, tooMany(path, keys.length, maxProperties));
  }
  for (const key of keys) {
    const declared = properties?.get(key) ?? others;
    if (declared === undefined || declared === true) continue;
    if (declared === false) {
      const why = `${path}.${key} in body is a forbidden property`;
      addCause(out, invalidValue(path, key, why));
      continue;
    }
    const inner = correlation === undefined ? undefined : correlatedKey(correlation, key);
    // Kubernetes forgets at the root of what is validated that a path starts without a dot.
    const at = path === '' && properties?.has(key) === true ? key : `${path}.${key}`;
    check(out, map[key] ?? null, declared, at, inner);
  }
  for (const key of schema.required) {
    if (ownAt(map, key) === undefined) addCause(out, required(`${path}.${key}`));
  }
}
