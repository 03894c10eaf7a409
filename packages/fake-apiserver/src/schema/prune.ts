import { isMap, type Json, type JsonMap } from '../json.ts';
import { schemaOf, type Schema } from './schema.ts';

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

const OWNER_FIELDS = new Set([
  'apiVersion',
  'blockOwnerDeletion',
  'controller',
  'kind',
  'name',
  'uid',
]);

/**
 * Takes out of a custom resource what its structural schema does not specify
 * (apiextensions-apiserver pkg/apiserver/schema/pruning). Changes `object`; returns the paths of
 * what it took, as Kubernetes names them in warnings.
 */
export function pruneUnknown(object: JsonMap, source: JsonMap): string[] {
  const inBody: string[] = [];
  prune(object, rootSchemaOf(source), '', inBody);
  const embedded: string[] = [];
  pruneEmbeddedMetadata(object, schemaOf(source), '', embedded);
  return [...pruneMetadata(object, ''), ...inBody.sort(), ...embedded.sort()];
}

/** The same for a value inside; changes it. */
export function pruneValue(value: Json, source: JsonMap): void {
  prune(value, schemaOf(source), '', []);
}

const roots = new WeakMap<JsonMap, Schema>();

/** A resource's own schema: its root is an object with metadata without saying so. */
function rootSchemaOf(source: JsonMap): Schema {
  const found = roots.get(source);
  if (found !== undefined) return found;
  const root = { ...schemaOf(source), embedded: true };
  roots.set(source, root);
  return root;
}

/** Takes unknown fields out of an object's metadata; returns their paths. */
function pruneMetadata(object: JsonMap, path: string): string[] {
  const { metadata } = object;
  if (!isMap(metadata)) return [];
  const prefix = path === '' ? 'metadata' : `${path}.metadata`;
  const found: string[] = [];
  takeUnknown(metadata, METADATA_FIELDS, prefix, found);
  const { ownerReferences } = metadata;
  if (!Array.isArray(ownerReferences)) return found;
  for (const [index, owner] of ownerReferences.entries()) {
    if (isMap(owner))
      takeUnknown(owner, OWNER_FIELDS, `${prefix}.ownerReferences[${index}]`, found);
  }
  return found.sort();
}

function takeUnknown(
  map: JsonMap,
  known: ReadonlySet<string>,
  path: string,
  found: string[],
): void {
  for (const key of Object.keys(map)) {
    if (known.has(key)) continue;
    found.push(`${path}.${key}`);
    delete map[key];
  }
}

/** The same in every object that is embedded further inside. */
function pruneEmbeddedMetadata(
  value: Json | undefined,
  schema: Schema,
  path: string,
  found: string[],
): void {
  if (!holdsEmbedded(schema)) return;
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items === undefined) return;
    for (const [index, item] of value.entries()) {
      pruneEmbeddedMetadata(item, items, `${path}[${index}]`, found);
    }
  } else if (isMap(value)) {
    if (schema.embedded) found.push(...pruneMetadata(value, path));
    for (const key of Object.keys(value)) {
      const inner = schema.properties?.get(key) ?? schema.others;
      if (typeof inner !== 'object') continue;
      pruneEmbeddedMetadata(value[key], inner, path === '' ? key : `${path}.${key}`, found);
    }
  }
}

const embedding = new WeakMap<Schema, boolean>();

/** Whether there can be an embedded object anywhere below; most schemas have none. */
export function holdsEmbedded(schema: Schema): boolean {
  const found = embedding.get(schema);
  if (found !== undefined) return found;
  // Taken for none while it is looked at: a schema may contain itself.
  embedding.set(schema, false);
  const parts = [...(schema.properties?.values() ?? []), schema.items, schema.others];
  const holds =
    schema.embedded || parts.some((part) => typeof part === 'object' && holdsEmbedded(part));
  embedding.set(schema, holds);
  return holds;
}

function prune(value: Json, schema: Schema | undefined, path: string, found: string[]): void {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item = value[index];
      if (typeof item !== 'object' || item === null) continue;
      if (schema?.preserve !== true) prune(item, schema?.items, `${path}[${index}]`, found);
      else if (schema.items !== undefined) {
        // What is preserved is preserved in its items too.
        prune(item, { ...schema.items, preserve: true }, `${path}[${index}]`, found);
      }
    }
  } else if (isMap(value)) pruneMap(value, schema, path, found);
}

function pruneMap(map: JsonMap, schema: Schema | undefined, path: string, found: string[]): void {
  for (const key of Object.keys(map)) {
    if (schema?.embedded === true && OBJECT_FIELDS.has(key)) continue;
    const value = map[key];
    const declared = schema?.properties?.get(key) ?? schema?.others;
    if (declared !== undefined) {
      if (typeof value !== 'object' || value === null) continue;
      const inner = typeof declared === 'object' ? declared : undefined;
      prune(value, inner, path === '' ? key : `${path}.${key}`, found);
    } else if (schema?.preserve !== true) {
      found.push(path === '' ? key : `${path}.${key}`);
      delete map[key];
    }
  }
}
