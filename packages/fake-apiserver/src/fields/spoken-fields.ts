import { isMap, type Json, type JsonMap } from '../json.ts';
import type { FieldSet } from './field-set.ts';
import { elementOf, type Shape } from './shape.ts';

/**
 * The fields that an object speaks of (structured-merge-diff typed/tofieldset.go): every leaf, every
 * item of a list that is no single value, and every map that is empty or that no schema declares.
 */
export function spokenFields(object: JsonMap, shape: Shape): FieldSet {
  return fieldsOfMap(object, shape) ?? {};
}

/** A node of a set; undefined where there is nothing to speak of. */
function nodeOf(value: Json, shape: Shape, isMember: boolean): FieldSet | undefined {
  const children = childrenOf(value, shape);
  if (children === undefined) return isMember || isLeaf(value, shape) ? {} : undefined;
  return isMember ? { '.': {}, ...children } : children;
}

function isLeaf(value: Json, shape: Shape): boolean {
  if (Array.isArray(value)) return shape.list === 'atomic';
  return !isMap(value) || shape.atomicMap || Object.keys(value).length === 0;
}

function childrenOf(value: Json, shape: Shape): FieldSet | undefined {
  if (Array.isArray(value)) return shape.list === 'atomic' ? undefined : fieldsOfList(value, shape);
  return isMap(value) && !shape.atomicMap ? fieldsOfMap(value, shape) : undefined;
}

function fieldsOfMap(map: JsonMap, shape: Shape): FieldSet | undefined {
  let found: FieldSet | undefined;
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    const node = nodeOf(value, shape.field(key), !shape.declares(key));
    if (node === undefined) continue;
    found ??= {};
    found[`f:${key}`] = node;
  }
  return found;
}

function fieldsOfList(list: readonly Json[], shape: Shape): FieldSet | undefined {
  let found: FieldSet | undefined;
  for (const item of list) {
    const element = elementOf(shape, item);
    if (element === undefined) continue;
    found ??= {};
    found[element] = nodeOf(item, shape.item(), true) ?? {};
  }
  return found;
}
