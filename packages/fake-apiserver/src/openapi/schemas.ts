import { clone, ensureMap, type JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import { apiVersionOf, type ServedType } from '../resources/resource-type.ts';

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const text = (description: string): JsonMap => ({ type: 'string', description });
const textMap = (description: string): JsonMap => ({
  type: 'object',
  additionalProperties: { type: 'string' },
  description,
});

/** As much of `ObjectMeta` as people ask `kubectl explain` for. */
const OBJECT_META_SCHEMA: JsonMap = {
  description: 'ObjectMeta is metadata that all persisted resources must have.',
  type: 'object',
  properties: {
    annotations: textMap('Unstructured key-value pairs that tools may store with the object.'),
    creationTimestamp: text('When the object was created. Set by the server.'),
    deletionGracePeriodSeconds: { type: 'integer', format: 'int64' },
    deletionTimestamp: text('When the object will be deleted. Set by the server.'),
    finalizers: { type: 'array', items: { type: 'string' } },
    generateName: text('A prefix from which the server makes a unique name.'),
    generation: { type: 'integer', format: 'int64' },
    labels: textMap('Key-value pairs by which objects are organised and selected.'),
    managedFields: { type: 'array', items: { type: 'object' } },
    name: text('The name, unique within a namespace.'),
    namespace: text('The space within which the name must be unique.'),
    ownerReferences: { type: 'array', items: { type: 'object' } },
    resourceVersion: text('An opaque version of the object.'),
    selfLink: text('Deprecated: no longer set.'),
    uid: text('Unique in time and space. Set by the server.'),
  },
};

const API_VERSION = text('The versioned schema of this representation of an object.');
const KIND = text('The REST resource that this object represents.');

const METADATA: JsonMap = {
  description: 'What every object has: its name, labels, versions and owners.',
  default: {},
};

/** `com.example.stable.v1.CronTab`: what Kubernetes calls a schema. */
export function schemaName({ type, version }: ServedType): string {
  const group = type.custom
    ? type.group.split('.').reverse().join('.')
    : `io.k8s.api.${type.group === '' ? 'core' : (type.group.split('.')[0] ?? '')}`;
  return `${group}.${version.version}.${type.kind}`;
}

/**
 * The schemas of one group-version by name. A custom resource has its CRD's; a built-in one says
 * only that it is an object. `refs` is where the document keeps its schemas.
 */
export function schemasOf(
  registry: Registry,
  group: string,
  version: string,
  refs: string,
): Record<string, JsonMap> {
  const schemas: Record<string, JsonMap> = { [OBJECT_META]: OBJECT_META_SCHEMA };
  for (const served of servedTypes(registry, group, version)) {
    schemas[schemaName(served)] = objectSchema(served, refs);
  }
  return schemas;
}

export function* servedTypes(
  registry: Registry,
  group: string,
  version: string,
): Iterable<ServedType> {
  for (const type of registry.types()) {
    const found = type.versions.find((item) => item.served && item.version === version);
    if (type.group === group && found !== undefined) yield { type, version: found };
  }
}

export function groupVersionKind({ type, version }: ServedType): JsonMap {
  return { group: type.group, kind: type.kind, version: version.version };
}

function objectSchema(served: ServedType, refs: string): JsonMap {
  const schema = clone(served.version.schema) ?? openSchema(served);
  const properties = ensureMap(schema, 'properties');
  properties['apiVersion'] ??= API_VERSION;
  properties['kind'] ??= KIND;
  properties['metadata'] = { ...METADATA, allOf: [{ $ref: `${refs}${OBJECT_META}` }] };
  schema['x-kubernetes-group-version-kind'] = [groupVersionKind(served)];
  return schema;
}

function openSchema({ type, version }: ServedType): JsonMap {
  return {
    type: 'object',
    description: `${type.kind} of ${apiVersionOf(type.group, version.version)}.`,
    'x-kubernetes-preserve-unknown-fields': true,
  };
}
