import { ownsField } from './field-ownership.ts';
import type { PathSegment } from './field-path.ts';
import { listAt, property, stringAt } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { jsonEquals } from './lossless-json.ts';

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
 * The managers whose entries are new or moved (another time, another set of fields) from `before`
 * to `after`: those first that own one of the changed paths, in either object, since a field that
 * is gone is owned only in the earlier one. Empty where no entry moved: then nobody can be named.
 */
export function movedManagers(
  before: JsonObject,
  after: JsonObject,
  changed: readonly (readonly PathSegment[])[],
): Manager[] {
  const earlier = new Map(
    listAt(before, 'metadata', 'managedFields').map((entry) => [identity(entry), entry]),
  );
  const owners: Manager[] = [];
  const others: Manager[] = [];
  for (const entry of listAt(after, 'metadata', 'managedFields')) {
    const previous = earlier.get(identity(entry));
    if (hasMoved(previous, entry)) {
      const owns = changed.some(
        (path) =>
          ownsField(property(entry, 'fieldsV1'), after, path) ||
          ownsField(property(previous, 'fieldsV1'), before, path),
      );
      (owns ? owners : others).push(readManager(entry));
    }
  }
  return [...owners, ...others];
}

function identity(entry: JsonValue): string {
  return JSON.stringify(
    ['manager', 'operation', 'subresource', 'apiVersion'].map((field) => stringAt(entry, field)),
  );
}

function hasMoved(previous: JsonValue | undefined, entry: JsonValue): boolean {
  return (
    stringAt(previous, 'time') !== stringAt(entry, 'time') ||
    !jsonEquals(property(previous, 'fieldsV1'), property(entry, 'fieldsV1'))
  );
}
