import { useMemo, useState } from 'react';
import type { Table } from '../../../live/index.ts';
import { grownWidths, type ColumnWidths } from './column-fit.ts';
import type { TableColumn } from './table-column.ts';

/** The widths that the columns need for the rows seen so far. */
export function useColumnWidths(
  columns: readonly TableColumn[],
  table: Pick<Table, 'keys' | 'row' | 'version'>,
): ColumnWidths {
  const { keys, row, version } = table;
  const [widths, setWidths] = useState<ColumnWidths>({});
  const wanted = useMemo(
    () =>
      grownWidths(
        widths,
        columns,
        keys.flatMap((key) => row(key) ?? []),
      ),
    // `version` stands for what `row` returns.
    // oxlint-disable-next-line react/exhaustive-deps
    [widths, columns, keys, row, version],
  );
  if (wanted !== widths) setWidths(wanted);
  return wanted;
}
