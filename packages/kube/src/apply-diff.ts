import type { FieldChange } from './diff.ts';
import { parseFieldPath } from './field-path.ts';
import type { ItemKey, PathSegment } from './field-path.ts';
import { isJsonArray, isJsonObject, property } from './json-access.ts';
import type { JsonValue } from './json.ts';
import { keyText } from './list-keys.ts';

/** A value under construction; a hole stands where an item was removed by its place. */
type Draft = JsonValue | undefined | Draft[] | DraftObject;
interface DraftObject {
  [key: string]: Draft;
}

/**
 * Applies what `diffObjects` found to the object it was found from, and gives the later object;
 * `before` is left as it is. Throws where the changes do not fit the object.
 */
export function applyDiff(before: JsonValue, changes: readonly FieldChange[]): JsonValue {
  const root: DraftObject = { value: thaw(before) };
  const withHoles = new Set<Draft[]>();
  for (const change of changes) {
    const segments = parseFieldPath(change.path);
    if (segments === undefined) {
      throw new Error(`Cannot apply a change: ${JSON.stringify(change.path)} is not a field path.`);
    }
    const path: readonly PathSegment[] = [{ kind: 'field', name: 'value' }, ...segments];
    const parent = path.slice(0, -1).reduce<Draft>((value, segment) => {
      const child = step(value, segment);
      if (child === undefined) {
        throw misfit(change);
      }
      return child;
    }, root);
    const last = path.at(-1);
    if (last === undefined || !place(parent, last, change, withHoles)) {
      throw misfit(change);
    }
  }
  for (const list of withHoles) {
    list.splice(0, list.length, ...list.filter((item) => item !== undefined));
  }
  return root['value'] as JsonValue;
}

function misfit(change: FieldChange): Error {
  return new Error(`Cannot apply a change: the object has no ${change.path}.`);
}

/** A copy whose objects and lists may be changed; `fromEntries` takes `__proto__` for a plain key. */
function thaw(value: JsonValue): Draft {
  if (isJsonArray(value)) {
    return value.map(thaw);
  }
  return isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, child]) => [
          key,
          child === undefined ? undefined : thaw(child),
        ]),
      )
    : value;
}

function step(value: Draft, segment: PathSegment): Draft {
  switch (segment.kind) {
    case 'field':
      return property(value as JsonValue, segment.name);
    case 'index':
      return Array.isArray(value) ? value[segment.index] : undefined;
    case 'item':
      return Array.isArray(value) ? value[findItem(value, segment.keys)] : undefined;
    case 'order':
      return undefined;
  }
}

function findItem(list: readonly Draft[], keys: readonly ItemKey[]): number {
  return list.findIndex((item) =>
    keys.every(([key, text]) => keyText(property(item as JsonValue, key)) === text),
  );
}

/** Makes the change in the object or list that holds it; false where it does not fit. */
function place(
  parent: Draft,
  segment: PathSegment,
  change: FieldChange,
  withHoles: Set<Draft[]>,
): boolean {
  const after = change.after === undefined ? undefined : thaw(change.after);
  if (segment.kind === 'field') {
    return isJsonObject(parent) && placeField(parent, segment.name, after);
  }
  if (!Array.isArray(parent)) {
    return false;
  }
  switch (segment.kind) {
    case 'index':
      return placeIndex(parent, segment.index, change, after, withHoles);
    case 'item':
      return placeItem(parent, segment.keys, change, after);
    case 'order':
      return placeOrder(parent, change.after);
  }
}

function placeField(parent: DraftObject, name: string, after: Draft): boolean {
  if (after === undefined) {
    return delete parent[name];
  }
  Object.defineProperty(parent, name, {
    value: after,
    configurable: true,
    enumerable: true,
    writable: true,
  });
  return true;
}

function placeIndex(
  list: Draft[],
  index: number,
  change: FieldChange,
  after: Draft,
  withHoles: Set<Draft[]>,
): boolean {
  if (change.before === undefined) {
    list.splice(index, 0, after);
    return true;
  }
  if (after === undefined) {
    withHoles.add(list);
  }
  list[index] = after;
  return true;
}

function placeItem(
  list: Draft[],
  keys: readonly ItemKey[],
  change: FieldChange,
  after: Draft,
): boolean {
  const index = findItem(list, keys);
  if (change.before === undefined) {
    list.splice(change.index ?? list.length, 0, after);
  } else if (after === undefined) {
    list.splice(index, 1);
  } else {
    list[index] = after;
  }
  return change.before === undefined || index >= 0;
}

function placeOrder(list: Draft[], order: JsonValue | undefined): boolean {
  if (!isJsonArray(order)) {
    return false;
  }
  const ordered = order.map((text) => {
    const [segment] = (typeof text === 'string' && parseFieldPath(`[${text}]`)) || [];
    return segment?.kind === 'item' ? list[findItem(list, segment.keys)] : undefined;
  });
  list.splice(0, list.length, ...ordered);
  return ordered.every((item) => item !== undefined);
}
