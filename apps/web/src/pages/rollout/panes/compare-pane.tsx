import type { ResourceRef, RolloutComparison } from '@kindscope/protocol';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../api.ts';
import { useNow } from '../../../live/index.ts';
import { durationText } from '../../../ui/changes/duration-text.ts';
import { FieldDetail } from '../../../ui/changes/field-detail.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { counted } from '../../../ui/number.ts';
import { Pane } from './pane.tsx';
import { RunBar } from './run-bar.tsx';
import { RunColumn } from './run-column.tsx';
import { lengthComparison, runLength } from './run-span.ts';
import styles from './panes.module.css';

/** How often it is asked for again: its steps come with the log, not with the stream. */
const stepMs = 3000;

/** The newest rollout beside the one before it: how long, which steps, and what it changed in the spec. */
export function ComparePane(props: {
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly name: string;
}) {
  const { resource, namespace, name } = props;
  const api = useApi();
  const { data, error } = useQuery({
    queryKey: ['rollouts', resource, namespace, name],
    queryFn: ({ signal }) => api.getRollouts(resource, namespace, name, signal),
    refetchInterval: stepMs,
  });
  return (
    <Pane label="Compared with the one before">
      {data !== undefined && <Comparison of={data} />}
      {data === undefined && error === null && <EmptyState title="Reading its rollouts" />}
      {data === undefined && error !== null && (
        <ErrorState title="Its rollouts cannot be compared" detail={error.message} />
      )}
    </Pane>
  );
}

function Comparison({ of }: { readonly of: RolloutComparison }) {
  const now = useNow();
  const [newest, before] = of.runs;
  if (newest === undefined) {
    return (
      <EmptyState
        title="No rollout of it is known"
        detail={of.lacks.length > 0 ? of.lacks.join(' ') : 'Its next one is kept here.'}
      />
    );
  }
  const longest = Math.max(...of.runs.map((run) => runLength(run, now) ?? 0));
  return (
    <>
      <header className={styles.head}>
        <h2>Compared with the one before</h2>
        <span className={styles.lead}>{leadText(of, now)}</span>
      </header>
      <div className={styles.runs}>
        {before === undefined ? (
          <EmptyState
            title="There is no rollout before this one"
            detail="The next one is compared with it."
          />
        ) : (
          <RunColumn heading="The one before" run={before} now={now} longest={longest} />
        )}
        <RunColumn heading="This rollout" run={newest} now={now} longest={longest} />
      </div>
      <SpecDifference of={of} />
      {of.lacks.map((lack) => (
        <p key={lack} className={styles.lack}>
          {lack}
        </p>
      ))}
      {of.runs.length > 2 && (
        <>
          <h3 className={styles.subhead}>Before that</h3>
          <ul className={styles.earlier}>
            {of.runs.slice(2).map((run) => (
              <li key={`${run.revision ?? ''} ${run.started ?? ''} ${run.ended ?? ''}`}>
                <RunBar run={run} now={now} longest={longest} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function SpecDifference({ of }: { readonly of: RolloutComparison }) {
  if (of.spec === undefined) return null;
  return (
    <section aria-label="What it changed in the spec">
      <h3 className={styles.subhead}>
        What it changed in the spec
        <span className={styles.lead}>{counted(of.spec.length, 'field')}</span>
      </h3>
      {of.spec.length === 0 ? (
        <p className={styles.lack}>Nothing: both are of the same spec.</p>
      ) : (
        <ul className={styles.fields}>
          {of.spec.map((field) => (
            <FieldDetail key={field.path} field={field} />
          ))}
        </ul>
      )}
    </section>
  );
}

function leadText({ runs: [newest, before] }: RolloutComparison, now: number): string {
  if (newest === undefined || before === undefined) return '';
  const difference = lengthComparison(runLength(newest, now), runLength(before, now));
  if (difference === undefined) return '';
  if (difference === 'same') return 'just as long';
  if ('longer' in difference) return `${durationText(difference.longer)} longer`;
  return newest.outcome === 'under way'
    ? `under way; the one before took ${durationText(runLength(before, now) ?? 0)}`
    : `${durationText(difference.shorter)} shorter`;
}
