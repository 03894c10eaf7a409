import { isMap, type Json, type JsonMap } from '../json.ts';
import { apiVersionOf, type ServedType } from '../resources/resource-type.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import type { Column } from './table-columns.ts';

/** What each row carries of its object: `includeObject` of the request. */
export type RowObject = 'None' | 'Metadata' | 'Object';

/** How the rows of one table are written. */
export interface TableStyle {
  readonly served: ServedType;
  readonly columns: readonly Column[];
  /** `meta.k8s.io/` and the version that was asked. */
  readonly apiVersion: string;
  readonly includeObject: RowObject;
}

export function tableRow(style: TableStyle, stored: StoredObject, now: number): JsonMap {
  const parsed = parseStored(stored);
  // Kubernetes has custom resources as Go maps, whose keys it writes sorted: a cell may show some.
  const object = style.served.type.custom ? (sortedKeys(parsed) as JsonMap) : parsed;
  return {
    cells: style.columns.map((column) => column.cell(object, now)),
    ...rowObject(style, object),
  };
}

function sortedKeys(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => sortedKeys(item) ?? null);
  if (!isMap(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sortedKeys(value[key])]));
}

function rowObject({ served, apiVersion, includeObject }: TableStyle, object: JsonMap): JsonMap {
  switch (includeObject) {
    case 'None':
      return { object: null };
    case 'Object': {
      const { type, version } = served;
      const whole = { apiVersion: apiVersionOf(type.group, version.version), kind: type.kind };
      return { object: { ...whole, ...object } };
    }
    case 'Metadata': {
      const metadata = object['metadata'];
      return { object: partOf(apiVersion, isMap(metadata) ? metadata : {}) };
    }
  }
}

function partOf(apiVersion: string, metadata: JsonMap): JsonMap {
  return { kind: 'PartialObjectMetadata', apiVersion, metadata };
}

/** The row of a bookmark: no cell has anything in it. */
export function emptyRow(
  apiVersion: string,
  columns: readonly Column[],
  metadata: JsonMap,
): JsonMap {
  return {
    cells: columns.map((_column, index) => (index === 0 ? '' : null)),
    object: partOf(apiVersion, metadata),
  };
}

export function emptyTable(apiVersion: string, metadata: JsonMap): JsonMap {
  return { kind: 'Table', apiVersion, metadata };
}
