import { jsonEquals } from '@kindscope/kube';
import { isMap, type Json, type JsonMap } from '../json.ts';
import { isEmpty, type FieldSet } from './field-set.ts';
import { elementsOf, type Shape } from './shape.ts';

/** The fields of `after` that are new or have another value, and those that are gone. */
export interface FieldDiff {
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

/** Compares two objects field by field (structured-merge-diff typed/compare.go). */
export function diffFields(before: JsonMap, after: JsonMap, shape: Shape): FieldDiff {
  const changed: FieldSet = {};
  const removed: FieldSet = {};
  compareMaps(before, after, shape, changed, removed);
  return { changed, removed };
}

function compareMaps(
  before: JsonMap,
  after: JsonMap,
  shape: Shape,
  changed: FieldSet,
  removed: FieldSet,
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    compareChild(`f:${key}`, before[key], after[key], shape.field(key), changed, removed);
  }
}

/** Compares one child and hangs what differs below `element`. */
function compareChild(
  element: string,
  before: Json | undefined,
  after: Json | undefined,
  shape: Shape,
  changed: FieldSet,
  removed: FieldSet,
): void {
  if (after === undefined) {
    if (before !== undefined) removed[element] = wholeOf(before, shape);
    return;
  }
  if (before === undefined) {
    changed[element] = wholeOf(after, shape);
    return;
  }
  const childChanged: FieldSet = {};
  const childRemoved: FieldSet = {};
  if (compareInside(before, after, shape, childChanged, childRemoved)) {
    if (!isEmpty(childChanged)) changed[element] = childChanged;
    if (!isEmpty(childRemoved)) removed[element] = childRemoved;
  } else if (!jsonEquals(before, after)) {
    changed[element] = wholeOf(after, shape);
  }
}

/** Whether both sides have parts that can be compared one by one; compares them if so. */
function compareInside(
  before: Json,
  after: Json,
  shape: Shape,
  changed: FieldSet,
  removed: FieldSet,
): boolean {
  if (isMap(before) && isMap(after)) {
    if (shape.atomicMap) return false;
    compareMaps(before, after, shape, changed, removed);
    return true;
  }
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const left = elementsOf(shape, before);
  const right = elementsOf(shape, after);
  if (left === undefined || right === undefined) return false;
  for (const element of new Set([...left.keys(), ...right.keys()])) {
    const item = shape.item();
    compareChild(element, left.get(element), right.get(element), item, changed, removed);
  }
  return true;
}

/** A value that came as a whole: it, and everything in it that can be owned. */
function wholeOf(value: Json, shape: Shape): FieldSet {
  if (isMap(value) && !shape.atomicMap) {
    const keys = Object.keys(value);
    if (keys.length === 0) return {};
    const node: FieldSet = { '.': {} };
    for (const key of keys) node[`f:${key}`] = wholeOf(value[key] ?? null, shape.field(key));
    return node;
  }
  if (!Array.isArray(value) || value.length === 0) return {};
  const elements = elementsOf(shape, value);
  if (elements === undefined) return {};
  const node: FieldSet = { '.': {} };
  for (const [element, item] of elements) node[element] = wholeOf(item, shape.item());
  return node;
}
