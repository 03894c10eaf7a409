import { clone, ensureMap, isMap, type Json, type JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import type { ServedType } from '../resources/resource-type.ts';
import { definition, definitionName, REFS } from './definitions.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const SCALE = 'io.k8s.api.autoscaling.v1.Scale';
const CONVENTIONS =
  'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md';

const text = (description: string): JsonMap => ({ description, type: 'string' });

const API_VERSION = text(
  `APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: ${CONVENTIONS}#resources`,
);
const KIND = text(
  `Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: ${CONVENTIONS}#types-kinds`,
);
const OBJECT_METADATA: JsonMap = {
  description: `Standard object's metadata. More info: ${CONVENTIONS}#metadata`,
  allOf: [{ $ref: `${REFS}${META}.ObjectMeta` }],
};
const LIST_METADATA: JsonMap = {
  description: `Standard list metadata. More info: ${CONVENTIONS}#types-kinds`,
  allOf: [{ $ref: `${REFS}${META}.ListMeta` }],
};

/** `com.example.stable.v1.CronTab`, `io.k8s.api.apps.v1.Deployment`: what Kubernetes calls a schema. */
export function schemaName({ type, version }: ServedType): string {
  if (!type.custom) return definitionName(type.group, version.version, type.kind);
  return `${type.group.split('.').reverse().join('.')}.${version.version}.${type.kind}`;
}

/**
 * The schemas of one group-version by name, with `$ref`s as in OpenAPI v3: those of its kinds and
 * lists, and every one they lead to. A custom resource's is its CRD's, with what every object has.
 */
export function schemasOf(
  registry: Registry,
  group: string,
  version: string,
): Record<string, JsonMap> {
  const schemas: Record<string, JsonMap> = {};
  for (const served of servedTypes(registry, group, version)) {
    const name = schemaName(served);
    if (served.type.custom) {
      schemas[name] = objectSchema(served);
      schemas[`${name}List`] = listSchema(served, name);
    } else {
      addDefinition(schemas, name);
      addDefinition(schemas, `${name}List`);
    }
    if (served.version.scale !== undefined) addDefinition(schemas, SCALE);
  }
  for (const schema of Object.values(schemas)) addReferenced(schemas, schema);
  addDefinition(schemas, `${META}.Status`);
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function addDefinition(schemas: Record<string, JsonMap>, name: string): void {
  const found = definition(name);
  if (found === undefined || schemas[name] !== undefined) return;
  schemas[name] = found;
  addReferenced(schemas, found);
}

function addReferenced(schemas: Record<string, JsonMap>, value: Json | undefined): void {
  if (Array.isArray(value)) for (const item of value) addReferenced(schemas, item);
  if (!isMap(value)) return;
  const ref = value['$ref'];
  if (typeof ref === 'string') addDefinition(schemas, ref.slice(REFS.length));
  else for (const item of Object.values(value)) addReferenced(schemas, item);
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
  return { group: type.group, version: version.version, kind: type.kind };
}

/** apiextensions-apiserver pkg/controller/openapi/builder. */
function objectSchema(served: ServedType): JsonMap {
  const schema: JsonMap = clone(served.version.schema) ?? {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  };
  const properties = ensureMap(schema, 'properties');
  properties['apiVersion'] = API_VERSION;
  properties['kind'] = KIND;
  properties['metadata'] = OBJECT_METADATA;
  sayIntOrString(schema);
  return { ...schema, ...extensionsOf(served, served.type.kind) };
}

/** What `x-kubernetes-int-or-string` stands for is spelled out. */
function sayIntOrString(value: Json | undefined): void {
  if (Array.isArray(value)) for (const item of value) sayIntOrString(item);
  if (!isMap(value)) return;
  if (value['x-kubernetes-int-or-string'] === true && value['anyOf'] === undefined) {
    value['anyOf'] = [{ type: 'integer' }, { type: 'string' }];
  }
  for (const item of Object.values(value)) sayIntOrString(item);
}

function listSchema(served: ServedType, item: string): JsonMap {
  const { kind, listKind, resource } = served.type;
  return {
    description: `${listKind} is a list of ${kind}`,
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: API_VERSION,
      items: {
        description: `List of ${resource}. More info: ${CONVENTIONS}`,
        type: 'array',
        items: { $ref: `${REFS}${item}` },
      },
      kind: KIND,
      metadata: LIST_METADATA,
    },
    ...extensionsOf(served, listKind),
  };
}

function extensionsOf({ type, version }: ServedType, kind: string): JsonMap {
  return {
    'x-kubernetes-group-version-kind': [{ group: type.group, kind, version: version.version }],
    ...(type.selectableFields.length === 0
      ? {}
      : {
          'x-kubernetes-selectable-fields': type.selectableFields.map((fieldPath) => ({
            fieldPath,
          })),
        }),
  };
}
