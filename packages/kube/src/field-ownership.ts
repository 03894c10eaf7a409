import type { PathSegment } from './field-path.ts';
import { isJsonArray, isJsonObject, property } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { keyText } from './list-keys.ts';
import { jsonEquals } from './lossless-json.ts';

/**
 * How far along a path a field set (`fieldsV1` of a managedFields entry) owns it: all its steps
 * where it has the field or a part of it, fewer where it has a whole that the field is a part of,
 * 0 where it has neither. A whole is owned in two cases that look the same: an atomic value, and a
 * map whose members all went to others; so who owns more steps owns the field rather. List items are looked up in `object`, since a field set
 * knows them by other keys than a path may. Rule: structured-merge-diff `fieldpath`, KEP-555.
 */
export function ownedSteps(
  fields: JsonValue | undefined,
  object: JsonValue,
  path: readonly PathSegment[],
): number {
  let set = fields;
  let value: JsonValue | undefined = object;
  for (const [steps, segment] of path.entries()) {
    if (!isJsonObject(set)) {
      return 0;
    }
    if (isWhole(set)) {
      return steps;
    }
    const child = descend(value, segment);
    set = memberOf(set, segment, child);
    value = child?.value;
  }
  return isJsonObject(set) ? path.length : 0;
}

/** A set without members stands for the whole value, whatever is in it. */
function isWhole(set: JsonObject): boolean {
  return Object.keys(set).every((key) => key === '.');
}

interface Child {
  readonly index: number;
  readonly value: JsonValue | undefined;
}

function descend(value: JsonValue | undefined, segment: PathSegment): Child | undefined {
  if (segment.kind === 'field') {
    return { index: -1, value: property(value, segment.name) };
  }
  const list = isJsonArray(value) ? value : [];
  if (segment.kind === 'index') {
    return { index: segment.index, value: list[segment.index] };
  }
  if (segment.kind === 'order') {
    return undefined;
  }
  const index = list.findIndex((item) =>
    segment.keys.every(([key, text]) => keyText(property(item, key)) === text),
  );
  return index < 0 ? undefined : { index, value: list[index] };
}

function memberOf(
  set: JsonObject,
  segment: PathSegment,
  child: Child | undefined,
): JsonValue | undefined {
  if (segment.kind === 'field') {
    return property(set, `f:${segment.name}`);
  }
  if (segment.kind === 'order') {
    return set;
  }
  if (child === undefined) {
    return undefined;
  }
  const name = Object.keys(set).find((key) => names(key, child));
  return name === undefined ? undefined : set[name];
}

/** Whether a member's name is the item's: by its place, its value, or the values of its keys. */
function names(name: string, { index, value }: Child): boolean {
  const kind = name.slice(0, 2);
  if (kind === 'i:') {
    return name === `i:${index}`;
  }
  if (kind !== 'v:' && kind !== 'k:') {
    return false;
  }
  const content = parsed(name.slice(2));
  return kind === 'v:' ? jsonEquals(content, value) : hasFields(value, content);
}

function hasFields(item: JsonValue | undefined, keys: JsonValue | undefined): boolean {
  return (
    isJsonObject(item) &&
    isJsonObject(keys) &&
    Object.entries(keys).every(([key, value]) => jsonEquals(property(item, key), value))
  );
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
