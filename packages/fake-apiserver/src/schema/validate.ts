import { isLosslessNumber } from '@kindscope/kube';
import { isMap, listAt, mapAt, stringAt, stringsAt, type Json, type JsonMap } from '../json.ts';
import type { Cause } from '../status.ts';
import { combinationCauses } from './combinations.ts';
import { elementCauses } from './list-elements.ts';
import { invalidValue, numberCauses, numberOf, stringCauses } from './scalars.ts';

/**
 * What is wrong with a value by its OpenAPI v3 schema, in the words of kube-openapi's validation;
 * empty when nothing is. `path` is the field's name, as `spec.size`.
 */
function schemaCauses(value: Json, schema: JsonMap, path: string): Cause[] {
  if (value === null && schema['nullable'] === true) return [];
  const mismatch = typeCause(value, schema, path);
  const listed = enumCauses(value, schema, path);
  if (mismatch !== undefined) return [mismatch, ...listed];
  return [
    ...listed,
    ...contentCauses(value, schema, path),
    ...combinationCauses(value, schema, path, schemaCauses),
  ];
}

function contentCauses(value: Json, schema: JsonMap, path: string): Cause[] {
  if (typeof value === 'string') return stringCauses(value, schema, path);
  if (typeof value === 'number' || isLosslessNumber(value)) {
    return numberCauses(value, schema, path);
  }
  if (Array.isArray(value)) return listCauses(value, schema, path);
  return isMap(value) ? mapCauses(value, schema, path) : [];
}

function typeCause(value: Json, schema: JsonMap, path: string): Cause | undefined {
  const wanted = wantedTypes(schema);
  const found = typeOf(value);
  if (wanted.length === 0 || wanted.includes(found)) return undefined;
  if (found === 'integer' && wanted.includes('number')) return undefined;
  return {
    reason: 'FieldValueTypeInvalid',
    message: `Invalid value: "${found}": ${path} in body must be of type ${wanted.join(',')}: "${found}"`,
    field: path,
  };
}

function wantedTypes(schema: JsonMap): readonly string[] {
  if (schema['x-kubernetes-int-or-string'] === true) return ['integer', 'string'];
  const type = stringAt(schema, 'type');
  return type === undefined || type === '' ? [] : [type];
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number' || isLosslessNumber(value)) {
    return Number.isInteger(numberOf(value)) ? 'integer' : 'number';
  }
  return typeof value;
}

function enumCauses(value: Json, schema: JsonMap, path: string): Cause[] {
  const allowed = schema['enum'];
  if (!Array.isArray(allowed)) return [];
  const text = JSON.stringify(value);
  const texts = allowed.map((item) => JSON.stringify(item));
  if (texts.includes(text)) return [];
  const message = `Unsupported value: ${text}: supported values: ${texts.join(', ')}`;
  return [{ reason: 'FieldValueNotSupported', message, field: path }];
}

function listCauses(list: readonly Json[], schema: JsonMap, path: string): Cause[] {
  const items = mapAt(schema, 'items');
  const { minItems, maxItems } = schema;
  const causes: Cause[] = [];
  if (typeof minItems === 'number' && list.length < minItems) {
    causes.push(
      invalidValue(path, list.length, `${path} in body should have at least ${minItems} items`),
    );
  }
  if (typeof maxItems === 'number' && list.length > maxItems) {
    const message = `Too many: ${list.length}: must have at most ${maxItems} items`;
    causes.push({ reason: 'FieldValueTooMany', message, field: path });
  }
  if (items !== undefined) {
    for (const [index, item] of list.entries()) {
      causes.push(...schemaCauses(item, items, `${path}[${index}]`));
    }
  }
  return [...causes, ...elementCauses(list, schema, path)];
}

function mapCauses(map: JsonMap, schema: JsonMap, path: string): Cause[] {
  const properties = mapAt(schema, 'properties') ?? {};
  const others = mapAt(schema, 'additionalProperties');
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const causes = sizeCauses(map, schema, path);
  for (const key of stringsAt(schema, 'required')) {
    if (map[key] !== undefined) continue;
    causes.push({ reason: 'FieldValueRequired', message: 'Required value', field: at(key) });
  }
  for (const [key, value] of Object.entries(map)) {
    const declared = properties[key];
    const own = isMap(declared) ? declared : others;
    if (own !== undefined && value !== undefined) causes.push(...schemaCauses(value, own, at(key)));
  }
  return causes;
}

function sizeCauses(map: JsonMap, schema: JsonMap, path: string): Cause[] {
  const size = Object.keys(map).length;
  const { minProperties, maxProperties } = schema;
  if (typeof minProperties === 'number' && size < minProperties) {
    const why = `${path} in body should have at least ${minProperties} properties`;
    return [invalidValue(path, size, why)];
  }
  if (typeof maxProperties === 'number' && size > maxProperties) {
    const message = `Too many: ${size}: must have at most ${maxProperties} items`;
    return [{ reason: 'FieldValueTooMany', message, field: path }];
  }
  return [];
}

/** The same for a whole object: its own keys are checked, its metadata is not the schema's. */
export function objectCauses(object: JsonMap, schema: JsonMap): Cause[] {
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...body } = object;
  const required = listAt(schema, 'required').filter(
    (key) => key !== 'apiVersion' && key !== 'kind' && key !== 'metadata',
  );
  return schemaCauses(body, { ...schema, required }, '');
}
