import { jsonEquals } from '@kindscope/kube';
import { clone, isMap, type Json, type JsonMap } from '../json.ts';
import { diffFields } from './field-diff.ts';
import { removeAt, showPath, valueAt } from './field-path.ts';
import {
  difference,
  intersection,
  isEmpty,
  members,
  reaches,
  union,
  type FieldSet,
} from './field-set.ts';
import {
  ownable,
  readEntries,
  sameWriter,
  writeEntries,
  type ManagedEntry,
  type Writer,
} from './managed-fields.ts';
import { elementsOf, type Shape } from './shape.ts';

/** A field that somebody else owns and that an apply would change. */
export interface ApplyConflict {
  readonly owner: Writer;
  readonly path: string;
}

export interface Applied {
  readonly object: JsonMap;
  readonly conflicts: readonly ApplyConflict[];
  /** Records in the stored object who owns what now. */
  readonly record: (before: JsonMap, after: JsonMap, time: string) => void;
}

/**
 * Server-side apply (KEP-555, structured-merge-diff merge/update.go): what `applied` says is merged
 * into `live`; what this writer applied before and says no more goes, unless somebody else owns it.
 */
export function applyFields(
  writer: Writer,
  live: JsonMap,
  applied: JsonMap,
  shape: Shape,
): Applied {
  const set = ownable(setOf(applied, shape, true));
  const entries = readEntries(live);
  const mine = entries.find((entry) => sameWriter(entry, writer));
  const others = entries.filter((entry) => entry !== mine);
  const object = mergeMaps(clone(live), applied, shape);
  removeAbandoned(object, mine, others, set, shape);
  return {
    object,
    conflicts: others.flatMap((entry) => conflictsWith(entry, set, live, applied, shape)),
    record(before, after, time) {
      const diff = diffFields(before, after, shape);
      const taken = ownable(diff.changed);
      // Only an apply that changes the object has a time.
      const changes = !isEmpty(taken) || !isEmpty(ownable(diff.removed));
      writeEntries(after, [
        { ...writer, time: changes ? time : (mine?.time ?? ''), fields: set },
        ...others.map((entry) => ({ ...entry, fields: difference(entry.fields, taken) })),
      ]);
    },
  };
}

/**
 * The fields that an applied object speaks of. A map counts as such only where the schema does not
 * declare it, or when it is empty.
 */
function setOf(value: Json, shape: Shape, declared: boolean): FieldSet {
  if (isMap(value) && !shape.atomicMap) {
    const node: FieldSet = declared || Object.keys(value).length === 0 ? {} : { '.': {} };
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) node[`f:${key}`] = setOf(item, shape.field(key), shape.declares(key));
    }
    return node;
  }
  const elements = Array.isArray(value) ? elementsOf(shape, value) : undefined;
  const node: FieldSet = {};
  for (const [element, item] of elements ?? []) node[element] = setOf(item, shape.item(), false);
  return node;
}

function mergeMaps(live: JsonMap, applied: JsonMap, shape: Shape): JsonMap {
  for (const [key, value] of Object.entries(applied)) {
    if (value !== undefined) live[key] = merge(live[key], value, shape.field(key));
  }
  return live;
}

function merge(live: Json | undefined, applied: Json, shape: Shape): Json {
  if (isMap(live) && isMap(applied) && !shape.atomicMap) return mergeMaps(live, applied, shape);
  if (!Array.isArray(live) || !Array.isArray(applied)) return clone(applied);
  const left = elementsOf(shape, live);
  const right = elementsOf(shape, applied);
  if (left === undefined || right === undefined) return clone(applied);
  for (const [element, item] of right) {
    left.set(element, merge(left.get(element), item, shape.item()));
  }
  return [...left.values()];
}

function removeAbandoned(
  object: JsonMap,
  mine: ManagedEntry | undefined,
  others: readonly ManagedEntry[],
  set: FieldSet,
  shape: Shape,
): void {
  let kept = set;
  for (const entry of others) kept = union(kept, entry.fields);
  for (const path of members(difference(mine?.fields ?? {}, kept))) {
    // A map or item goes only with the last thing in it that anybody owns.
    if (!reaches(kept, path)) removeAt(object, path, shape);
  }
}

function conflictsWith(
  entry: ManagedEntry,
  set: FieldSet,
  live: JsonMap,
  applied: JsonMap,
  shape: Shape,
): ApplyConflict[] {
  const conflicts: ApplyConflict[] = [];
  for (const path of members(intersection(set, entry.fields))) {
    const now = valueAt(live, path, shape);
    const wanted = valueAt(applied, path, shape);
    const inside = isMap(now) && isMap(wanted);
    if (!inside && !jsonEquals(now, wanted)) {
      conflicts.push({ owner: entry, path: showPath(path) });
    }
  }
  return conflicts;
}
