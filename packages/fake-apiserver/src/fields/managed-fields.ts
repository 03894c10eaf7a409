import { isMap, listAt, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import { isEmpty, type FieldSet } from './field-set.ts';

/** Who writes: an entry of `managedFields` belongs to one of these. */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Update' | 'Apply';
  readonly apiVersion: string;
  readonly subresource: string | undefined;
}

export interface ManagedEntry extends Writer {
  /** Empty where it has none. */
  readonly time: string;
  readonly fields: FieldSet;
}

/** The entries an object carries; none where one of them cannot be read. */
export function readEntries(object: JsonMap): ManagedEntry[] {
  const entries: ManagedEntry[] = [];
  for (const item of listAt(mapAt(object, 'metadata'), 'managedFields')) {
    const entry = readEntry(item);
    if (entry === undefined) return [];
    entries.push(entry);
  }
  return entries;
}

function readEntry(entry: Json): ManagedEntry | undefined {
  if (!isMap(entry)) return undefined;
  const operation = stringAt(entry, 'operation');
  const apiVersion = stringAt(entry, 'apiVersion') ?? '';
  if (operation !== 'Apply' && operation !== 'Update') return undefined;
  if (apiVersion === '' || entry['fieldsType'] !== 'FieldsV1') return undefined;
  const fields = entry['fieldsV1'] ?? {};
  if (!isFieldSet(fields)) return undefined;
  return {
    manager: stringAt(entry, 'manager') ?? '',
    operation,
    apiVersion,
    subresource: stringAt(entry, 'subresource'),
    time: stringAt(entry, 'time') ?? '',
    fields,
  };
}

/** `f:name`, `k:{…}`, `v:…`, `i:0`, and others of that form. */
const PATH_ELEMENT = /^(?:\.$|.:)/su;

function isFieldSet(value: Json): value is FieldSet {
  if (!isMap(value)) return false;
  return Object.entries(value).every(
    ([key, item]) => PATH_ELEMENT.test(key) && isMap(item) && isFieldSet(item),
  );
}

/** Whether an object asks for a fresh start: a list with nothing in it but one empty entry. */
export function isReset(object: JsonMap): boolean {
  const [only, ...more] = listAt(mapAt(object, 'metadata'), 'managedFields');
  return isMap(only) && Object.keys(only).length === 0 && more.length === 0;
}

/** Writes the entries in Kubernetes' order: applied ones first, then by time and name. */
export function writeEntries(object: JsonMap, entries: readonly ManagedEntry[]): void {
  const metadata = mapAt(object, 'metadata');
  if (metadata === undefined) return;
  const sorted = entries.filter((entry) => !isEmpty(entry.fields));
  if (sorted.length === 0) {
    delete metadata['managedFields'];
    return;
  }
  if (sorted.length > 1) sorted.sort(byOrder);
  metadata['managedFields'] = sorted.map(writeEntry);
}

function writeEntry(entry: ManagedEntry): JsonMap {
  const { manager, operation, apiVersion, time, fields, subresource } = entry;
  const written: JsonMap = { manager, operation, apiVersion };
  if (time !== '') written['time'] = time;
  written['fieldsType'] = 'FieldsV1';
  written['fieldsV1'] = fields;
  if (subresource !== undefined) written['subresource'] = subresource;
  return written;
}

function byOrder(a: ManagedEntry, b: ManagedEntry): number {
  return (
    compare(a.operation, b.operation) ||
    compare(a.time, b.time) ||
    compare(a.manager, b.manager) ||
    compare(a.apiVersion, b.apiVersion) ||
    compare(a.subresource ?? '', b.subresource ?? '')
  );
}

export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whoever applies owns one entry, whatever versions it applied at. */
export function sameWriter(a: Writer, b: Writer): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    a.subresource === b.subresource &&
    (a.operation === 'Apply' || a.apiVersion === b.apiVersion)
  );
}

/** Metadata that the server keeps, and that therefore nobody owns (stripmeta.go). */
const UNOWNED = new Set([
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
]);

/** A set without what the server itself keeps. */
export function ownable(set: FieldSet): FieldSet {
  const owned: FieldSet = {};
  for (const key in set) {
    const node = set[key];
    if (key === 'f:apiVersion' || key === 'f:kind') continue;
    if (key !== 'f:metadata') owned[key] = node;
    else if (isMap(node)) {
      const metadata = ownableMetadata(node);
      if (metadata !== undefined) owned[key] = metadata;
    }
  }
  return owned;
}

function ownableMetadata(set: FieldSet): FieldSet | undefined {
  let owned: FieldSet | undefined;
  for (const key in set) {
    if (UNOWNED.has(key)) continue;
    owned ??= {};
    owned[key] = set[key];
  }
  return owned;
}
