import type { Column, Row, Sort } from '@kindscope/protocol';

/** A column as the page shows it: one of ours, or a printer column by its place in `Row.cells`. */
export interface TableColumn {
  readonly id: string;
  readonly title: string;
  readonly kind: 'name' | 'namespace' | 'health' | 'text' | 'number' | 'date' | 'age' | 'changed';
  /** Which of the row's cells; undefined for ours. */
  readonly cell: number | undefined;
  readonly description: string | undefined;
  /** What the server sorts it by; undefined where it cannot. */
  readonly sortBy: string | undefined;
  /** A click on the header of a time sorts the newest first. */
  readonly newestFirst: boolean;
  /** Lower ranks find room first. */
  readonly rank: number;
  /** A printer column of a priority above 0. */
  readonly extra: boolean;
}

const ours = { cell: undefined, description: undefined, newestFirst: false, extra: false } as const;

/** The columns of a resource's table: name, namespace, health, what the CRD prints, age, changed. */
export function tableColumns(
  columns: readonly Column[],
  namespaced: boolean,
): readonly TableColumn[] {
  const printed = columns.flatMap((column, cell) =>
    // The CRD's own age column would say ours twice.
    column.type === 'date' && column.name.toLowerCase() === 'age'
      ? []
      : [printerColumn(column, cell)],
  );
  return [
    { ...ours, id: 'name', title: 'Name', kind: 'name', sortBy: 'name', rank: 0 },
    ...(namespaced
      ? [
          {
            ...ours,
            id: 'namespace',
            title: 'Namespace',
            kind: 'namespace',
            sortBy: 'namespace',
            rank: 1,
          } as const,
        ]
      : []),
    { ...ours, id: 'health', title: 'Health', kind: 'health', sortBy: undefined, rank: 2 },
    ...printed.map((column, index) => ({ ...column, rank: rankOf(column, index) })),
    {
      ...ours,
      id: 'age',
      title: 'Age',
      kind: 'age',
      sortBy: 'created',
      newestFirst: true,
      rank: 5,
    },
    {
      ...ours,
      id: 'changed',
      title: 'Changed',
      kind: 'changed',
      sortBy: 'changed',
      newestFirst: true,
      rank: 4,
    },
  ];
}

function printerColumn(column: Column, cell: number): TableColumn {
  return {
    id: `cell-${column.name}`,
    title: column.name,
    kind: printerKind(column.type),
    cell,
    description: column.description,
    sortBy: column.name,
    newestFirst: column.type === 'date',
    rank: 0,
    extra: column.priority > 0,
  };
}

function printerKind(type: Column['type']): 'text' | 'number' | 'date' {
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'date' ? 'date' : 'text';
}

/** The first printer column matters most, then the times; those of a priority above 0 come last. */
function rankOf(column: TableColumn, index: number): number {
  if (column.extra) return 1000 + index;
  return index === 0 ? 3 : 10 + index;
}

/** Whether the column's contents stand at its right edge. */
export function alignsRight(column: TableColumn): boolean {
  return (
    column.kind !== 'text' &&
    column.kind !== 'name' &&
    column.kind !== 'namespace' &&
    column.kind !== 'health'
  );
}

/** The sort that a click on the column's header asks for: its own way, the other way, none. */
export function nextSort(column: TableColumn, sort: Sort | undefined): Sort | undefined {
  if (column.sortBy === undefined) return sort;
  if (sort?.column !== column.sortBy) return sortOf(column.sortBy, column.newestFirst);
  const reversed = (sort.descending === true) !== column.newestFirst;
  return reversed ? undefined : sortOf(column.sortBy, !column.newestFirst);
}

function sortOf(column: string, descending: boolean): Sort {
  return descending ? { column, descending } : { column };
}

/** What `aria-sort` says: the newest first is an ascending age, but a descending time. */
export function sortDirection(
  column: TableColumn,
  sort: Sort | undefined,
): 'ascending' | 'descending' | undefined {
  if (column.sortBy === undefined || sort?.column !== column.sortBy) return undefined;
  const descending = (sort.descending === true) !== (column.kind === 'age');
  return descending ? 'descending' : 'ascending';
}

/** The text of a cell as far as its width goes. */
export function cellText(column: TableColumn, row: Row): string {
  switch (column.kind) {
    case 'name':
      return row.deleting === true ? `${row.name} deleting` : row.name;
    case 'namespace':
      return row.namespace;
    case 'health':
      return 'Unknown';
    case 'age':
    case 'date':
      return '10h10m';
    case 'changed':
      return '14:12:08';
    case 'text':
    case 'number':
      return row.cells[column.cell ?? -1] ?? '';
  }
}
