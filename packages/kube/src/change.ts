import { conditionChanges } from './conditions.ts';
import type { ConditionChange } from './conditions.ts';
import { diffWithSegments } from './diff.ts';
import type { DiffOptions, FieldChange, SegmentedChange } from './diff.ts';
import type { PathSegment } from './field-path.ts';
import { isHeartbeat } from './heartbeat.ts';
import { isJsonObject, stringAt } from './json-access.ts';
import type { JsonObject } from './json.ts';
import { managersOf, movedManagers } from './managers.ts';
import type { Manager } from './managers.ts';

/** In order of precedence: a change is shown as the first of its classes. */
export const changeClasses = [
  'deleted',
  'created',
  'deleting',
  'spec',
  'condition',
  'metadata',
  'status',
  'heartbeat',
] as const;
export type ChangeClass = (typeof changeClasses)[number];

/** What happened to an object between two states of it. */
export interface ObjectChange {
  /** At least one, by precedence. */
  readonly classes: ChangeClass[];
  /** None for an object that was created or deleted: there the whole object is the change. */
  readonly fields: FieldChange[];
  readonly conditions: ConditionChange[];
  readonly managers: Manager[];
}

/** Root fields and metadata that every write moves, or that say how the object is stored. */
const hiddenRoot = new Set(['apiVersion', 'kind']);
const hiddenMetadata = new Set(['resourceVersion', 'generation', 'managedFields', 'selfLink']);

/**
 * Describes what happened between two states of one object; undefined stands for its absence.
 * `resourceVersion`, `generation` and `managedFields` are no fields of a change; who changed it is
 * told from the managedFields that moved. Where nothing else moved the class is metadata.
 * Throws where both are undefined: then there is no object to speak of.
 */
export function describeChange(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  options: DiffOptions = {},
): ObjectChange {
  if (before === undefined || after === undefined) {
    if (before === after) {
      throw new TypeError('describeChange needs an object before or after the change.');
    }
    return after === undefined
      ? { classes: ['deleted'], fields: [], conditions: [], managers: [] }
      : { classes: ['created'], fields: [], conditions: [], managers: [...managersOf(after)] };
  }
  const changes = diffWithSegments(shown(before), shown(after), options);
  const conditions = conditionChanges(before, after);
  return {
    classes: classesOf(stringAt(after, 'kind'), changes, conditions),
    fields: changes.map(({ change }) => change),
    conditions,
    managers: movedManagers(
      before,
      after,
      changes.map(({ segments }) => segments),
    ),
  };
}

function shown(object: JsonObject): JsonObject {
  const metadata = object['metadata'];
  return {
    ...without(object, hiddenRoot),
    ...(isJsonObject(metadata) ? { metadata: without(metadata, hiddenMetadata) } : {}),
  };
}

function without(object: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));
}

function classesOf(
  kind: string | undefined,
  changes: readonly SegmentedChange[],
  conditions: readonly ConditionChange[],
): ChangeClass[] {
  const flipped = new Set(conditions.map(({ type }) => type));
  const telling = changes.filter(({ segments }) => !isHeartbeat(kind, segments));
  const found = new Set(telling.map(({ segments }) => classOf(segments, flipped)));
  if (flipped.size > 0) {
    found.add('condition');
  }
  if (found.size === 0) {
    found.add(changes.length > 0 ? 'heartbeat' : 'metadata');
  }
  return changeClasses.filter((name) => found.has(name));
}

/** Set together when an object is asked to be deleted; the grace period may be shortened later. */
const deletionFields = new Set(['deletionTimestamp', 'deletionGracePeriodSeconds']);

function classOf(path: readonly PathSegment[], flipped: ReadonlySet<string>): ChangeClass {
  const [root, second, item] = path;
  const name = root?.kind === 'field' ? root.name : '';
  if (name === 'metadata') {
    return second?.kind === 'field' && deletionFields.has(second.name) ? 'deleting' : 'metadata';
  }
  if (name !== 'status') {
    return 'spec';
  }
  const ofFlipped =
    second?.kind === 'field' &&
    second.name === 'conditions' &&
    (item === undefined ||
      (item.kind === 'item' &&
        item.keys.some(([key, type]) => key === 'type' && flipped.has(type))));
  return ofFlipped && flipped.size > 0 ? 'condition' : 'status';
}
