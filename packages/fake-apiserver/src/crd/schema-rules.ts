import { isMap, listAt, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import { at, forbidden, invalidValue, notSupported, required } from '../schema/field-errors.ts';
import type { Cause } from '../status.ts';
import { listRuleCauses } from './list-rules.ts';
import { ruleCauses } from './rule-declarations.ts';

/** Where a schema lies, as far as it matters to what it may say. */
interface Place {
  readonly path: string;
  readonly root: boolean;
  /** Inside of `apiVersion`, `kind` or `metadata` of a resource. */
  readonly inMeta: boolean;
  /** Why defaults are forbidden here; undefined where they are not. */
  readonly noDefaults: string | undefined;
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const META = new Set(['metadata', 'kind', 'apiVersion']);

/**
 * What a schema of a CRD may not say beside being structural (apiextensions validation.go,
 * ValidateCustomResourceDefinitionOpenAPISchema); empty when nothing is wrong.
 */
export function schemaRuleCauses(schema: JsonMap, path: string): Cause[] {
  return causesOf(schema, { path, root: true, inMeta: false, noDefaults: undefined });
}

function causesOf(schema: JsonMap, place: Place): Cause[] {
  const { path } = place;
  const causes = supportCauses(schema, place);
  if (schema['uniqueItems'] === true) {
    const why = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
    causes.push(forbidden(`${path}.uniqueItems`, why));
  }
  causes.push(...childCauses(schema, place));
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    const field = `${path}.x-kubernetes-preserve-unknown-fields`;
    causes.push(invalidValue(field, false, 'must be true or undefined'));
  }
  causes.push(...mapTypeCauses(schema, path), ...listRuleCauses(schema, path));
  causes.push(...ruleCauses(schema, path));
  return causes;
}

/** What CRDs have no use for. */
function supportCauses(schema: JsonMap, { path, inMeta, noDefaults }: Place): Cause[] {
  const causes: Cause[] = [];
  const type = stringAt(schema, 'type') ?? '';
  const has = (key: string): boolean => schema[key] !== undefined;
  if (type !== '' && !TYPES.includes(type)) causes.push(notSupported(`${path}.type`, type, TYPES));
  if (noDefaults !== undefined && (schema['default'] ?? null) !== null) {
    causes.push(forbidden(`${path}.default`, `must not be set ${noDefaults}`));
  }
  const unsupported = [
    'id',
    'additionalItems',
    'patternProperties',
    'definitions',
    'dependencies',
    '$ref',
  ];
  for (const key of unsupported) {
    if (has(key)) causes.push(forbidden(`${path}.${key}`, `${key} is not supported`));
  }
  if (type === 'null') {
    const why = 'type cannot be set to null, use nullable as an alternative';
    causes.push(forbidden(`${path}.type`, why));
  }
  if (Array.isArray(schema['items'])) {
    const why = 'items must be a schema object and not an array';
    causes.push(forbidden(`${path}.items`, why));
  }
  if (inMeta && schema['x-kubernetes-embedded-resource'] === true) {
    const why = 'must not be used inside of resource meta';
    causes.push(forbidden(`${path}.x-kubernetes-embedded-resource`, why));
  }
  return causes;
}

function childCauses(schema: JsonMap, place: Place): Cause[] {
  const { path } = place;
  const inner = { ...place, root: false };
  const under = (value: Json | undefined, at: string, rest: Partial<Place> = {}): Cause[] =>
    isMap(value) ? causesOf(value, { ...inner, ...rest, path: at }) : [];
  const properties = mapAt(schema, 'properties') ?? {};
  const others = schema['additionalProperties'];
  const causes: Cause[] = [];
  if (others !== undefined) {
    const field = `${path}.additionalProperties`;
    if (Object.keys(properties).length > 0 && others !== true) {
      const why = 'additionalProperties and properties are mutual exclusive';
      causes.push(forbidden(field, why));
    }
    const noDefaults = place.inMeta
      ? 'inside additionalProperties applying to object metadata'
      : place.noDefaults;
    causes.push(...under(others, field, { noDefaults }));
  }
  for (const key of Object.keys(properties).sort()) {
    const isMeta =
      META.has(key) && (place.root || schema['x-kubernetes-embedded-resource'] === true);
    causes.push(
      ...under(properties[key], at(`${path}.properties`, key), {
        inMeta: place.inMeta || isMeta,
        noDefaults: isMeta && place.root ? `in top-level ${key}` : place.noDefaults,
      }),
    );
  }
  causes.push(...under(schema['not'], `${path}.not`));
  for (const key of ['allOf', 'oneOf', 'anyOf']) {
    for (const [index, item] of listAt(schema, key).entries()) {
      causes.push(...under(item, at(`${path}.${key}`, index)));
    }
  }
  for (const [key, item] of Object.entries(mapAt(schema, 'definitions') ?? {})) {
    causes.push(...under(item, at(`${path}.definitions`, key)));
  }
  const { items } = schema;
  if (!Array.isArray(items)) causes.push(...under(items, `${path}.items`));
  else {
    for (const [index, item] of items.entries()) {
      causes.push(...under(item, at(`${path}.items`, index)));
    }
  }
  for (const [key, item] of Object.entries(mapAt(schema, 'dependencies') ?? {})) {
    causes.push(...under(item, at(`${path}.dependencies`, key)));
  }
  return causes;
}

function mapTypeCauses(schema: JsonMap, path: string): Cause[] {
  const mapType = stringAt(schema, 'x-kubernetes-map-type');
  if (mapType === undefined) return [];
  const type = stringAt(schema, 'type') ?? '';
  const causes: Cause[] = [];
  if (type !== 'object') {
    const why = 'must be object if x-kubernetes-map-type is specified';
    const field = `${path}.type`;
    causes.push(type === '' ? required(field, why) : invalidValue(field, type, why));
  }
  if (mapType !== 'atomic' && mapType !== 'granular') {
    causes.push(notSupported(`${path}.x-kubernetes-map-type`, mapType, ['atomic', 'granular']));
  }
  return causes;
}
