import { isMap, type JsonMap } from '../json.ts';
import { apiVersionOf, type ServedType } from '../resources/resource-type.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import type { Column } from './table-columns.ts';

/** What each row carries of its object: `includeObject` of the request. */
export type RowObject = 'None' | 'Metadata' | 'Object';

export function tableRow(
  served: ServedType,
  columns: readonly Column[],
  stored: StoredObject,
  includeObject: RowObject,
  now: number,
): JsonMap {
  const object = parseStored(stored);
  return {
    cells: columns.map((column) => column.cell(object, now)),
    ...rowObject(served, object, includeObject),
  };
}

function rowObject(served: ServedType, object: JsonMap, include: RowObject): JsonMap {
  switch (include) {
    case 'None':
      return { object: null };
    case 'Object': {
      const apiVersion = apiVersionOf(served.type.group, served.version.version);
      return { object: { apiVersion, kind: served.type.kind, ...object } };
    }
    case 'Metadata': {
      const metadata = object['metadata'];
      return {
        object: {
          kind: 'PartialObjectMetadata',
          apiVersion: 'meta.k8s.io/v1',
          metadata: isMap(metadata) ? metadata : {},
        },
      };
    }
  }
}

/** The row of a bookmark: no cell has anything in it. */
export function emptyRow(columns: readonly Column[], metadata: JsonMap): JsonMap {
  return {
    cells: columns.map((_column, index) => (index === 0 ? '' : null)),
    object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
  };
}

export function emptyTable(metadata: JsonMap): JsonMap {
  return { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata };
}
