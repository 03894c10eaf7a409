import {
  isJsonArray,
  isJsonObject,
  jsonEquals,
  listAt,
  numberText,
  isJsonNumber,
  objectAt,
  parseFieldPath,
  parseJson,
  property,
  stringAt,
  type JsonObject,
  type JsonValue,
  type PathSegment,
} from '@kindscope/kube';

/** Who owns a field, as `managedFields` has it. A manager is a program, not a person. */
export interface FieldOwner {
  readonly manager: string;
  readonly operation: string;
  readonly subresource: string | undefined;
  readonly time: string | undefined;
}

/**
 * The owners of each field by its path, who wrote last first. A map or list that is merely a
 * parent of owned fields belongs to nobody; inside a value that is owned as a whole every field
 * belongs to its owner. Rule: structured-merge-diff `fieldpath` (`f:name`, `k:{"name":"web"}`,
 * `v:"x"`, `i:0`, `.`).
 */
export function fieldOwners(object: JsonObject): (path: string) => readonly FieldOwner[] {
  const entries = listAt(object, 'metadata', 'managedFields')
    .map((entry) => ({
      manager: stringAt(entry, 'manager') ?? '',
      operation: stringAt(entry, 'operation') ?? '',
      subresource: stringAt(entry, 'subresource'),
      time: stringAt(entry, 'time'),
      fields: objectAt(entry, 'fieldsV1'),
    }))
    .toSorted((a, b) => (b.time ?? '').localeCompare(a.time ?? ''));
  const known = new Map<string, readonly FieldOwner[]>();
  return (path) => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const segments = parseFieldPath(path) ?? [];
    const owners = entries.filter((entry) => owns(entry.fields, object, segments));
    known.set(path, owners);
    return owners;
  };
}

function owns(fields: JsonObject, object: JsonObject, path: readonly PathSegment[]): boolean {
  let set: JsonValue | undefined = fields;
  let value: JsonValue | undefined = object;
  for (const segment of path) {
    if (isWhole(set) && set !== fields) return true;
    const child = childOf(value, segment);
    set = memberOf(set, segment, child);
    value = child.value;
  }
  if (path.length === 0 || !isJsonObject(set)) return false;
  return isWhole(set) || property(set, '.') !== undefined;
}

/** A set without members stands for the whole value. Sets of thousands of members are not listed for it. */
function isWhole(set: JsonValue | undefined): boolean {
  if (!isJsonObject(set)) return false;
  for (const key in set) if (key !== '.') return false;
  return true;
}

interface Child {
  readonly index: number;
  readonly value: JsonValue | undefined;
}

function childOf(value: JsonValue | undefined, segment: PathSegment): Child {
  if (segment.kind === 'field') return { index: -1, value: property(value, segment.name) };
  const list = isJsonArray(value) ? value : [];
  const index = indexOf(list, segment);
  return { index, value: list[index] };
}

function indexOf(list: readonly JsonValue[], segment: PathSegment): number {
  if (segment.kind === 'index') return segment.index;
  if (segment.kind !== 'item') return -1;
  return list.findIndex((item) =>
    segment.keys.every(([key, text]) => keyText(property(item, key)) === text),
  );
}

function keyText(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  return isJsonNumber(value) ? numberText(value) : JSON.stringify(value ?? null);
}

function memberOf(
  set: JsonValue | undefined,
  segment: PathSegment,
  child: Child,
): JsonValue | undefined {
  if (segment.kind === 'field') return property(set, `f:${segment.name}`);
  if (!isJsonObject(set)) return undefined;
  return Object.entries(set).find(([name]) => namesItem(name, child))?.[1];
}

function namesItem(name: string, { index, value }: Child): boolean {
  if (name.startsWith('i:')) return name === `i:${index}`;
  if (name.startsWith('v:')) return jsonEquals(parsed(name.slice(2)), value);
  if (!name.startsWith('k:')) return false;
  const keys = parsed(name.slice(2));
  return (
    isJsonObject(keys) &&
    Object.entries(keys).every(([key, part]) => jsonEquals(part, property(value, key)))
  );
}

function parsed(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    // A manager may have written anything: what cannot be read names no item.
    return undefined;
  }
}
