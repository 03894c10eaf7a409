import type { ResourceRef, Sort } from '@kindscope/protocol';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, type CSSProperties } from 'react';
import type { Table } from '../../../live/index.ts';
import { classes } from '../../../ui/classes.ts';
import { useElementWidth } from '../../../ui/use-element-width.ts';
import { fitColumns, gridTemplate, type ColumnChoice } from './column-fit.ts';
import { windowFor } from './held-rows.ts';
import { ObjectRow, SkeletonRow } from './object-row.tsx';
import type { TableColumn } from './table-column.ts';
import { TableHeader } from './table-header.tsx';
import { useColumnWidths } from './use-column-widths.ts';
import { useHeldScroll } from './use-held-scroll.ts';
import { useRowFocus } from './use-row-focus.ts';
import styles from './object-table.module.css';

const rowHeight = 32;
const headerHeight = 31;
/** A width to begin with, before the page has one. */
const unmeasured = 1200;
/** Shown while nothing is known yet. */
const placeholders = 12;

export interface ObjectTableProps {
  readonly label: string;
  readonly resource: ResourceRef;
  readonly table: Table;
  /** Every column there is; those with room are shown. */
  readonly columns: readonly TableColumn[];
  readonly choice: ColumnChoice;
  readonly sort: Sort | undefined;
  readonly onSort: (sort: Sort | undefined) => void;
  /** The rows are what was known then, not now. */
  readonly stale: boolean;
}

/**
 * The objects that match, one row each, of which only those in sight are in the page and only a
 * window is in memory. Arrow keys move between rows, Enter opens one.
 */
export function ObjectTable(props: ObjectTableProps) {
  const { table, columns, choice } = props;
  const { scroller, body, handlers } = useHeldScroll(table, rowHeight);
  const width = useElementWidth(scroller);
  const widths = useColumnWidths(columns, table);
  const shown = useMemo(
    () => fitColumns(columns, widths, width === 0 ? unmeasured : width, choice),
    [columns, widths, width, choice],
  );
  const count = table.ready ? table.matched : placeholders;
  const keyAt = (index: number): string | undefined => table.keys[index - table.offset];
  const focus = useRowFocus(scroller, count, keyAt, table);
  // There is no React Compiler here to memoise what the virtualizer returns.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyAt(index) ?? index,
    overscan: 8,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      // The row that the focus is on, or would come to, must be there wherever it is scrolled.
      return indexes.includes(focus.index) || focus.index >= count
        ? indexes
        : [...indexes, focus.index].sort((a, b) => a - b);
    },
  });
  const range = virtualizer.range;
  useWindow(table, range?.startIndex ?? 0, range?.endIndex ?? 0);
  // A row that is not here cannot take the focus: Tab comes to the first one in sight then.
  const tabStop = keyAt(focus.index) === undefined ? (range?.startIndex ?? 0) : focus.index;
  const { row, subscribeRow } = table;
  const rows = useMemo(() => ({ row, subscribeRow }), [row, subscribeRow]);
  const grid = { '--columns': gridTemplate(shown, widths) } as CSSProperties;
  return (
    <div
      ref={scroller}
      className={classes(styles.scroller, props.stale && styles.stale)}
      style={grid}
      {...handlers}
    >
      {/* Arrow keys move between its rows, which a plain table does not promise. */}
      <table
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        className={styles.table}
        aria-label={props.label}
        aria-rowcount={count + 1}
        aria-colcount={shown.length}
        aria-readonly="true"
        aria-busy={!table.ready}
        onKeyDown={(event) => focus.onKeyDown(event, virtualizer)}
      >
        <TableHeader columns={shown} sort={props.sort} onSort={props.onSort} />
        <tbody ref={body} className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start, key: place }) => {
            const key = keyAt(index);
            const top = start - headerHeight;
            return key === undefined ? (
              <SkeletonRow key={place} columns={shown} index={index} top={top} />
            ) : (
              <ObjectRow
                key={place}
                rows={rows}
                rowKey={key}
                resource={props.resource}
                columns={shown}
                index={index}
                top={top}
                current={index === tabStop}
                onFocus={focus.onFocus}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Asks for the rows around those in sight. */
function useWindow(table: Table, first: number, last: number): void {
  const { setWindow } = table;
  const { offset, length } = windowFor(first, last);
  useEffect(() => setWindow({ offset, length }), [setWindow, offset, length]);
}
