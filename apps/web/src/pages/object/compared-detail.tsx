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
  const isOneLife = compared.from.uid === compared.to.uid;
  return (
    <div className={styles.changed}>
      <ChangeDetail
        change={comparison.change}
        heading={isOneLife ? 'What differs' : 'Between two lives'}
        note={isOneLife ? undefined : livesText(compared)}
      />
    </div>
  );
}

function UnreadStates({ error }: { readonly error: Error }) {
  return <ErrorState title="These states cannot be compared" detail={error.message} />;
}

function livesText({ from, to }: ComparedStates): string {
  return `Two objects had this name one after the other: uid ${from.uid.slice(0, 8)}, then uid ${to.uid.slice(0, 8)}.`;
}
