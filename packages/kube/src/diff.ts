import { formatFieldPath, formatItemKeys, formatListPath } from './field-path.ts';
import type { PathSegment } from './field-path.ts';
import { isJsonArray, isJsonObject } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { keyedLists } from './list-keys.ts';
import type { KeyedItems } from './list-keys.ts';
import { jsonEquals } from './lossless-json.ts';

/** One changed path. `before` is absent where the field was added, `after` where it was removed. */
export interface FieldChange {
  /**
   * As kubectl writes it: `spec.template.spec.containers[name=web].image`. A path that ends in
   * `[*]` is the order of a list: its values are then the items' keys in order.
   */
  readonly path: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  /** Where in its list an added item stands, unless it is the last. */
  readonly index?: number;
}

export interface DiffOptions {
  /**
   * The keys that the schema declares for a list (`x-kubernetes-list-map-keys`), by its path with
   * every item written `[]`: `spec.template.spec.containers[].ports`.
   */
  readonly listKeys?: (path: string) => readonly string[] | undefined;
}

/**
 * What changed between two objects, field by field: a field, object or item that was added or
 * removed is one change at its own path; numbers are compared by their digits. List items are
 * matched by key where keys tell them apart (declared, else name, type, …), else by their place
 * after what both lists begin and end with. `applyDiff(before, changes)` gives `after` again.
 */
export function diffObjects(
  before: JsonValue,
  after: JsonValue,
  options: DiffOptions = {},
): FieldChange[] {
  return diffWithSegments(before, after, options).map(({ change }) => change);
}

/** A change together with its path in steps. */
export interface SegmentedChange {
  readonly segments: readonly PathSegment[];
  readonly change: FieldChange;
}

export function diffWithSegments(
  before: JsonValue,
  after: JsonValue,
  options: DiffOptions = {},
): SegmentedChange[] {
  const walk: Walk = { path: [], changes: [], options };
  diffValues(walk, before, after);
  return walk.changes;
}

interface Walk {
  /** Where the walk stands; steps are pushed and popped as it goes. */
  readonly path: PathSegment[];
  readonly changes: SegmentedChange[];
  readonly options: DiffOptions;
}

type Difference = Omit<FieldChange, 'path'>;

function emit(walk: Walk, difference: Difference): void {
  const segments = [...walk.path];
  walk.changes.push({ segments, change: { path: formatFieldPath(segments), ...difference } });
}

function within(walk: Walk, segment: PathSegment, body: () => void): void {
  walk.path.push(segment);
  body();
  walk.path.pop();
}

/** Deeper down a value is taken whole: no real object is so deep, and the stack is not endless. */
const mostLevels = 256;

function diffValues(walk: Walk, before: JsonValue, after: JsonValue): void {
  if (walk.path.length >= mostLevels) {
    diffWhole(walk, before, after);
  } else if (isJsonObject(before) && isJsonObject(after)) {
    diffFields(walk, before, after);
  } else if (isJsonArray(before) && isJsonArray(after)) {
    const keyed = keyedLists(before, after, declaredKeys(walk));
    if (keyed === undefined) {
      diffByPlace(walk, before, after);
    } else {
      diffByKey(walk, ...keyed);
    }
  } else {
    diffWhole(walk, before, after);
  }
}

function diffWhole(walk: Walk, before: JsonValue, after: JsonValue): void {
  if (!jsonEquals(before, after)) {
    emit(walk, { before, after });
  }
}

function declaredKeys({ path, options }: Walk): readonly string[] | undefined {
  if (options.listKeys === undefined) {
    return undefined;
  }
  return options.listKeys(formatListPath(path));
}

function diffFields(walk: Walk, before: JsonObject, after: JsonObject): void {
  for (const name of Object.keys(before)) {
    const value = before[name];
    if (value !== undefined) {
      const other = Object.hasOwn(after, name) ? after[name] : undefined;
      within(walk, { kind: 'field', name }, () =>
        other === undefined ? emit(walk, { before: value }) : diffValues(walk, value, other),
      );
    }
  }
  for (const name of Object.keys(after)) {
    const value = after[name];
    if (value !== undefined && (!Object.hasOwn(before, name) || before[name] === undefined)) {
      within(walk, { kind: 'field', name }, () => emit(walk, { after: value }));
    }
  }
}

function diffByKey(walk: Walk, before: KeyedItems, after: KeyedItems): void {
  for (const [id, { keys, value }] of before) {
    const other = after.get(id);
    within(walk, { kind: 'item', keys }, () =>
      other === undefined ? emit(walk, { before: value }) : diffValues(walk, value, other.value),
    );
  }
  const kept = [...before.keys()].filter((id) => after.has(id));
  const reordered = [...after.keys()]
    .filter((id) => before.has(id))
    .some((id, i) => id !== kept[i]);
  let length = kept.length;
  for (const [index, [id, { keys, value }]] of [...after].entries()) {
    if (!before.has(id)) {
      const last = reordered || index === length;
      within(walk, { kind: 'item', keys }, () =>
        emit(walk, last ? { after: value } : { after: value, index }),
      );
      length += 1;
    }
  }
  if (reordered) {
    const order = (items: KeyedItems) => Array.from(items.values(), (i) => formatItemKeys(i.keys));
    within(walk, { kind: 'order' }, () =>
      emit(walk, { before: order(before), after: order(after) }),
    );
  }
}

/** Pairs the items of the part that differs by place; what one list has more was added or removed. */
function diffByPlace(walk: Walk, before: readonly JsonValue[], after: readonly JsonValue[]): void {
  const [start, fromEnd] = before.length === after.length ? [0, 0] : commonEnds(before, after);
  const beforeEnd = before.length - fromEnd;
  const afterEnd = after.length - fromEnd;
  for (let index = start; index < Math.max(beforeEnd, afterEnd); index += 1) {
    const earlier = index < beforeEnd ? before[index] : undefined;
    const later = index < afterEnd ? after[index] : undefined;
    within(walk, { kind: 'index', index }, () => {
      if (earlier !== undefined && later !== undefined) {
        diffValues(walk, earlier, later);
      } else if (later !== undefined) {
        emit(walk, { after: later });
      } else if (earlier !== undefined) {
        emit(walk, { before: earlier });
      }
    });
  }
}

/** How many items two lists have in common at their start, and of the rest at their end. */
function commonEnds(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): readonly [start: number, end: number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && jsonEquals(before[start], after[start])) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && jsonEquals(before.at(-1 - end), after.at(-1 - end))) {
    end += 1;
  }
  return [start, end];
}
