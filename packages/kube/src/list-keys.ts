import type { ItemKey } from './field-path.ts';
import { isJsonNumber, property } from './json-access.ts';
import type { JsonValue } from './json.ts';
import { numberText } from './lossless-json.ts';

/**
 * What list items are known by where no schema says it, the most telling first: the merge keys
 * of the Kubernetes API and what custom resources call theirs.
 */
const naturalKeys: readonly (readonly string[])[] = [
  ['name'],
  ['type'],
  ['id'],
  ['uid'],
  ['key'],
  ['key', 'effect'],
  ['containerPort', 'protocol'],
  ['containerPort'],
  ['port', 'protocol'],
  ['port'],
  ['mountPath'],
  ['devicePath'],
  ['ip'],
  ['address'],
  ['host'],
  ['topologyKey', 'whenUnsatisfiable'],
  ['kind', 'namespace', 'name'],
  ['path'],
];

/** A list whose items are told apart by keys: each with what it is known by, in order. */
export type KeyedItems = ReadonlyMap<string, KeyedItem>;

interface KeyedItem {
  readonly keys: readonly ItemKey[];
  readonly value: JsonValue;
}

/**
 * Both lists with their items by key, where there are keys that tell all items apart in both:
 * the declared ones first. Undefined where there are none; then items are told by their place.
 */
export function keyedLists(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  declared: readonly string[] | undefined,
): readonly [KeyedItems, KeyedItems] | undefined {
  for (const keys of declared === undefined ? naturalKeys : [declared, ...naturalKeys]) {
    const earlier = keyedItems(before, keys);
    const later = earlier && keyedItems(after, keys);
    if (earlier !== undefined && later !== undefined) {
      return [earlier, later];
    }
  }
  return undefined;
}

/** The items of one list by the first natural keys that tell them apart. */
export function naturallyKeyed(list: readonly JsonValue[]): KeyedItems | undefined {
  for (const keys of naturalKeys) {
    const items = keyedItems(list, keys);
    if (items !== undefined) {
      return items;
    }
  }
  return undefined;
}

function keyedItems(list: readonly JsonValue[], names: readonly string[]): KeyedItems | undefined {
  const items = new Map<string, KeyedItem>();
  for (const value of list) {
    const keys = itemKeys(value, names);
    if (keys === undefined) {
      return undefined;
    }
    items.set(identity(keys), { keys, value });
  }
  return items.size === list.length ? items : undefined;
}

/** One text for all keys; names need not be in it, since they are the same for the whole list. */
function identity(keys: readonly ItemKey[]): string {
  const [first] = keys;
  return first !== undefined && keys.length === 1 ? first[1] : JSON.stringify(keys);
}

function itemKeys(item: JsonValue, names: readonly string[]): readonly ItemKey[] | undefined {
  const keys: ItemKey[] = [];
  for (const name of names) {
    const text = keyText(property(item, name));
    if (text === undefined) {
      return undefined;
    }
    keys.push([name, text]);
  }
  return keys.length === 0 ? undefined : keys;
}

/** A key's value as text; undefined for what cannot be a key. */
export function keyText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') {
    return String(value);
  }
  return isJsonNumber(value) ? numberText(value) : undefined;
}
