import { isMap, type Json, type JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import { KUBERNETES_VERSION } from '../server-info.ts';
import { schemasOf } from './schemas.ts';

const REFS = '#/definitions/';

/**
 * The OpenAPI v2 document, as far as clients still read it: what custom resources look like. kubectl
 * asks for it where v3 has no answer, as for `kind: List`, and leaves what it does not find in it,
 * such as the built-in kinds here, to the server's validation.
 */
export function openApiV2Document(registry: Registry): JsonMap {
  const definitions: JsonMap = {};
  for (const type of registry.types()) {
    for (const { version, served } of type.versions) {
      if (!type.custom || !served) continue;
      const schemas = schemasOf(registry, type.group, version, REFS);
      for (const [name, schema] of Object.entries(schemas))
        definitions[name] = asVersionTwo(schema);
    }
  }
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: KUBERNETES_VERSION },
    paths: {},
    definitions,
  };
}

/**
 * Version 2 cannot say "and anything else" nor "or null": what a schema says of the inside of such
 * a value is left out, lest clients refuse what the server takes (apiextensions builder_v2.go).
 */
function asVersionTwo(schema: JsonMap): JsonMap {
  const result: JsonMap = {};
  for (const [key, value] of Object.entries(schema)) result[key] = versionTwoValue(value);
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) delete result['properties'];
  if (schema['nullable'] === true) {
    for (const key of ['type', 'items', 'properties', 'additionalProperties']) delete result[key];
  }
  return result;
}

function versionTwoValue(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => versionTwoValue(item) ?? null);
  return isMap(value) ? asVersionTwo(value) : value;
}
