import type { ObjectHandle } from '@kindscope/informer';
import type { TableColumn } from '@kindscope/kube';
import type { Sort } from '@kindscope/protocol';
import { failure, success, type Result } from '../result.ts';
import { compareNumbers, numberRank, type NumberRank } from './number-rank.ts';

/** What a row is sorted by; undefined, where it has nothing there, comes last in both directions. */
type Rank = string | number | NumberRank | undefined;

/** What a row's place may depend on. */
interface Ranked {
  readonly handle: ObjectHandle;
  /** When it was last seen to change, milliseconds since the epoch. */
  readonly changed: number | undefined;
  cell(index: number): string | null;
}

/** A total order of a table's rows: ties are broken by namespace, then name. */
export interface Order {
  readonly identity: string;
  /** Namespace, name: the order in which a list arrives, so that a partial one is not misleading. */
  readonly isDefault: boolean;
  rank(row: Ranked): Rank;
  compare(a: Placed, b: Placed): number;
  /** All of them in this order, a new array: many times as fast as sorting by `compare`. */
  sort<P extends Placed>(rows: Iterable<P>): P[];
}

/** A row with its rank taken. */
export interface Placed {
  readonly handle: ObjectHandle;
  readonly rank: Rank;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function comparePlaces(a: Placed, b: Placed): number {
  return (
    compareText(a.handle.namespace, b.handle.namespace) || compareText(a.handle.name, b.handle.name)
  );
}

function compareRanks(a: Rank, b: Rank, sign: 1 | -1): number {
  if (a === undefined || b === undefined) {
    return Number(a === undefined) - Number(b === undefined);
  }
  if (typeof a === 'string' && typeof b === 'string') return sign * compareText(a, b);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  if (typeof a === 'object' && typeof b === 'object') return sign * compareNumbers(a, b);
  return 0;
}

/** By namespace, then name. Names of one namespace are compared with each other only. */
function sortPlaces<P extends Placed>(rows: Iterable<P>): P[] {
  const namespaces = Map.groupBy(rows, ({ handle }) => handle.namespace);
  return [...namespaces.keys()].sort(compareText).flatMap((namespace) => {
    const inside = namespaces.get(namespace) ?? [];
    return inside.sort((a, b) => compareText(a.handle.name, b.handle.name));
  });
}

function timeRank(text: string | null): number | undefined {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function cellRank(type: TableColumn['type'], text: string | null): Rank {
  switch (type) {
    case 'integer':
    case 'number':
      return text === null ? undefined : numberRank(text);
    case 'date':
      return timeRank(text);
    case 'string':
    case 'boolean':
      return text ?? undefined;
  }
}

/** The four that every table has, whatever its columns. */
const common: Readonly<Record<string, (row: Ranked) => Rank>> = {
  namespace: ({ handle }) => handle.namespace,
  name: ({ handle }) => handle.name,
  created: ({ handle }) => timeRank(handle.creationTimestamp),
  changed: ({ changed }) => changed,
};

function ranker(
  column: string,
  columns: readonly TableColumn[],
): ((row: Ranked) => Rank) | undefined {
  const found = Object.hasOwn(common, column) ? common[column] : undefined;
  if (found !== undefined) return found;
  const index = columns.findIndex(({ name }) => name === column);
  const type = columns[index]?.type;
  return type === undefined ? undefined : (row) => cellRank(type, row.cell(index));
}

/** Fault: `unknown-column`, with the columns there are. */
export function readOrder(sort: Sort | undefined, columns: readonly TableColumn[]): Result<Order> {
  const { column, descending = false } = sort ?? { column: 'namespace' };
  const rank = ranker(column, columns);
  if (rank === undefined) {
    const known = [...Object.keys(common), ...columns.map(({ name }) => name)];
    return failure({
      code: 'unknown-column',
      detail: `There is no column "${column}" to sort by.`,
      remedy: `Sort by one of: ${known.join(', ')}.`,
    });
  }
  const sign = descending ? -1 : 1;
  const isDefault = column === 'namespace' && !descending;
  return success({
    identity: isDefault ? '' : `${descending ? '-' : '+'}${column}`,
    isDefault,
    rank: isDefault ? () => undefined : rank,
    compare: (a, b) => compareRanks(a.rank, b.rank, sign) || comparePlaces(a, b),
    sort(rows) {
      const places = sortPlaces(rows);
      // Stable: rows of one rank stay in the order of their places.
      return isDefault ? places : places.sort((a, b) => compareRanks(a.rank, b.rank, sign));
    },
  });
}
