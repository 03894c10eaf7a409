import type { CrdFacts, ResourceRef, Sort } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import type { Table } from '../../live/index.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Note } from '../../ui/note.tsx';
import { wholeNumber } from '../../ui/number.ts';
import { clockTime } from '../../ui/time.ts';
import { useIsTroubleSaid } from '../use-is-trouble-said.ts';
import type { Filters } from './filter-bar.tsx';
import { tableState } from './table-state.ts';
import type { ColumnChoice } from './table/column-fit.ts';
import { ObjectTable } from './table/object-table.tsx';
import type { TableColumn } from './table/table-column.ts';
import styles from './resource-page.module.css';

export interface TablePaneProps {
  readonly kind: string;
  /** How its CRD stands, where it has one. */
  readonly crd: CrdFacts['health'] | undefined;
  readonly resource: ResourceRef;
  readonly table: Table;
  readonly columns: readonly TableColumn[];
  readonly choice: ColumnChoice;
  readonly sort: Sort | undefined;
  readonly filters: Filters;
  readonly onSort: (sort: Sort | undefined) => void;
  readonly onFilter: (filters: Partial<Filters>) => void;
}

/** The table, what is to be said of it, or what stands in its place. */
export function TablePane(props: TablePaneProps) {
  const { table, kind, crd, filters, onFilter } = props;
  const state = tableState(table);
  switch (state.kind) {
    case 'fault':
      return (
        <ErrorState title={state.title} detail={state.fault.detail} remedy={state.fault.remedy}>
          <Link to="/" className={styles.elsewhere}>
            Show the catalogue
          </Link>
        </ErrorState>
      );
    case 'gone':
      if (crd?.status === 'failing') {
        return (
          <ErrorState
            title={`${kind} is not served: ${crd.reason}`}
            detail={crd.message ?? 'The conditions of its CRD say no more.'}
            remedy="As soon as its CRD is mended it appears here by itself."
          />
        );
      }
      return (
        <ErrorState
          title={`${kind} is no longer served`}
          detail="The resource was there and is not any more: its CRD was deleted, or this version is no longer served."
          remedy="As soon as it is served again it appears here by itself."
        />
      );
    case 'none':
      return (
        <EmptyState
          title={filters.namespace === '' ? `No ${kind} yet` : `No ${kind} in ${filters.namespace}`}
          detail={`The cluster has none${filters.namespace === '' ? '' : ' in this namespace'}. One that is created now appears here at once.`}
        >
          {filters.namespace !== '' && (
            <Button onClick={() => onFilter({ namespace: '' })}>Show all namespaces</Button>
          )}
        </EmptyState>
      );
    case 'no-match':
      return (
        <EmptyState
          title={`No ${kind} matches`}
          detail={
            <>
              None of {wholeNumber(table.total)} matches{' '}
              <code>
                {[filters.labels, filters.fields].filter((text) => text !== '').join(', ')}
              </code>
              . One that starts to match appears here at once.
            </>
          }
        >
          <Button onClick={() => onFilter({ labels: '', fields: '' })}>Clear the selector</Button>
        </EmptyState>
      );
    case 'loading':
    case 'rows':
      return (
        <>
          <TableNotice table={table} />
          <ObjectTable
            label={`${kind} objects`}
            resource={props.resource}
            table={table}
            columns={props.columns}
            choice={props.choice}
            sort={props.sort}
            onSort={props.onSort}
            stale={table.freshness.kind === 'stale'}
          />
        </>
      );
  }
}

/** What must be known to read the rows right. */
function TableNotice({ table }: { readonly table: Table }) {
  const { freshness } = table;
  const isSaidAbove = useIsTroubleSaid();
  if (freshness.kind === 'stale') {
    return (
      <Note tone="working">
        Stale since {clockTime(freshness.since)}: these rows are what was known then.{' '}
        {!isSaidAbove && `${freshness.fault.detail} ${freshness.fault.remedy ?? ''}`}
      </Note>
    );
  }
  if (freshness.kind === 'syncing') {
    const { received, expected } = freshness;
    return (
      <Note>
        Syncing: {wholeNumber(received)}
        {expected !== undefined && ` of ${wholeNumber(expected)}`} objects so far
        {table.partial && ', and rows may still come before these'}.
      </Note>
    );
  }
  return null;
}
