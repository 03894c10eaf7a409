import { jsonEquals } from '@kindscope/kube';
import { isMap, ownAt, type Json, type JsonMap } from '../json.ts';
import type { FieldSet } from './field-set.ts';
import { elementsOf, type Elements, type Shape } from './shape.ts';

/** The fields of `after` that are new or have another value, and those that are gone. */
export interface FieldDiff {
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

/** The same while it is worked out: nothing is made before there is a difference. */
interface Differences {
  changed: FieldSet | undefined;
  removed: FieldSet | undefined;
}

/** Compares two objects field by field (structured-merge-diff typed/compare.go). */
export function diffFields(before: JsonMap, after: JsonMap, shape: Shape): FieldDiff {
  const found: Differences = { changed: undefined, removed: undefined };
  compareMaps(before, after, shape, found);
  return { changed: found.changed ?? {}, removed: found.removed ?? {} };
}

function compareMaps(before: JsonMap, after: JsonMap, shape: Shape, into: Differences): void {
  for (const key of Object.keys(after)) {
    const left = ownAt(before, key);
    const right = after[key];
    // Equal texts, numbers and the like: most of what an object holds.
    if (left === right) continue;
    compareChild(`f:${key}`, left, right, shape.field(key), into);
  }
  for (const key of Object.keys(before)) {
    if (ownAt(after, key) === undefined && before[key] !== undefined) {
      compareChild(`f:${key}`, before[key], undefined, shape.field(key), into);
    }
  }
}

/** Compares one child and hangs what differs below `element`. */
function compareChild(
  element: string,
  before: Json | undefined,
  after: Json | undefined,
  shape: Shape,
  into: Differences,
): void {
  if (after === undefined) {
    if (before !== undefined) hangRemoved(into, element, wholeOf(before, shape));
  } else if (before === undefined) {
    hangChanged(into, element, wholeOf(after, shape));
  } else compareValues(element, before, after, shape, into);
}

/** What a value is made of as far as ownership goes. */
type Kind = 'map' | 'list' | 'null' | 'leaf';

function kindOf(value: Json, shape: Shape): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return shape.list === 'atomic' ? 'leaf' : 'list';
  return isMap(value) && !shape.atomicMap ? 'map' : 'leaf';
}

function isEmptyValue(value: Json, kind: Kind): boolean {
  if (kind === 'null') return true;
  if (kind === 'leaf') return false;
  return Array.isArray(value) ? value.length === 0 : isMap(value) && isEmptyMap(value);
}

function isEmptyMap(map: JsonMap): boolean {
  for (const key in map) if (map[key] !== undefined) return false;
  return true;
}

function compareValues(
  element: string,
  before: Json,
  after: Json,
  shape: Shape,
  into: Differences,
): void {
  const left = kindOf(before, shape);
  const right = kindOf(after, shape);
  const leaves = left === 'leaf' && right === 'leaf';
  if (leaves || (isEmptyValue(before, left) && isEmptyValue(after, right))) {
    if (!jsonEquals(before, after)) hangChanged(into, element, {});
    return;
  }
  if (
    left === right ||
    (left === 'null' && right !== 'leaf') ||
    (right === 'null' && left !== 'leaf')
  ) {
    const inside: Differences = { changed: undefined, removed: undefined };
    compareParts(before, after, shape, inside);
    if (inside.changed !== undefined) hangChanged(into, element, inside.changed);
    if (inside.removed !== undefined) hangRemoved(into, element, inside.removed);
    return;
  }
  // One thing took the place of another: what was inside the old one is gone.
  const { '.': _self, ...gone } = wholeOf(before, shape);
  if (!isEmptyMap(gone)) hangRemoved(into, element, gone);
  hangChanged(into, element, wholeOf(after, shape));
}

/** Both are maps or both are lists, but for a null, which is an empty one. */
function compareParts(before: Json, after: Json, shape: Shape, into: Differences): void {
  if (Array.isArray(before) || Array.isArray(after)) {
    const left = Array.isArray(before) ? before : [];
    const right = Array.isArray(after) ? after : [];
    compareElements(elementsOf(shape, left), elementsOf(shape, right), shape.item(), into);
  } else {
    compareMaps(isMap(before) ? before : {}, isMap(after) ? after : {}, shape, into);
  }
}

function compareElements(
  before: Elements | undefined,
  after: Elements | undefined,
  item: Shape,
  into: Differences,
): void {
  if (before === undefined || after === undefined) return;
  for (const element of new Set([...before.items.keys(), ...after.items.keys()])) {
    const was = before.repeated.get(element);
    const is = after.repeated.get(element);
    const left = was === undefined ? before.items.get(element) : undefined;
    const right = is === undefined ? after.items.get(element) : undefined;
    if (was !== undefined && is !== undefined) {
      if (!jsonEquals(was, is)) hangChanged(into, element, {});
      continue;
    }
    compareChild(element, left, right, item, into);
    // What is there more than once is owned as one, whatever it consists of.
    if (was !== undefined) hangRemoved(into, element, { '.': {} });
    if (is !== undefined) hangChanged(into, element, {});
  }
}

function hangChanged(into: Differences, element: string, set: FieldSet): void {
  into.changed ??= {};
  into.changed[element] = set;
}

function hangRemoved(into: Differences, element: string, set: FieldSet): void {
  into.removed ??= {};
  into.removed[element] = set;
}

/** A value that came as a whole: it, and everything in it that can be owned. */
function wholeOf(value: Json, shape: Shape): FieldSet {
  const kind = kindOf(value, shape);
  if (kind === 'map' && isMap(value)) return wholeMap(value, shape);
  if (kind !== 'list' || !Array.isArray(value) || value.length === 0) return {};
  const elements = elementsOf(shape, value);
  if (elements === undefined) return {};
  const node: FieldSet = { '.': {} };
  for (const [element, item] of elements.items) {
    node[element] = elements.repeated.has(element) ? {} : wholeOf(item, shape.item());
  }
  return node;
}

function wholeMap(map: JsonMap, shape: Shape): FieldSet {
  let node: FieldSet | undefined;
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value === undefined) continue;
    node ??= { '.': {} };
    node[`f:${key}`] = typeof value === 'object' ? wholeOf(value, shape.field(key)) : {};
  }
  return node ?? {};
}
