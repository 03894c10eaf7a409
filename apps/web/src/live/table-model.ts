import type { Column, Row } from '@kindscope/protocol';
import type { ContentFrame, CursorEvent } from './cursor.ts';

/** What a table shows: the window's rows, and where it stands among all. */
export interface TableContent {
  readonly columns: readonly Column[];
  readonly total: number;
  readonly matched: number;
  readonly partial: boolean;
  readonly offset: number;
  readonly keys: readonly string[];
  readonly rows: ReadonlyMap<string, Row>;
  readonly ready: boolean;
}

export const emptyTable: TableContent = {
  columns: [],
  total: 0,
  matched: 0,
  partial: false,
  offset: 0,
  keys: [],
  rows: new Map(),
  ready: false,
};

/**
 * The table after an event of its stream. A row that did not change stays the same object, so
 * that only what changed is drawn again. Rows outside the window are forgotten.
 */
export function applyToTable(
  table: TableContent,
  event: Exclude<CursorEvent, { kind: 'broken' }>,
): TableContent {
  if (event.kind === 'delta') return applyFrame(table, event.frame);
  const columns = event.begin.columns ?? table.columns;
  const start: TableContent = { ...emptyTable, columns, ready: true };
  const next = event.frames.reduce((content, frame) => applyFrame(content, frame), start);
  const rows = new Map<string, Row>();
  for (const [key, row] of next.rows) {
    const held = table.rows.get(key);
    rows.set(key, held !== undefined && sameRow(held, row) ? held : row);
  }
  return { ...next, rows };
}

function applyFrame(table: TableContent, frame: ContentFrame): TableContent {
  if (frame.type !== 'table') return table;
  const keys = frame.keys ?? table.keys;
  const known = new Map(table.rows);
  for (const row of frame.rows) known.set(row.key, row);
  return {
    ...table,
    total: frame.total,
    matched: frame.matched,
    partial: frame.partial,
    offset: frame.offset,
    keys,
    rows: frame.keys === undefined ? known : onlyKeys(known, keys),
  };
}

function onlyKeys(rows: ReadonlyMap<string, Row>, keys: readonly string[]): Map<string, Row> {
  const kept = new Map<string, Row>();
  for (const key of keys) {
    const row = rows.get(key);
    if (row !== undefined) kept.set(key, row);
  }
  return kept;
}

function sameRow(a: Row, b: Row): boolean {
  return (
    a.uid === b.uid &&
    a.resourceVersion === b.resourceVersion &&
    a.changed === b.changed &&
    a.cells.length === b.cells.length &&
    a.cells.every((cell, index) => cell === b.cells[index])
  );
}
