import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../ui/empty-state.tsx';
import { counted } from '../../ui/number.ts';
import styles from './catalogue.module.css';

/** Why there is nothing in the catalogue, and what would fill it. */
export function CatalogueEmpty(props: {
  readonly search: string;
  readonly show: 'custom' | 'built-in';
  readonly only: 'attention' | undefined;
  /** How many the other side of the switch has. */
  readonly others: number;
}) {
  const { search, others } = props;
  const here = props.show === 'custom' ? 'custom' : 'built-in';
  const there = props.show === 'custom' ? 'built-in' : 'custom';
  const other = (
    <Link
      to="/"
      search={{
        ...(search === '' ? {} : { q: search }),
        ...(there === 'built-in' ? { show: 'built-in' as const } : {}),
      }}
      className={styles.textLink}
    >
      {search === ''
        ? `Show the ${counted(others, 'kind')} of the cluster itself`
        : `${counted(others, `${there} kind`)} ${others === 1 ? 'matches' : 'match'}`}
    </Link>
  );
  if (props.only !== undefined) {
    return (
      <EmptyState
        title={`No ${here} kind needs attention`}
        detail="A kind does when its CRD is not established, or when its objects cannot be watched."
      >
        <Link
          to="/"
          search={props.show === 'custom' ? {} : { show: 'built-in' }}
          className={styles.textLink}
        >
          Show all
        </Link>
      </EmptyState>
    );
  }
  if (search === '') {
    return (
      <EmptyState
        title="This cluster has no custom resources"
        detail="A CRD that is installed now appears here within a second."
      >
        {others > 0 && other}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={`No ${here} kind matches “${search}”`}
      detail="Kinds, names, groups, short names and categories are searched."
    >
      {others > 0 && other}
      <Link
        to="/"
        search={props.show === 'custom' ? {} : { show: 'built-in' }}
        className={styles.textLink}
      >
        Clear the search
      </Link>
    </EmptyState>
  );
}
