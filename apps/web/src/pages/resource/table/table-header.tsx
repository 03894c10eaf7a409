import type { Sort } from '@kindscope/protocol';
import { classes } from '../../../ui/classes.ts';
import { alignsRight, nextSort, sortDirection, type TableColumn } from './table-column.ts';
import styles from './object-table.module.css';

/** The heads of the columns; a click sorts, a second one turns the order, a third forgets it. */
export function TableHeader(props: {
  readonly columns: readonly TableColumn[];
  readonly sort: Sort | undefined;
  readonly onSort: (sort: Sort | undefined) => void;
}) {
  return (
    <thead className={styles.top}>
      <tr aria-rowindex={1} className={styles.header}>
        {props.columns.map((column) => {
          const direction = sortDirection(column, props.sort);
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={direction ?? (column.sortBy === undefined ? undefined : 'none')}
              className={classes(styles.head, alignsRight(column) && styles.right)}
              title={column.description}
            >
              {column.sortBy === undefined ? (
                <span className={styles.headText}>{column.title}</span>
              ) : (
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() => props.onSort(nextSort(column, props.sort))}
                >
                  <span className={styles.headText}>{column.title}</span>
                  {direction !== undefined && (
                    <span aria-hidden="true">{direction === 'descending' ? '↓' : '↑'}</span>
                  )}
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
