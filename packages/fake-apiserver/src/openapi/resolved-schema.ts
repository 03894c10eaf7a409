import { isMap, type Json, type JsonMap } from '../json.ts';
import { definition, referenced } from './definitions.ts';

const resolved = new Map<string, JsonMap>();

/**
 * The schema of one of Kubernetes' own types without `$ref`s, as a CRD would carry it. It may contain
 * itself (JSONSchemaProps does), so what lies below a schema is resolved when it is looked at, and
 * nobody may walk all of it. Undefined when the type is not known; shared, not to be changed.
 */
export function resolvedSchema(name: string): JsonMap | undefined {
  const known = resolved.get(name);
  if (known !== undefined) return known;
  const raw = definition(name);
  if (raw === undefined) return undefined;
  const schema = resolve(raw);
  resolved.set(name, schema);
  return schema;
}

function resolve(schema: JsonMap): JsonMap {
  const name = referenced(schema);
  const target = name === undefined ? undefined : resolvedSchema(name);
  const result: JsonMap = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'allOf' || key === '$ref') continue;
    // `{}`, `""`, `0` and `false` are what Go has where nothing is given: no defaults.
    if (key === 'default' && isZero(value)) continue;
    if (isMap(value) && key === 'properties') defineLazily(result, key, () => resolveEach(value));
    else if (isMap(value) && (key === 'items' || key === 'additionalProperties')) {
      defineLazily(result, key, () => resolve(value));
    } else result[key] = value;
  }
  for (const key of Object.keys(target ?? {})) {
    if (!(key in result)) defineLazily(result, key, () => target?.[key]);
  }
  return result;
}

function isZero(value: Json | undefined): boolean {
  return isMap(value) ? Object.keys(value).length === 0 : !value;
}

function resolveEach(properties: JsonMap): JsonMap {
  const result: JsonMap = {};
  for (const [key, value] of Object.entries(properties)) {
    if (isMap(value)) defineLazily(result, key, () => resolve(value));
  }
  return result;
}

/** A property that is made when it is first read. */
function defineLazily(holder: JsonMap, key: string, make: () => Json | undefined): void {
  Object.defineProperty(holder, key, {
    enumerable: true,
    configurable: true,
    get() {
      const value = make();
      Object.defineProperty(holder, key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      return value;
    },
  });
}
