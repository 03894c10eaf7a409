import { clone, isMap, ownAt, setOwn, type Json, type JsonMap } from '../json.ts';
import { schemaOf, type Schema } from './schema.ts';

/**
 * Fills in the defaults of a structural schema, level by level, and drops nulls where none may be
 * (apiextensions-apiserver pkg/apiserver/schema/defaulting). Changes `value`.
 */
export function applyDefaults(value: Json | undefined, source: JsonMap): void {
  if (value !== undefined) settle(value, schemaOf(source));
}

function settle(value: Json, schema: Schema): void {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items !== undefined) settleList(value, items);
  } else if (isMap(value)) settleMap(value, schema);
}

function settleList(list: Json[], items: Schema): void {
  for (let index = 0; index < list.length; index += 1) {
    let item = list[index] ?? null;
    if (item === null && !items.nullable && items.fallback !== undefined) {
      item = clone(items.fallback);
      list[index] = item;
    }
    if (typeof item === 'object' && item !== null) settle(item, items);
  }
}

function settleMap(map: JsonMap, schema: Schema): void {
  const { properties, defaulted, others } = schema;
  for (const key of Object.keys(map)) {
    const inner = properties?.get(key) ?? others;
    if (typeof inner !== 'object') continue;
    const value = map[key];
    if (value === null && !inner.nullable) {
      if (inner.fallback === undefined) delete map[key];
      else map[key] = settled(inner.fallback, inner);
    } else if (typeof value === 'object' && value !== null) settle(value, inner);
  }
  for (const [key, property] of defaulted) {
    if (ownAt(map, key) === undefined && property.fallback !== undefined) {
      setOwn(map, key, settled(property.fallback, property));
    }
  }
}

/** A default has defaults of its own. */
function settled(fallback: Json, schema: Schema): Json {
  const value = clone(fallback);
  settle(value, schema);
  return value;
}
