import type { ResourceRef, Row } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { objectParams } from '../../../links.ts';
import { useRow, type Table } from '../../../live/index.ts';
import { classes } from '../../../ui/classes.ts';
import { ObjectCell } from './object-cell.tsx';
import { alignsRight, type TableColumn } from './table-column.ts';
import styles from './object-table.module.css';

export interface ObjectRowProps {
  readonly rows: Pick<Table, 'row' | 'subscribeRow'>;
  readonly rowKey: string;
  readonly resource: ResourceRef;
  readonly columns: readonly TableColumn[];
  /** Its place among all rows, from 0. */
  readonly index: number;
  /** Its place in the body, in pixels. */
  readonly top: number;
  /** The row that Tab comes to. */
  readonly current: boolean;
  readonly onFocus: (key: string, index: number) => void;
}

/** One object. Rendered again only when this object changes, or its place. */
export const ObjectRow = memo(function ObjectRow(props: ObjectRowProps) {
  const row = useRow(props.rows, props.rowKey);
  const { columns, index, top } = props;
  if (row === undefined) return <SkeletonRow columns={columns} index={index} top={top} />;
  return (
    <tr
      aria-rowindex={index + 2}
      data-index={index}
      className={classes(styles.row, styles.filled)}
      style={{ transform: `translateY(${top}px)` }}
      tabIndex={props.current ? 0 : -1}
      onFocus={() => props.onFocus(props.rowKey, index)}
    >
      {columns.map((column) => (
        <ObjectCell
          key={column.id}
          column={column}
          row={row}
          name={<NameLink resource={props.resource} row={row} />}
        />
      ))}
    </tr>
  );
});

/** Reaches over the whole row, so that a click anywhere in it opens the object. */
function NameLink({ resource, row }: { readonly resource: ResourceRef; readonly row: Row }) {
  return (
    <Link
      to="/r/$group/$version/$resource/o/$namespace/$name"
      params={objectParams(resource, row.namespace, row.name)}
      className={styles.link}
      tabIndex={-1}
      preload={false}
      title={row.name}
    >
      {row.name}
    </Link>
  );
}

/** A row that is not here yet. */
export function SkeletonRow(props: Pick<ObjectRowProps, 'columns' | 'index' | 'top'>) {
  return (
    <tr
      aria-hidden="true"
      data-index={props.index}
      className={styles.row}
      style={{ transform: `translateY(${props.top}px)` }}
    >
      {props.columns.map((column) => (
        <td
          key={column.id}
          aria-label="Loading"
          className={classes(styles.cell, alignsRight(column) && styles.right)}
        >
          <span className={styles.bone} data-length={(props.index * 7 + column.title.length) % 4} />
        </td>
      ))}
    </tr>
  );
}
