import { isMap, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import { apiVersionOf, type ServedType } from '../resources/resource-type.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';

/** What each row carries of its object: `includeObject` of the request. */
export type RowObject = 'None' | 'Metadata' | 'Object';

export interface Column {
  readonly definition: {
    readonly name: string;
    readonly type: string;
    readonly format: string;
    readonly description: string;
    readonly priority: number;
  };
  cell(object: JsonMap, now: number): Json;
}

const NAME: Column = {
  definition: {
    name: 'Name',
    type: 'string',
    format: 'name',
    description: 'Name must be unique within a namespace.',
    priority: 0,
  },
  cell: (object) => stringAt(mapAt(object, 'metadata'), 'name') ?? '',
};

const AGE: Column = {
  definition: {
    name: 'Age',
    type: 'date',
    format: '',
    description: 'CreationTimestamp is the time when this object was created.',
    priority: 0,
  },
  cell: (object) => stringAt(mapAt(object, 'metadata'), 'creationTimestamp') ?? '<unknown>',
};

export function tableColumns(_served: ServedType): readonly Column[] {
  return [NAME, AGE];
}

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

export function emptyTable(metadata: JsonMap): JsonMap {
  return { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata };
}
