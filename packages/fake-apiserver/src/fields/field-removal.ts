import { isMap, mapAt, setOwn, type Json, type JsonMap } from '../json.ts';
import { isMember, type FieldSet } from './field-set.ts';
import { elementOf, type Shape } from './shape.ts';

/**
 * An object without the members of a set (structured-merge-diff typed/remove.go). Of what stays and
 * has nothing left in it a null remains, as in Kubernetes: a schema may well refuse that.
 */
export function withoutFields(object: JsonMap, gone: FieldSet, shape: Shape): JsonMap {
  return withoutInMap(object, gone, shape) ?? {};
}

function without(value: Json, gone: FieldSet, shape: Shape): Json {
  if (Array.isArray(value)) {
    return shape.list === 'atomic' ? value : withoutInList(value, gone, shape);
  }
  return isMap(value) && !shape.atomicMap ? withoutInMap(value, gone, shape) : value;
}

function withoutInMap(map: JsonMap, gone: FieldSet, shape: Shape): JsonMap | null {
  const left: JsonMap = {};
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    const node = mapAt(gone, `f:${key}`);
    const kept = node === undefined ? value : keptOf(value, node, shape.field(key));
    if (kept !== undefined) setOwn(left, key, kept);
  }
  return Object.keys(left).length === 0 ? null : left;
}

function withoutInList(list: readonly Json[], gone: FieldSet, shape: Shape): Json[] | null {
  const left: Json[] = [];
  for (const item of list) {
    const element = elementOf(shape, item);
    const node = element === undefined ? undefined : mapAt(gone, element);
    const kept = node === undefined ? item : keptOf(item, node, shape.item());
    if (kept !== undefined) left.push(kept);
  }
  return left.length === 0 ? null : left;
}

function keptOf(value: Json, node: FieldSet, shape: Shape): Json | undefined {
  return isMember(node) ? undefined : without(value, node, shape);
}
