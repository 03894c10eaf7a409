import { clone, isMap, ownAt, setOwn, type Json, type JsonMap } from '../json.ts';
import { elementOf, elementsOf, type Shape } from './shape.ts';

/**
 * Merges what is applied into a live object (structured-merge-diff typed/merge.go). Changes and
 * returns `live`; `applied` is left alone.
 */
export function mergeApplied(live: JsonMap, applied: JsonMap, shape: Shape): JsonMap {
  for (const [key, value] of Object.entries(applied)) {
    if (value === undefined) continue;
    setOwn(live, key, merge(ownAt(live, key), value, shape.field(key)));
  }
  return live;
}

function merge(live: Json | undefined, applied: Json, shape: Shape): Json {
  if (isMap(live) && isMap(applied) && !shape.atomicMap) return mergeApplied(live, applied, shape);
  if (!Array.isArray(live) || !Array.isArray(applied) || shape.list === 'atomic') {
    return clone(applied);
  }
  return mergeLists(live, applied, shape);
}

/**
 * Items that both have come in the order of what is applied; live items that are not applied keep
 * their place among them.
 */
function mergeLists(live: readonly Json[], applied: readonly Json[], shape: Shape): Json[] {
  const liveItems = elementsOf(shape, live)?.items ?? new Map<string, Json>();
  const appliedItems = elementsOf(shape, applied)?.items ?? new Map<string, Json>();
  const shared = [...appliedItems.keys()].filter((element) => liveItems.has(element));
  const merged: Json[] = [];
  const place = (element: string, item: Json): void => {
    merged.push(merge(liveItems.get(element), item, shape.item()));
    if (shared[0] === element) shared.shift();
  };
  const coming = [...appliedItems];
  for (const item of live) {
    const element = elementOf(shape, item);
    if (element === undefined || !appliedItems.has(element)) {
      merged.push(item);
      continue;
    }
    // A shared item whose turn has not come waits for it.
    if (shared[0] !== element) continue;
    for (;;) {
      const next = coming.shift();
      if (next === undefined) break;
      place(...next);
      if (next[0] === element) break;
    }
  }
  for (const [element, item] of coming) place(element, item);
  return merged;
}
