import type { Row } from '@kindscope/protocol';
import type { ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';
import { StatusWord } from '../../../ui/status-glyph.tsx';
import { clockTime, fullTime } from '../../../ui/time.ts';
import { Age } from '../../age.tsx';
import { alignsRight, type TableColumn } from './table-column.ts';
import { useChangeCount } from './use-change-count.ts';
import styles from './object-table.module.css';

const words: Record<Row['health']['status'], string> = {
  healthy: 'Healthy',
  working: 'Working',
  failing: 'Failing',
  unknown: 'Unknown',
};

/** One cell. It flashes once when what it says has changed. */
export function ObjectCell(props: {
  readonly column: TableColumn;
  readonly row: Row;
  /** The object's name as a link. */
  readonly name: ReactNode;
}) {
  const { column, row } = props;
  const changes = useChangeCount(valueOf(column, row));
  return (
    <td
      className={classes(styles.cell, styles[column.kind], alignsRight(column) && styles.right)}
      // Two animations take turns, since one that is running would not start again.
      data-flash={changes === 0 ? undefined : changes % 2}
      title={titleOf(column, row)}
    >
      {column.kind === 'name' ? (
        <>
          {props.name}
          {row.deleting === true && <span className={styles.deleting}>deleting</span>}
        </>
      ) : (
        <CellContent column={column} row={row} />
      )}
    </td>
  );
}

function CellContent({ column, row }: { readonly column: TableColumn; readonly row: Row }) {
  const text = row.cells[column.cell ?? -1] ?? '';
  switch (column.kind) {
    case 'name':
      return null;
    case 'namespace':
      return row.namespace;
    case 'health':
      return <StatusWord status={row.health.status}>{words[row.health.status]}</StatusWord>;
    case 'age':
      return <Age since={row.created} />;
    case 'changed':
      return row.changed === undefined ? '' : clockTime(row.changed);
    case 'date':
      return text === '' ? '' : <Age since={text} />;
    case 'text':
    case 'number':
      return text;
  }
}

/** What flashes when it differs; the name never does, and an age and a time change with everything. */
function valueOf(column: TableColumn, row: Row): string {
  if (column.kind === 'health') return row.health.status;
  return column.cell === undefined ? '' : (row.cells[column.cell] ?? '');
}

function titleOf(column: TableColumn, row: Row): string | undefined {
  switch (column.kind) {
    case 'name':
      return undefined;
    case 'namespace':
      return row.namespace;
    case 'health':
      return row.health.reason;
    case 'age':
      return fullTime(row.created);
    case 'changed':
      return row.changed === undefined
        ? 'Has not changed since Kindscope watches it'
        : fullTime(row.changed);
    case 'date':
    case 'text':
    case 'number': {
      const text = row.cells[column.cell ?? -1] ?? '';
      if (text === '') return undefined;
      return column.kind === 'date' ? fullTime(text) : text;
    }
  }
}
