import { printerColumns, type TableColumn } from '@kindscope/kube';
import { mapAt, parseJson, stringAt, type Json, type JsonMap } from '../json.ts';
import type { ResourceType, ResourceVersionType, ServedType } from '../resources/resource-type.ts';
import { builtInColumns } from './tables/built-in-table.ts';
import { age } from './tables/cell.ts';

/** A column as a `Table` states it. */
export interface ColumnDefinition {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  readonly priority: number;
}

export interface Column {
  readonly definition: ColumnDefinition;
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
    description: 'The time since this object was created.',
    priority: 0,
  },
  cell: (object, now) => age(creationOf(object), now),
};

function creationOf(object: JsonMap): string {
  return stringAt(mapAt(object, 'metadata'), 'creationTimestamp') ?? '<unknown>';
}

const compiled = new WeakMap<ResourceVersionType, readonly Column[]>();

/** The columns of a resource's table at one version. */
export function columnsOf({ type, version }: ServedType): readonly Column[] {
  let columns = compiled.get(version);
  if (columns === undefined) {
    columns = type.custom ? customColumns(type, version) : builtInColumns(type);
    compiled.set(version, columns);
  }
  return columns;
}

/** apiextensions-apiserver tableconvertor: the CRD's columns, and the age only when it has none. */
function customColumns(type: ResourceType, version: ResourceVersionType): readonly Column[] {
  if (version.columns.length === 0) return [NAME, AGE];
  const { group, resource } = type;
  return [NAME, ...printerColumns({ group, resource, crdColumns: version.columns }).map(toColumn)];
}

function toColumn(column: TableColumn): Column {
  const { name, type, format = '', description = '', priority } = column;
  return {
    definition: { name, type, format, description, priority },
    cell(object, now) {
      const text = column.cell(object);
      return text === null ? null : cellValue(type, text, now);
    },
  };
}

function cellValue(type: TableColumn['type'], text: string, now: number): Json {
  switch (type) {
    case 'integer':
    case 'number':
      return parseJson(text);
    case 'boolean':
      return text === 'true';
    case 'date':
      return Number.isNaN(Date.parse(text)) ? text : age(text, now);
    case 'string':
      return text;
  }
}
