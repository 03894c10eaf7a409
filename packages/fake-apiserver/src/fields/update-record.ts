import { mapAt, type JsonMap } from '../json.ts';
import { withinLimit } from './ancient-changes.ts';
import { diffFields } from './field-diff.ts';
import { difference, isEmpty, union, type FieldSet } from './field-set.ts';
import {
  isReset,
  ownable,
  readEntries,
  sameWriter,
  writeEntries,
  type ManagedEntry,
  type Writer,
} from './managed-fields.ts';
import type { Shape } from './shape.ts';

/** What recording a write needs to know beside the objects. */
export interface Recording {
  readonly shape: Shape;
  readonly time: string;
  /** Whether a version is served: what was set at one that is gone belongs to nobody. */
  readonly serves: (apiVersion: string) => boolean;
}

/**
 * The entries a write starts from: those it carries, so that they can be edited (kubectl moves its
 * own that way when it turns to server-side apply), else those of the stored object. A write to a
 * subresource cannot edit them.
 */
function baseEntries(writer: Writer, before: JsonMap, after: JsonMap): ManagedEntry[] {
  if (writer.subresource !== undefined) return readEntries(before);
  if (isReset(after)) return [];
  const given = readEntries(after);
  return given.length > 0 ? given : readEntries(before);
}

/**
 * Records an Update in `after`'s managedFields: the writer owns what it set, the others lose it,
 * and what is gone belongs to nobody (structured-merge-diff merge/update.go). A reset that changes
 * nothing else leaves nobody.
 */
export function recordUpdate(
  writer: Writer,
  before: JsonMap,
  after: JsonMap,
  { shape, time, serves }: Recording,
): void {
  const entries = baseEntries(writer, before, after).filter((entry) => serves(entry.apiVersion));
  if (entries.length === 0) {
    const created = mapAt(before, 'metadata')?.['uid'] === undefined;
    // An object that nobody kept account of stays so until somebody applies.
    const fields = created ? ownable(diffFields(before, after, shape).changed) : {};
    writeEntries(after, [{ ...writer, time, fields }]);
    return;
  }
  const diff = diffFields(before, after, shape);
  const changed = ownable(diff.changed);
  const others = losing(entries, union(diff.changed, diff.removed));
  writeEntries(
    after,
    withinLimit(isEmpty(changed) ? others : gaining(others, writer, changed, time)),
  );
}

/** The entries without what is taken from them. */
export function losing(entries: readonly ManagedEntry[], taken: FieldSet): ManagedEntry[] {
  if (isEmpty(taken)) return [...entries];
  return entries
    .map((entry) => ({ ...entry, fields: difference(entry.fields, taken) }))
    .filter((entry) => !isEmpty(entry.fields));
}

function gaining(
  entries: readonly ManagedEntry[],
  writer: Writer,
  fields: FieldSet,
  time: string,
): ManagedEntry[] {
  const mine = entries.find((entry) => sameWriter(entry, writer));
  if (mine === undefined) return [...entries, { ...writer, time, fields }];
  return entries.map((entry) =>
    entry === mine ? { ...entry, time, fields: union(entry.fields, fields) } : entry,
  );
}
