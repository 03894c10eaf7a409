import { parseFieldPath } from './field-path.ts';
import { isJsonObject, listAt, property } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';

const mostAnswers = 1000;

/**
 * Reads from an `openAPIV3Schema` what items of a list are known by: the answer to
 * `DiffOptions.listKeys`. A list of `x-kubernetes-list-type: map` has its
 * `x-kubernetes-list-map-keys` (KEP-555); any other, and what the schema does not describe, has
 * none. Answers are kept, so many of them: the same few paths are asked for with every change, but
 * the keys of a map are in them.
 */
export function schemaListKeys(
  schema: JsonObject,
): (path: string) => readonly string[] | undefined {
  const known = new Map<string, readonly string[] | undefined>();
  return (path) => {
    if (known.has(path)) return known.get(path);
    const keys = mapKeys(schemaAt(schema, path));
    if (known.size < mostAnswers) known.set(path, keys);
    return keys;
  };
}

function mapKeys(list: JsonValue | undefined): readonly string[] | undefined {
  if (property(list, 'x-kubernetes-list-type') !== 'map') return undefined;
  const keys = listAt(list, 'x-kubernetes-list-map-keys').filter((key) => typeof key === 'string');
  return keys.length === 0 ? undefined : keys;
}

/** `path` has `[]` for every item, which is read here as an item at some place. */
function schemaAt(root: JsonObject, path: string): JsonValue | undefined {
  let schema: JsonValue | undefined = root;
  for (const segment of parseFieldPath(path.replaceAll('[]', '[0]')) ?? []) {
    schema =
      segment.kind === 'field' ? fieldSchema(schema, segment.name) : property(schema, 'items');
  }
  return schema;
}

function fieldSchema(schema: JsonValue | undefined, name: string): JsonValue | undefined {
  const properties = property(schema, 'properties');
  if (isJsonObject(properties) && Object.hasOwn(properties, name)) return properties[name];
  return property(schema, 'additionalProperties');
}
