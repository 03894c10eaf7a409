import { ownsField } from './field-ownership.ts';
import type { PathSegment } from './field-path.ts';
import { listAt, property, stringAt } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** Who wrote fields of an object: a program's field manager, which is not a person. */
export interface Manager {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** `status`, `scale`, …; absent for the object itself. */
  readonly subresource?: string;
  /** RFC 3339, whole seconds */
  readonly time?: string;
}

/** Every entry of the object's managedFields. */
export function managersOf(object: JsonObject): readonly Manager[] {
  return listAt(object, 'metadata', 'managedFields').map(readManager);
}

function readManager(entry: JsonValue): Manager {
  const subresource = stringAt(entry, 'subresource');
  const time = stringAt(entry, 'time');
  return {
    manager: stringAt(entry, 'manager') ?? '',
    operation: stringAt(entry, 'operation') === 'Apply' ? 'Apply' : 'Update',
    ...(subresource === undefined || subresource === '' ? {} : { subresource }),
    ...(time === undefined ? {} : { time }),
  };
}

/**
 * Who made the change from `before` to `after`: the managers whose entry is new or has another
 * time, those first that own one of the changed paths. Times are whole seconds, so where none
 * moved it is whoever owns a changed path now: a write takes over the fields that it changes
 * (KEP-555). An entry that only lost fields lost them to somebody else, and is not named. Empty
 * where nobody can be known, as for a field that was removed by a manager that owns nothing else.
 */
export function movedManagers(
  before: JsonObject,
  after: JsonObject,
  changed: readonly (readonly PathSegment[])[],
): Manager[] {
  const earlier = new Map(
    listAt(before, 'metadata', 'managedFields').map((entry) => [identity(entry), entry]),
  );
  const writers: Manager[] = [];
  const writingOwners: Manager[] = [];
  const owners: Manager[] = [];
  for (const entry of listAt(after, 'metadata', 'managedFields')) {
    const previous = earlier.get(identity(entry));
    const owns = ownsAny(entry, after, changed);
    if (stringAt(previous, 'time') !== stringAt(entry, 'time')) {
      const owned = owns || ownsAny(previous, before, changed);
      (owned ? writingOwners : writers).push(readManager(entry));
    } else if (owns) owners.push(readManager(entry));
  }
  const moved = [...writingOwners, ...writers];
  return moved.length > 0 ? moved : owners;
}

function ownsAny(
  entry: JsonValue | undefined,
  object: JsonObject,
  paths: readonly (readonly PathSegment[])[],
): boolean {
  return paths.some((path) => ownsField(property(entry, 'fieldsV1'), object, path));
}

function identity(entry: JsonValue): string {
  return JSON.stringify(
    ['manager', 'operation', 'subresource', 'apiVersion'].map((field) => stringAt(entry, field)),
  );
}
