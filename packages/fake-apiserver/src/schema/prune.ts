import { isMap, mapAt, type Json, type JsonMap } from '../json.ts';

const PRESERVE = 'x-kubernetes-preserve-unknown-fields';
const EMBEDDED = 'x-kubernetes-embedded-resource';

/** What every object has whatever its schema says. */
const OBJECT_FIELDS = new Set(['apiVersion', 'kind', 'metadata']);

/** apimachinery's ObjectMeta, and what was one of its fields once. */
const METADATA_FIELDS = new Set([
  'annotations',
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'finalizers',
  'generateName',
  'generation',
  'labels',
  'managedFields',
  'name',
  'namespace',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/**
 * Takes out of a custom resource what its structural schema does not specify
 * (apiextensions-apiserver pkg/apiserver/schema/pruning). Changes `object`; returns the paths of
 * what it took, as Kubernetes names them in warnings.
 */
export function pruneUnknown(object: JsonMap, schema: JsonMap): string[] {
  const inMetadata: string[] = [];
  const metadata = mapAt(object, 'metadata') ?? {};
  for (const key of Object.keys(metadata)) {
    if (METADATA_FIELDS.has(key)) continue;
    inMetadata.push(`metadata.${key}`);
    delete metadata[key];
  }
  const inBody: string[] = [];
  pruneMap(object, schema, true, '', inBody);
  return [...inMetadata.sort(), ...inBody.sort()];
}

function prune(value: Json | undefined, schema: JsonMap, path: string, found: string[]): void {
  if (Array.isArray(value)) {
    const items = mapAt(schema, 'items');
    if (items === undefined) return;
    for (const [index, item] of value.entries()) prune(item, items, `${path}[${index}]`, found);
  } else if (isMap(value)) {
    pruneMap(value, schema, schema[EMBEDDED] === true, path, found);
  }
}

function pruneMap(
  map: JsonMap,
  schema: JsonMap,
  isObject: boolean,
  path: string,
  found: string[],
): void {
  const properties = mapAt(schema, 'properties');
  const others = schema['additionalProperties'];
  for (const key of Object.keys(map)) {
    if (isObject && OBJECT_FIELDS.has(key)) continue;
    const at = path === '' ? key : `${path}.${key}`;
    const declared = mapAt(properties, key) ?? (isMap(others) ? others : undefined);
    if (declared !== undefined) prune(map[key], declared, at, found);
    else if (others !== true && schema[PRESERVE] !== true) {
      found.push(at);
      delete map[key];
    }
  }
}
