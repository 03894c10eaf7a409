import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import { diffFields } from './field-diff.ts';
import { difference, isEmpty, union, type FieldSet } from './field-set.ts';
import type { Shape } from './shape.ts';

/** Who writes: an entry of `managedFields` belongs to one of these. */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Update' | 'Apply';
  readonly apiVersion: string;
  readonly subresource: string | undefined;
}

export interface ManagedEntry extends Writer {
  readonly time: string;
  readonly fields: FieldSet;
}

/** The entries an object carries; what cannot be read is left out. */
export function readEntries(object: JsonMap): ManagedEntry[] {
  return listAt(mapAt(object, 'metadata'), 'managedFields')
    .filter((item) => isMap(item))
    .map((entry) => ({
      manager: stringAt(entry, 'manager') ?? '',
      operation: entry['operation'] === 'Apply' ? 'Apply' : 'Update',
      apiVersion: stringAt(entry, 'apiVersion') ?? '',
      subresource: stringAt(entry, 'subresource'),
      time: stringAt(entry, 'time') ?? '',
      fields: mapAt(entry, 'fieldsV1') ?? {},
    }));
}

/** Writes the entries in Kubernetes' order: applied ones first, then by time and name. */
export function writeEntries(object: JsonMap, entries: readonly ManagedEntry[]): void {
  const metadata = mapAt(object, 'metadata');
  if (metadata === undefined) return;
  const sorted = entries.filter((entry) => !isEmpty(entry.fields)).sort(byOrder);
  if (sorted.length === 0) {
    delete metadata['managedFields'];
    return;
  }
  metadata['managedFields'] = sorted.map((entry) => ({
    manager: entry.manager,
    operation: entry.operation,
    apiVersion: entry.apiVersion,
    ...(entry.time === '' ? {} : { time: entry.time }),
    fieldsType: 'FieldsV1',
    fieldsV1: entry.fields,
    ...(entry.subresource === undefined ? {} : { subresource: entry.subresource }),
  }));
}

function byOrder(a: ManagedEntry, b: ManagedEntry): number {
  const left = [a.operation, a.time, a.manager, a.apiVersion, a.subresource ?? ''];
  const right = [b.operation, b.time, b.manager, b.apiVersion, b.subresource ?? ''];
  for (const [index, text] of left.entries()) {
    const other = right[index] ?? '';
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}

/**
 * The entries a write starts from: those it carries, so that they can be edited (kubectl moves its
 * own that way when it turns to server-side apply), else those of the stored object. A list with
 * nothing in it but empty entries takes all of them away.
 */
function baseEntries(before: JsonMap, after: JsonMap): ManagedEntry[] {
  const given = listAt(mapAt(after, 'metadata'), 'managedFields');
  if (given.length === 0) return readEntries(before);
  return readEntries(after).filter((entry) => entry.manager !== '');
}

export function sameWriter(a: Writer, b: Writer): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    a.apiVersion === b.apiVersion &&
    a.subresource === b.subresource
  );
}

/**
 * Records an Update in `after`'s managedFields: the writer owns what it set, the others lose it,
 * and what is gone belongs to nobody (structured-merge-diff merge/update.go).
 */
export function recordUpdate(
  writer: Writer,
  before: JsonMap,
  after: JsonMap,
  shape: Shape,
  time: string,
): void {
  const diff = diffFields(before, after, shape);
  const changed = ownable(diff.changed);
  const removed = ownable(diff.removed);
  const touched = union(changed, removed);
  const entries = baseEntries(before, after);
  const mine = entries.find((entry) => sameWriter(entry, writer));
  const kept = difference(mine?.fields ?? {}, removed);
  const others = entries.filter((entry) => entry !== mine);
  const own =
    mine !== undefined && isEmpty(changed)
      ? { ...mine, fields: kept }
      : { ...writer, time, fields: union(kept, changed) };
  writeEntries(after, [
    own,
    ...others.map((entry) => ({ ...entry, fields: difference(entry.fields, touched) })),
  ]);
}

/** Metadata that the server keeps, and that therefore nobody owns (stripmeta.go). */
const UNOWNED = [
  '.',
  'f:name',
  'f:namespace',
  'f:creationTimestamp',
  'f:selfLink',
  'f:uid',
  'f:generation',
  'f:managedFields',
  'f:resourceVersion',
  'f:deletionTimestamp',
  'f:deletionGracePeriodSeconds',
];

/** A set without what the server itself keeps. */
export function ownable(set: FieldSet): FieldSet {
  const { 'f:apiVersion': _version, 'f:kind': _kind, 'f:metadata': metadata, ...rest } = set;
  if (!isMap(metadata)) return rest;
  const owned = { ...metadata };
  for (const key of UNOWNED) delete owned[key];
  return Object.keys(owned).length === 0 ? rest : { 'f:metadata': owned, ...rest };
}
