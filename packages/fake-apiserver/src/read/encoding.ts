import type { Accepted } from '../http/negotiation.ts';
import { mapAt, type JsonMap } from '../json.ts';
import { apiVersionOf, type ServedType } from '../resources/resource-type.ts';
import { viewOf } from '../schema/stored-form.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import { columnsOf } from './table-columns.ts';
import { emptyRow, emptyTable, tableRow, type RowObject } from './table.ts';

/** Writes stored objects of one served version the way one request asked for them. */
export interface Encoding {
  /** Tells encodings apart, so that watchers of the same one can share its bytes. */
  readonly id: string;
  /** One object as the answer to a get or inside a watch event. */
  object(stored: StoredObject): Buffer;
  /** The same inside the very first event of a watch: a table states its columns once. */
  firstObject(stored: StoredObject): Buffer;
  /** One object inside a list, in pieces to be written one after the other. */
  item(stored: StoredObject): readonly Buffer[];
  /** What surrounds the comma-separated items of a list. */
  list(metadata: JsonMap, empty: boolean): { readonly open: string; readonly close: string };
  /** An object that carries metadata alone: the bookmark. */
  bookmark(metadata: JsonMap, first: boolean): string;
}

export function createEncoding(
  served: ServedType,
  { form, metaVersion }: Accepted,
  includeObject: RowObject,
  now: () => number,
): Encoding {
  // A table shows what is stored, whatever the version calls it.
  const shown = form === 'table' ? homeOf(served) : served;
  const encoding = encodingOf(shown, form, metaVersion, includeObject, now);
  const view = viewOf(shown);
  return {
    ...encoding,
    object: (stored) => encoding.object(view(stored)),
    firstObject: (stored) => encoding.firstObject(view(stored)),
    item: (stored) => encoding.item(view(stored)),
  };
}

/** The type whose objects these are, at the version in which they are stored. */
function homeOf(served: ServedType): ServedType {
  const { storedAs } = served.type;
  const version = storedAs?.versions.find((item) => item.storage);
  return storedAs === undefined || version === undefined ? served : { type: storedAs, version };
}

function encodingOf(
  served: ServedType,
  form: Accepted['form'],
  metaVersion: string,
  includeObject: RowObject,
  now: () => number,
): Encoding {
  switch (form) {
    case 'object':
      return objectEncoding(served);
    case 'partial':
      return partialEncoding(served, `meta.k8s.io/${metaVersion}`);
    case 'table':
      return tableEncoding(served, `meta.k8s.io/${metaVersion}`, includeObject, now);
  }
}

/** `"apiVersion":…,"kind":…`, the two keys that stored bytes leave off. */
function typeKeys(served: ServedType): string {
  const apiVersion = apiVersionOf(served.type.group, served.version.version);
  return `"apiVersion":${JSON.stringify(apiVersion)},"kind":${JSON.stringify(served.type.kind)}`;
}

const OPEN = Buffer.from('{');

function objectEncoding(served: ServedType): Encoding {
  const { type, version } = served;
  const apiVersion = apiVersionOf(type.group, version.version);
  const head = Buffer.from(`{${typeKeys(served)},`);
  // Items of a typed list carry no type of their own; those of custom resources do.
  const itemHead = type.custom ? head : OPEN;
  const whole = (stored: StoredObject): Buffer => Buffer.concat([head, stored.tail]);
  return {
    id: `object/${version.version}`,
    object: whole,
    firstObject: whole,
    item: (stored) => [itemHead, stored.tail],
    list: (metadata) => listEnvelope(apiVersion, type.listKind, metadata, type.custom),
    bookmark: (metadata) => `{${typeKeys(served)},"metadata":${JSON.stringify(metadata)}}`,
  };
}

/** Custom resources are listed with `items` before `metadata`, built-ins the other way round. */
function listEnvelope(
  apiVersion: string,
  kind: string,
  metadata: JsonMap,
  itemsFirst: boolean,
): { open: string; close: string } {
  const keys = `"kind":${JSON.stringify(kind)}`;
  const version = `"apiVersion":${JSON.stringify(apiVersion)}`;
  const meta = `"metadata":${JSON.stringify(itemsFirst ? { continue: '', ...metadata } : metadata)}`;
  return itemsFirst
    ? { open: `{${version},"items":[`, close: `],${keys},${meta}}\n` }
    : { open: `{${keys},${version},${meta},"items":[`, close: ']}\n' };
}

function partialEncoding(served: ServedType, apiVersion: string): Encoding {
  const encode = (metadata: JsonMap): string =>
    `{"kind":"PartialObjectMetadata","apiVersion":"${apiVersion}","metadata":${JSON.stringify(metadata)}}`;
  const whole = (stored: StoredObject): Buffer =>
    Buffer.from(encode(mapAt(parseStored(stored), 'metadata') ?? {}));
  return {
    id: `partial/${served.version.version}/${apiVersion}`,
    object: whole,
    firstObject: whole,
    item: (stored) => [whole(stored)],
    list(metadata, empty) {
      const envelope = listEnvelope(apiVersion, 'PartialObjectMetadataList', metadata, false);
      // The one list that is null when there is nothing in it.
      return empty ? { open: envelope.open.replace(/\[$/, 'null'), close: '}\n' } : envelope;
    },
    bookmark: encode,
  };
}

function tableEncoding(
  served: ServedType,
  apiVersion: string,
  includeObject: RowObject,
  now: () => number,
): Encoding {
  const columns = columnsOf(served);
  const row = (stored: StoredObject): JsonMap =>
    tableRow({ served, columns, apiVersion, includeObject }, stored, now());
  const table = (metadata: JsonMap, rows: JsonMap[], withColumns: boolean): JsonMap => ({
    ...emptyTable(apiVersion, metadata),
    columnDefinitions: withColumns ? columns.map((column) => ({ ...column.definition })) : null,
    rows,
  });
  const single = (stored: StoredObject, first: boolean): Buffer =>
    Buffer.from(
      JSON.stringify(table({ resourceVersion: String(stored.revision) }, [row(stored)], first)),
    );
  return {
    id: `table/${served.version.version}/${apiVersion}/${includeObject}`,
    object: (stored) => single(stored, false),
    firstObject: (stored) => single(stored, true),
    item: (stored) => [Buffer.from(JSON.stringify(row(stored)))],
    list(metadata) {
      const { rows: _rows, ...rest } = table(metadata, [], true);
      return { open: `${JSON.stringify(rest).slice(0, -1)},"rows":[`, close: ']}\n' };
    },
    bookmark: (metadata, first) =>
      JSON.stringify(
        table(
          { resourceVersion: metadata['resourceVersion'] },
          [emptyRow(apiVersion, columns, metadata)],
          first,
        ),
      ),
  };
}
