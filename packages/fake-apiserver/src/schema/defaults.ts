import { clone, isMap, mapAt, type Json, type JsonMap } from '../json.ts';

/**
 * Fills in the defaults of a structural schema, level by level
 * (apiextensions-apiserver pkg/apiserver/schema/defaulting). Changes `value`.
 */
export function applyDefaults(value: Json | undefined, schema: JsonMap): void {
  if (Array.isArray(value)) {
    const items = mapAt(schema, 'items');
    if (items !== undefined) for (const item of value) applyDefaults(item, items);
  } else if (isMap(value)) applyMapDefaults(value, schema);
}

function applyMapDefaults(map: JsonMap, schema: JsonMap): void {
  const properties = mapAt(schema, 'properties') ?? {};
  for (const [key, property] of Object.entries(properties)) {
    if (!isMap(property)) continue;
    const fallback = property['default'];
    // A null where none may be counts as absent.
    if (map[key] === null && property['nullable'] !== true) delete map[key];
    if (map[key] === undefined && fallback !== undefined) map[key] = clone(fallback);
    applyDefaults(map[key], property);
  }
  const others = mapAt(schema, 'additionalProperties');
  if (others === undefined) return;
  for (const key of Object.keys(map)) {
    if (properties[key] === undefined) applyDefaults(map[key], others);
  }
}
