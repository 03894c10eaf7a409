import { jsonEquals } from '@kindscope/kube';
import { isMap, listAt, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import { at, forbidden, invalidValue, required } from '../schema/field-errors.ts';
import { compileGoPattern } from '../schema/go-regexp.ts';
import type { Cause } from '../status.ts';
import { completenessCauses } from './structural-completeness.ts';

const PRESERVE = 'x-kubernetes-preserve-unknown-fields';
const EMBEDDED = 'x-kubernetes-embedded-resource';
const EITHER = 'x-kubernetes-int-or-string';

type Level = 'root' | 'item' | 'field';

/**
 * What makes a schema none that is structural (apiextensions-apiserver
 * pkg/apiserver/schema/validation.go), sorted as Kubernetes sorts it; empty when it is one.
 */
export function structuralCauses(schema: JsonMap, path: string): Cause[] {
  const causes = [...invariantCauses(schema, 'root', path), ...completenessCauses(schema, path)];
  const text = ({ field, message }: Cause): string => `${field ?? ''}: ${message}`;
  return causes.sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}

function invariantCauses(schema: JsonMap, level: Level, path: string): Cause[] {
  const causes: Cause[] = [];
  const type = stringAt(schema, 'type') ?? '';
  const items = mapAt(schema, 'items');
  if (type === 'array' && items === undefined) {
    causes.push(required(`${path}.items`, 'must be specified'));
  }
  if (items !== undefined) causes.push(...invariantCauses(items, 'item', `${path}.items`));
  for (const [key, property] of maps(schema, 'properties')) {
    causes.push(...invariantCauses(property, 'field', at(`${path}.properties`, key)));
  }
  const others = schema['additionalProperties'];
  if (others !== undefined) {
    const field = `${path}.additionalProperties`;
    if (level === 'root') causes.push(forbidden(field, 'must not be used at the root'));
    if (isMap(others)) causes.push(...invariantCauses(others, 'field', field));
  }
  causes.push(...extensionCauses(schema, path));
  const either = { anyOf: isEither(listAt(schema, 'anyOf')), allOf: startsWithEither(schema) };
  causes.push(...validationCauses(schema, either.anyOf, either.allOf, path));
  causes.push(...typeCauses(schema, type, level, path));
  causes.push(...objectCauses(schema, level, path));
  return causes;
}

function maps(schema: JsonMap, key: string): [string, JsonMap][] {
  return Object.entries(mapAt(schema, key) ?? {}).flatMap(([name, value]) =>
    isMap(value) ? [[name, value]] : [],
  );
}

function extensionCauses(schema: JsonMap, path: string): Cause[] {
  if (schema[EITHER] !== true) return [];
  return [PRESERVE, EMBEDDED]
    .filter((key) => schema[key] === true)
    .map((key) =>
      invalidValue(`${path}.${key}`, true, 'must be false if x-kubernetes-int-or-string is true'),
    );
}

const EITHER_ALTERNATIVES: readonly Json[] = [{ type: 'integer' }, { type: 'string' }];

function isEither(alternatives: readonly Json[]): boolean {
  return jsonEquals([...alternatives], [...EITHER_ALTERNATIVES]);
}

function startsWithEither(schema: JsonMap): boolean {
  const [first] = listAt(schema, 'allOf');
  return isMap(first) && isEither(listAt(first, 'anyOf'));
}

function typeCauses(schema: JsonMap, type: string, level: Level, path: string): Cause[] {
  const field = `${path}.type`;
  const embedded = schema[EMBEDDED] === true;
  const causes: Cause[] = [];
  if (embedded && type !== 'object') {
    const why = 'must be object if x-kubernetes-embedded-resource is true';
    causes.push(type === '' ? required(field, why) : invalidValue(field, type, why));
  } else if (type === '' && schema[EITHER] !== true && schema[PRESERVE] !== true) {
    const place = {
      root: 'at the root',
      item: 'for specified array items',
      field: 'for specified object fields',
    };
    causes.push(required(field, `must not be empty ${place[level]}`));
  }
  if (embedded && schema['additionalProperties'] !== undefined) {
    const why = 'must not be used if x-kubernetes-embedded-resource is set';
    causes.push(forbidden(`${path}.additionalProperties`, why));
  }
  if (level === 'root' && type !== '' && type !== 'object') {
    causes.push(invalidValue(field, type, 'must be object at the root'));
  }
  return causes;
}

/** What `kind`, `apiVersion` and `metadata` may say, and an embedded object must. */
function objectCauses(schema: JsonMap, level: Level, path: string): Cause[] {
  const embedded = schema[EMBEDDED] === true;
  const properties = mapAt(schema, 'properties') ?? {};
  const isObject = level === 'root' || embedded;
  const causes: Cause[] = [];
  for (const key of ['kind', 'apiVersion']) {
    const property = mapAt(properties, key);
    const type = stringAt(property, 'type') ?? '';
    if (property === undefined || !isObject || type === 'string') continue;
    causes.push(invalidValue(`${at(`${path}.properties`, key)}.type`, type, 'must be string'));
  }
  const metadata = mapAt(properties, 'metadata');
  if (metadata !== undefined) {
    const field = at(`${path}.properties`, 'metadata');
    const type = stringAt(metadata, 'type') ?? '';
    if (isObject && type !== 'object') {
      causes.push(invalidValue(`${field}.type`, type, 'must be object'));
    }
    if (level === 'root' && !saysNamesAlone(metadata)) {
      const why =
        'must not specify anything other than name and generateName, but metadata is implicitly specified';
      causes.push(forbidden(field, why));
    }
  }
  if (embedded && schema[PRESERVE] !== true && Object.keys(properties).length === 0) {
    const why =
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
    causes.push(required(`${path}.properties`, why));
  }
  return causes;
}

function saysNamesAlone(metadata: JsonMap): boolean {
  const { type: _type, default: _default, properties, ...rest } = metadata;
  const names = isMap(properties) ? Object.keys(properties) : [];
  return (
    Object.keys(rest).length === 0 &&
    names.every((name) => name === 'name' || name === 'generateName')
  );
}

/** What stands under `allOf`, `anyOf`, `oneOf` and `not`, and the pattern. */
function validationCauses(
  schema: JsonMap,
  skipAnyOf: boolean,
  skipFirstAllOf: boolean,
  path: string,
): Cause[] {
  const nested = (key: string, skipFirst = false): Cause[] =>
    listAt(schema, key).flatMap((item, index) =>
      isMap(item) ? nestedCauses(item, skipFirst && index === 0, at(`${path}.${key}`, index)) : [],
    );
  const not = mapAt(schema, 'not');
  return [
    ...(skipAnyOf ? [] : nested('anyOf')),
    ...nested('allOf', skipFirstAllOf),
    ...nested('oneOf'),
    ...(not === undefined ? [] : nestedCauses(not, false, `${path}.not`)),
    ...patternCauses(stringAt(schema, 'pattern') ?? '', `${path}.pattern`),
  ];
}

function patternCauses(pattern: string, field: string): Cause[] {
  const compiled = compileGoPattern(pattern);
  if (compiled.kind !== 'invalid') return [];
  const why = `must be a valid regular expression, but isn't: ${compiled.error}`;
  return [invalidValue(field, pattern, why)];
}

/** What may not stand in a part that only validates. */
const FORBIDDEN: readonly (readonly [string, string])[] = [
  ['default', 'undefined'],
  ['title', 'empty'],
  ['description', 'empty'],
  ['nullable', 'false'],
  [PRESERVE, 'false'],
  [EMBEDDED, 'false'],
  [EITHER, 'false'],
  ['x-kubernetes-list-map-keys', 'empty'],
  ['x-kubernetes-list-type', 'undefined'],
  ['x-kubernetes-map-type', 'undefined'],
  ['x-kubernetes-validations', 'empty'],
];

function nestedCauses(schema: JsonMap, skipAnyOf: boolean, path: string): Cause[] {
  const causes = validationCauses(schema, skipAnyOf, false, path);
  const items = mapAt(schema, 'items');
  if (items !== undefined) causes.push(...nestedCauses(items, false, `${path}.items`));
  for (const [key, property] of maps(schema, 'properties')) {
    causes.push(...nestedCauses(property, false, at(`${path}.properties`, key)));
  }
  const refuse = (key: string, wanted: string): void => {
    causes.push(forbidden(`${path}.${key}`, `must be ${wanted} to be structural`));
  };
  if (schema['type'] !== undefined) refuse('type', 'empty');
  const others = schema['additionalProperties'];
  if (others !== undefined && others !== false) refuse('additionalProperties', 'undefined');
  for (const [key, wanted] of FORBIDDEN) if (schema[key] !== undefined) refuse(key, wanted);
  if (mapAt(schema, 'properties')?.['metadata'] !== undefined) {
    const why = 'must not be specified in a nested context';
    causes.push(forbidden(at(`${path}.properties`, 'metadata'), why));
  }
  return causes;
}
