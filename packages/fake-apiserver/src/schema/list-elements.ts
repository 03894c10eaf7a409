import { isMap, ownAt, setOwn, type Json, type JsonMap } from '../json.ts';
import type { Cause } from '../status.ts';
import { at, child, duplicate, invalidValue } from './field-errors.ts';
import { goJson } from './go-text.ts';
import type { Schema } from './schema.ts';

/**
 * Items of a `set` and keys of a `map` list that are there twice, anywhere in `value`
 * (apiextensions-apiserver pkg/apiserver/schema/listtype): each is named once, where it comes
 * again.
 */
export function listCauses(value: Json, schema: Schema, path = ''): Cause[] {
  if (!holdsKeyedList(schema)) return [];
  if (Array.isArray(value)) {
    const { items } = schema;
    return [
      ...elementCauses(value, schema, path),
      ...(items === undefined
        ? []
        : value.flatMap((item, index) => listCauses(item, items, at(path, index)))),
    ];
  }
  if (!isMap(value)) return [];
  return Object.keys(value).flatMap((key) => {
    const declared = schema.properties?.get(key);
    const inner = declared ?? schema.others;
    if (typeof inner !== 'object') return [];
    const where = declared === undefined ? at(path, key) : child(path, key);
    return listCauses(value[key] ?? null, inner, where);
  });
}

const keyed = new WeakMap<Schema, boolean>();

/** Whether there can be such a list anywhere below; most schemas have none. */
function holdsKeyedList(schema: Schema): boolean {
  const found = keyed.get(schema);
  if (found !== undefined) return found;
  // Taken for none while it is looked at: a schema may contain itself.
  keyed.set(schema, false);
  const parts = [...(schema.properties?.values() ?? []), schema.items, schema.others];
  const holds =
    schema.listType === 'set' ||
    schema.listType === 'map' ||
    parts.some((part) => typeof part === 'object' && holdsKeyedList(part));
  keyed.set(schema, holds);
  return holds;
}

function elementCauses(list: readonly Json[], schema: Schema, path: string): Cause[] {
  if (schema.listType === 'set') return repetitions(list, path, identityOf);
  if (schema.listType !== 'map') return [];
  const wrong = list.findIndex((item) => item !== null && !isMap(item));
  if (wrong >= 0) {
    const detail = 'must be an object for an array of list-type map';
    return [invalidValue(at(path, wrong), list[wrong], detail)];
  }
  const { listKeys } = schema;
  const [only] = listKeys;
  // One key is looked at as it is; only for what is wrong is it taken out of its item.
  if (listKeys.length === 1 && only !== undefined) {
    const known = (item: Json): string => identityOf(isMap(item) ? ownAt(item, only) : undefined);
    if (repetitions(list, path, known).length === 0) return [];
  }
  const keys = list.map((item) => keysOf(item, listKeys));
  return repetitions(keys, path, identityOf);
}

/** The same for two values that are the same. */
function identityOf(value: Json | undefined): string {
  if (typeof value === 'string') return `"${value}`;
  return value === undefined ? '' : goJson(value);
}

function keysOf(item: Json, keys: readonly string[]): JsonMap {
  const found: JsonMap = {};
  if (!isMap(item)) return found;
  for (const key of keys) {
    const value = ownAt(item, key);
    if (value !== undefined) setOwn(found, key, value);
  }
  return found;
}

function repetitions(
  list: readonly Json[],
  path: string,
  identity: (item: Json) => string,
): Cause[] {
  const seen = new Map<string, number>();
  const causes: Cause[] = [];
  for (const [index, item] of list.entries()) {
    const text = identity(item);
    const times = seen.get(text) ?? 0;
    if (times === 1) causes.push(duplicate(at(path, index), item));
    seen.set(text, times + 1);
  }
  return causes;
}
