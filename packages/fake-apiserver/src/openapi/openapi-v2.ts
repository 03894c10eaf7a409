import { isMap, type Json, type JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import { referenced } from './definitions.ts';
import { groupVersions, OPENAPI_INFO } from './openapi-v3.ts';
import { schemasOf } from './schemas.ts';

/**
 * The OpenAPI v2 document, as far as clients still read it: what the kinds look like. kubectl asks
 * for it where v3 has no answer, as for the merge keys of a patch of `kind: List`.
 */
export function openApiV2Document(registry: Registry): JsonMap {
  const definitions: JsonMap = {};
  for (const [group, version] of groupVersions(registry)) {
    for (const [name, schema] of Object.entries(schemasOf(registry, group, version))) {
      definitions[name] ??= asVersionTwo(schema);
    }
  }
  return { swagger: '2.0', info: OPENAPI_INFO, paths: {}, definitions };
}

/** What version 2 has no word for. */
const UNKNOWN_TO_V2 = new Set(['default', 'nullable', 'oneOf', 'anyOf', 'not']);
const NEEDS_TYPE = ['type', 'items', 'properties', 'additionalProperties'];

/**
 * Version 2 cannot say "and anything else" nor "or null": what a schema says of the inside of such
 * a value is left out, lest clients refuse what the server takes (apiextensions builder_v2.go).
 */
function asVersionTwo(schema: JsonMap): JsonMap {
  const result: JsonMap = {};
  const ref = referenced(schema);
  if (ref !== undefined) result['$ref'] = `#/definitions/${ref}`;
  for (const [key, value] of Object.entries(schema)) {
    if (UNKNOWN_TO_V2.has(key) || key === 'allOf' || key === '$ref') continue;
    result[key] = key === 'properties' && isMap(value) ? eachOf(value) : versionTwoValue(value);
  }
  if (schema['oneOf'] !== undefined) result['type'] = 'string';
  const untyped =
    schema['x-kubernetes-preserve-unknown-fields'] === true || schema['nullable'] === true;
  if (untyped) for (const key of NEEDS_TYPE) delete result[key];
  return result;
}

function eachOf(properties: JsonMap): JsonMap {
  const entries = Object.entries(properties);
  return Object.fromEntries(entries.map(([key, value]) => [key, versionTwoValue(value)]));
}

function versionTwoValue(value: Json | undefined): Json | undefined {
  return isMap(value) ? asVersionTwo(value) : value;
}
