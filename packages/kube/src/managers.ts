import { ownedSteps } from './field-ownership.ts';
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
  for (const entry of listAt(after, 'metadata', 'managedFields')) {
    const previous = earlier.get(identity(entry));
    const owns = ownsAny(entry, after, changed);
    if (stringAt(previous, 'time') !== stringAt(entry, 'time')) {
      const owned = owns || ownsAny(previous, before, changed);
      (owned ? writingOwners : writers).push(readManager(entry));
    }
  }
  const moved = [...writingOwners, ...writers];
  return moved.length > 0 ? moved : ownersOf(after, changed);
}

/** Who owns the changed paths, each the most closely: the owner of a map does not own what others have in it. */
function ownersOf(object: JsonObject, paths: readonly (readonly PathSegment[])[]): Manager[] {
  const entries = listAt(object, 'metadata', 'managedFields');
  const owners = new Set<JsonValue>();
  for (const path of paths) {
    const steps = entries.map((entry) => ownedSteps(property(entry, 'fieldsV1'), object, path));
    const most = Math.max(1, ...steps);
    for (const [index, entry] of entries.entries()) if (steps[index] === most) owners.add(entry);
  }
  return entries.filter((entry) => owners.has(entry)).map(readManager);
}

function ownsAny(
  entry: JsonValue | undefined,
  object: JsonObject,
  paths: readonly (readonly PathSegment[])[],
): boolean {
  return paths.some((path) => ownedSteps(property(entry, 'fieldsV1'), object, path) > 0);
}

function identity(entry: JsonValue): string {
  return JSON.stringify(
    ['manager', 'operation', 'subresource', 'apiVersion'].map((field) => stringAt(entry, field)),
  );
}
