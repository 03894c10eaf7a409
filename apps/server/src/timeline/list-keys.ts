import { schemaListKeys, type DiffOptions, type JsonObject } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';

/**
 * By what the schema of a resource says that list items are known; undefined where no schema is
 * known, and natural keys must do. Read once for each schema.
 */
export function createListKeys(
  schemaOf: (resource: ResourceRef) => JsonObject | undefined,
): (resource: ResourceRef) => DiffOptions['listKeys'] {
  const known = new WeakMap<JsonObject, NonNullable<DiffOptions['listKeys']>>();
  return (resource) => {
    const schema = schemaOf(resource);
    if (schema === undefined) return undefined;
    const listKeys = known.get(schema) ?? schemaListKeys(schema);
    known.set(schema, listKeys);
    return listKeys;
  };
}
