import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ChangeDetail } from './change-detail.tsx';
import type { ComparedStates } from './object-history.ts';
import type { Comparison } from './use-comparison.ts';
import styles from './object-page.module.css';

/** What differs between two states of the object, field by field. */
export function ComparedDetail(props: {
  readonly comparison: Comparison;
  readonly compared: ComparedStates;
}) {
  const { comparison, compared } = props;
  if (comparison.kind === 'loading') return <EmptyState title="Reading both states" />;
  if (comparison.kind === 'failed') return <UnreadStates error={comparison.error} />;
  if (compared.to.deleted && comparison.change.fields.length === 0) {
    return (
      <EmptyState
        title="It ended here"
        detail="Nothing else is known to have changed with its deletion."
      />
    );
  }
  return (
    <div className={styles.changed}>
      <ChangeDetail
        change={comparison.change}
        heading={compared.from.uid === compared.to.uid ? 'What differs' : 'Between two lives'}
      />
    </div>
  );
}

export function UnreadStates({ error }: { readonly error: Error }) {
  return <ErrorState title="These states cannot be compared" detail={error.message} />;
}
