import type { Row } from '@kindscope/protocol';
import { cellText, type TableColumn } from './table-column.ts';

/** What a person chose for a column; absent: as there is room. */
export type ColumnChoice = Readonly<Record<string, boolean>>;

/** How wide each column has to be, in pixels, by the column's id. */
export type ColumnWidths = Readonly<Record<string, number>>;

// Geist: an average character at 13 px, one of a head at 12 px, and the padding of a cell.
const character = 7;
const headCharacter = 6.5;
const padding = 21;
/** The arrow of the head that is sorted by. */
const arrow = 13;
/** What stands in a cell beside its text: the glyph of health; before the name the page's margin. */
const beside: Partial<Record<TableColumn['kind'], number>> = { health: 26, name: 18 };
const widest: Partial<Record<TableColumn['kind'], number>> = { name: 300, namespace: 170 };
const widestText = 240;
/** A name gives way, and ends in an ellipsis, before another column has to go. */
const nameShare = 0.3;
/** Columns of a priority above 0 want air, not only room. */
const air = 1.12;

/**
 * The widths that these rows need, never less than before: a column that shrank and grew with
 * what scrolls by would not stand still.
 */
export function grownWidths(
  before: ColumnWidths,
  columns: readonly TableColumn[],
  rows: Iterable<Row>,
): ColumnWidths {
  const lengths = new Map(columns.map((column) => [column, 0]));
  for (const row of rows) {
    for (const column of columns) {
      lengths.set(column, Math.max(lengths.get(column) ?? 0, cellText(column, row).length));
    }
  }
  const entries = [...lengths].map(([column, length]) => {
    const head = column.title.length * headCharacter + arrow;
    const wanted = Math.max(head, length * character) + padding + (beside[column.kind] ?? 0);
    const width = Math.ceil(Math.min(wanted, widest[column.kind] ?? widestText));
    return [column.id, Math.max(before[column.id] ?? 0, width)] as const;
  });
  const grew = entries.some(([id, width]) => width !== before[id]);
  return grew ? { ...before, ...Object.fromEntries(entries) } : before;
}

/**
 * The columns that have room, in their own order. The name always has; the others by rank, after
 * those that were asked for. Columns that were turned off are never among them.
 */
export function fitColumns(
  columns: readonly TableColumn[],
  widths: ColumnWidths,
  available: number,
  choice: ColumnChoice,
): readonly TableColumn[] {
  const width = (column: TableColumn): number => {
    const wanted = widths[column.id] ?? 80;
    return column.kind === 'name' ? Math.min(wanted, available * nameShare) : wanted;
  };
  const rank = (column: TableColumn): number => (choice[column.id] === true ? 2.5 : column.rank);
  const ranked = columns
    .filter((column) => column.kind === 'name' || choice[column.id] !== false)
    .toSorted((a, b) => rank(a) - rank(b));
  const fitting = new Set<TableColumn>();
  let used = 0;
  for (const column of ranked) {
    const needed = (used + width(column)) * (rank(column) >= 1000 ? air : 1);
    if (fitting.size > 0 && needed > available) break;
    fitting.add(column);
    used += width(column);
  }
  return columns.filter((column) => fitting.has(column));
}

/** The tracks of the grid: every column as wide as it has to be, and its share of what is left. */
export function gridTemplate(columns: readonly TableColumn[], widths: ColumnWidths): string {
  return columns
    .map((column) => {
      const width = widths[column.id] ?? 80;
      // Only the first may be squeezed: everything after it had room.
      return column.kind === 'name' ? `minmax(0, ${width}fr)` : `minmax(${width}px, ${width}fr)`;
    })
    .join(' ');
}
