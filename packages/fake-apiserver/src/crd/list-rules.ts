import { isMap, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import {
  at,
  forbidden,
  invalidText,
  invalidValue,
  notSupported,
  required,
} from '../schema/field-errors.ts';
import type { Cause } from '../status.ts';
import { internalItems } from './internal-json.ts';

const TYPE = 'x-kubernetes-list-type';
const KEYS = 'x-kubernetes-list-map-keys';
const LIST_TYPES = ['atomic', 'set', 'map'];

/** What `x-kubernetes-list-type` and `x-kubernetes-list-map-keys` ask of a list and its items. */
export function listRuleCauses(schema: JsonMap, path: string): Cause[] {
  const listType = stringAt(schema, TYPE);
  const keys = stringsAt(schema, KEYS);
  const field = `${path}.${TYPE}`;
  const causes = listType === undefined ? [] : typeCauses(schema, listType, path);
  if (keys.length > 0 && listType !== 'map') {
    const why = 'must be map if x-kubernetes-list-map-keys is non-empty';
    causes.push(listType === undefined ? required(field, why) : invalidValue(field, listType, why));
  }
  if (listType === 'map') causes.push(...keyCauses(schema, keys, path));
  const items = mapAt(schema, 'items');
  if (items !== undefined && (listType === 'map' || listType === 'set')) {
    causes.push(...presenceCauses(items, listType, keys, `${path}.items`));
  }
  return causes;
}

function typeCauses(schema: JsonMap, listType: string, path: string): Cause[] {
  const type = stringAt(schema, 'type') ?? '';
  const items = mapAt(schema, 'items');
  const causes: Cause[] = [];
  if (type !== 'array') {
    const why = 'must be array if x-kubernetes-list-type is specified';
    const field = `${path}.type`;
    causes.push(type === '' ? required(field, why) : invalidValue(field, type, why));
  } else if (listType === 'set' && items !== undefined) {
    causes.push(...setItemCauses(items, `${path}.items`));
  }
  if (!LIST_TYPES.includes(listType)) {
    causes.push(notSupported(`${path}.${TYPE}`, listType, LIST_TYPES));
  }
  return causes;
}

/** Items of a set are compared as a whole, and so must be atomic. */
function setItemCauses(items: JsonMap, path: string): Cause[] {
  const why = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const listType = stringAt(items, TYPE);
  const mapType = stringAt(items, 'x-kubernetes-map-type');
  if (items['type'] === 'array' && listType !== undefined && listType !== 'atomic') {
    return [invalidValue(`${path}.${TYPE}`, listType, why)];
  }
  if (items['type'] !== 'object' || mapType === 'atomic') return [];
  // Kubernetes shows the list type of the items, which is none.
  return [invalidValue(`${path}.x-kubernetes-map-type`, listType ?? null, why)];
}

function keyCauses(schema: JsonMap, keys: readonly string[], path: string): Cause[] {
  const field = `${path}.${KEYS}`;
  const items = schema['items'];
  const causes: Cause[] = [];
  if (keys.length === 0) {
    causes.push(required(field, 'must not be empty if x-kubernetes-list-type is map'));
  }
  if (items === undefined) {
    const why = 'must have a schema if x-kubernetes-list-type is map';
    causes.push(required(`${path}.items`, why));
  } else if (!isMap(items)) {
    const why = 'must only have a single schema if x-kubernetes-list-type is map';
    causes.push(invalidText(`${path}.items`, internalItems(items), why));
  } else if (items['type'] !== 'object') {
    const why = `must be object if parent array's x-kubernetes-list-type is map`;
    causes.push(invalidValue(`${path}.items.type`, items['type'] ?? '', why));
  } else causes.push(...namedKeyCauses(items, keys, path));
  return causes;
}

function namedKeyCauses(items: JsonMap, keys: readonly string[], path: string): Cause[] {
  const causes: Cause[] = [];
  const seen = new Set<string>();
  const wrong = (why: string): void => {
    causes.push(invalidValue(`${path}.${KEYS}`, [...keys], why));
  };
  for (const key of keys) {
    const property = mapAt(mapAt(items, 'properties'), key);
    if (property === undefined) wrong('entries must all be names of item properties');
    else if (property['type'] === 'array' || property['type'] === 'object') {
      const field = `${at(`${path}.items.properties`, key)}.type`;
      const why = `must be a scalar type if parent array's x-kubernetes-list-type is map`;
      causes.push(invalidValue(field, items['type'], why));
    }
    if (seen.has(key)) wrong('must not contain duplicate entries');
    seen.add(key);
  }
  return causes;
}

/** Items must be there, and so must the keys of those of a map. */
function presenceCauses(
  items: JsonMap,
  listType: string,
  keys: readonly string[],
  path: string,
): Cause[] {
  const causes: Cause[] = [];
  if (items['nullable'] === true) {
    const why = `cannot be nullable when x-kubernetes-list-type is ${listType}`;
    causes.push(forbidden(`${path}.nullable`, why));
  }
  if (listType !== 'map') return causes;
  const always = stringsAt(items, 'required');
  for (const key of keys) {
    const property = mapAt(mapAt(items, 'properties'), key);
    if (property === undefined) continue;
    const field = at(`${path}.properties`, key);
    if (!always.includes(key) && (property['default'] ?? null) === null) {
      const why =
        'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property';
      causes.push(required(`${field}.default`, why));
    }
    if (property['nullable'] === true) {
      const why = 'this property is in x-kubernetes-list-map-keys, so it cannot be nullable';
      causes.push(forbidden(`${field}.nullable`, why));
    }
  }
  return causes;
}
