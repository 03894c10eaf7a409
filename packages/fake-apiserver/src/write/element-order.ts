import { isMap, type Json } from '../json.ts';

/**
 * The items that a patch speaks of in its order, among the others in the order of the live list: an
 * item of the patch comes as early as it may (strategicpatch normalizeElementOrder). `key` tells the
 * items of a list of maps apart.
 */
export function inOrder(
  items: readonly Json[],
  patch: readonly Json[],
  live: readonly Json[],
  key: string | undefined,
): Json[] {
  const patched = placesIn(patch, key);
  const known = placesIn(live, key);
  const place = (places: ReadonlyMap<Json | undefined, number>, item: Json): number =>
    places.get(identityOf(item, key)) ?? -1;
  const ours = items
    .filter((item) => place(patched, item) >= 0)
    .sort((a, b) => place(patched, a) - place(patched, b));
  const others = items
    .filter((item) => place(patched, item) < 0)
    .sort((a, b) => place(known, a) - place(known, b));
  const result: Json[] = [];
  for (const other of others) {
    const at = place(known, other);
    while (ours[0] !== undefined && !isBehind(place(known, ours[0]), at)) {
      result.push(ours.shift() ?? null);
    }
    result.push(other);
  }
  return [...result, ...ours];
}

function identityOf(item: Json, key: string | undefined): Json | undefined {
  return key !== undefined && isMap(item) ? item[key] : item;
}

/** The place of an item is that of the first that is known by the same. */
function placesIn(
  list: readonly Json[],
  key: string | undefined,
): ReadonlyMap<Json | undefined, number> {
  const places = new Map<Json | undefined, number>();
  for (const [index, item] of list.entries()) {
    const identity = identityOf(item, key);
    if (!places.has(identity)) places.set(identity, index);
  }
  return places;
}

/** Whether the live list has an item of the patch behind another one. */
function isBehind(place: number, other: number): boolean {
  return place >= 0 && other >= 0 && place > other;
}

/** Whether the items of a patch come in the order that it asks for, and are all in it. */
export function followsOrder(
  patch: readonly Json[],
  order: readonly Json[],
  key: string | undefined,
): boolean {
  const places = placesIn(order, key);
  let last = -1;
  for (const item of patch) {
    if (isMap(item) && item['$patch'] !== undefined) continue;
    const place = places.get(identityOf(item, key)) ?? -1;
    if (place < last || place < 0) return false;
    last = place;
  }
  return true;
}
