import { isMap, listAt, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';

/** A part of a schema and where it lies. */
export type Visit = (schema: JsonMap, path: string) => void;

const NAMED = ['properties', 'patternProperties', 'definitions'] as const;

/** Calls `visit` with the schema and every schema inside it, whatever the place. */
export function visitSchemas(schema: JsonMap, visit: Visit, path = ''): void {
  visit(schema, path);
  const inner = (value: Json | undefined, at: string): void => {
    if (isMap(value)) visitSchemas(value, visit, `${path}.${at}`);
  };
  const { items } = schema;
  if (Array.isArray(items)) for (const [i, item] of items.entries()) inner(item, `items[${i}]`);
  else inner(items, 'items');
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    for (const [i, item] of listAt(schema, key).entries()) inner(item, `${key}[${i}]`);
  }
  inner(schema['not'], 'not');
  for (const key of NAMED) {
    for (const [name, item] of Object.entries(mapAt(schema, key) ?? {})) {
      inner(item, `${key}[${name}]`);
    }
  }
  inner(schema['additionalProperties'], 'additionalProperties');
  inner(schema['additionalItems'], 'additionalItems');
}

const UNSUPPORTED = [
  ['id', 'id'],
  ['$schema', 'schema'],
  ['$ref', '$ref'],
  ['patternProperties', 'patternProperties'],
  ['dependencies', 'dependencies'],
  ['additionalItems', 'additionalItems'],
  ['definitions', 'definitions'],
] as const;

/** Why no structural schema can be made of it at all (apiserver/schema/convert.go). */
export function schemaProblem(schema: JsonMap): string | undefined {
  let problem: string | undefined;
  visitSchemas(schema, (part) => {
    problem ??= partProblem(part);
  });
  return problem;
}

function partProblem(schema: JsonMap): string | undefined {
  for (const [key, name] of UNSUPPORTED) {
    if (schema[key] !== undefined && stringAt(schema, key) !== '') {
      return `OpenAPIV3Schema '${name}' is not supported`;
    }
  }
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    return `internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined`;
  }
  return Array.isArray(schema['items'])
    ? `OpenAPIV3Schema 'items' must be a schema, but is an array`
    : undefined;
}
