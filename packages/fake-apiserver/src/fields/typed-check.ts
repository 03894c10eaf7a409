import { isMap, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import { goQuote, isNumber } from '../schema/go-text.ts';
import { showElement } from './field-path.ts';
import { goTypeName, plainValue } from './go-value.ts';
import { elementOf, OBJECT_META, shapeOfSchema } from './shape.ts';

/**
 * What keeps an applied object from being of its type (structured-merge-diff typed/validate.go); the
 * empty list where nothing does. Every text names its field.
 */
export function typeFaults(object: JsonMap, schema: JsonMap | undefined): string[] {
  const properties = { ...mapAt(schema, 'properties'), ...WHOLE_OBJECT };
  if (schema !== undefined) return faultsOf(object, { ...schema, properties }, '');
  return faultsOf(object['metadata'] ?? null, OBJECT_META, '.metadata');
}

const WHOLE_OBJECT = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: OBJECT_META,
};

function faultsOf(value: Json, schema: JsonMap, path: string): string[] {
  if (value === null) return [];
  const fault = (why: string): string[] => [`${path}: ${why}`];
  switch (stringAt(schema, 'type')) {
    case 'string':
      return typeof value === 'string' ? [] : fault(`expected string, got ${shown(value)}`);
    case 'boolean':
      return typeof value === 'boolean' ? [] : fault(`expected boolean, got ${shown(value)}`);
    case 'integer':
    case 'number':
      if (isNumber(value)) return [];
      return fault(`expected numeric (int or float), got ${goTypeName(value)}`);
    case 'array':
      if (!Array.isArray(value)) return fault(`expected list, got &{${plainValue(value)}}`);
      return listFaults(value, schema, path);
    case 'object':
      if (!isMap(value)) return fault(`expected map, got &{${plainValue(value)}}`);
      return mapFaults(value, schema, path);
    default:
      return [];
  }
}

function mapFaults(map: JsonMap, schema: JsonMap, path: string): string[] {
  const properties = mapAt(schema, 'properties');
  const others = mapAt(schema, 'additionalProperties');
  const closed =
    properties !== undefined &&
    schema['additionalProperties'] === undefined &&
    schema['x-kubernetes-preserve-unknown-fields'] !== true;
  return Object.entries(map).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const inner = mapAt(properties, key) ?? others;
    if (inner !== undefined) return faultsOf(value, inner, `${path}.${key}`);
    return closed ? [`${path}.${key}: field not declared in schema`] : [];
  });
}

function listFaults(list: readonly Json[], schema: JsonMap, path: string): string[] {
  const items = mapAt(schema, 'items') ?? {};
  const shape = shapeOfSchema(schema);
  const seen = new Set<string>();
  return list.flatMap((item, index) => {
    if (shape.list === 'atomic') return faultsOf(item, items, `${path}[${index}]`);
    if (shape.list === 'map' && !isMap(item)) {
      return [
        `${path}: element ${index}: associative list with keys may not have non-map elements`,
      ];
    }
    const element = elementOf(shape, item);
    if (element === undefined) return [];
    if (seen.has(element)) {
      return [`${path}: duplicate entries for key ${showElement(element)}`];
    }
    seen.add(element);
    return faultsOf(item, items, `${path}${showElement(element)}`);
  });
}

/** `%#v` of a value in Go's wrapping. */
function shown(value: Json): string {
  const text = typeof value === 'string' ? goQuote(value) : plainValue(value);
  return `&value.valueUnstructured{Value:${text}}`;
}
