import type { Finding, RolloutSummary } from '@kindscope/protocol';
import type { RolloutSnapshot } from '../../../live/index.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { AsOf } from '../as-of.tsx';
import { FindingLine } from './finding-line.tsx';
import { Pane } from './pane.tsx';
import styles from './panes.module.css';

type StateKind = RolloutSummary['state']['kind'];

/** Why it does not go on, or what it waits for: the most telling first, each with its evidence. */
export function FindingsPane(props: {
  readonly rollout: Pick<RolloutSnapshot, 'summary' | 'findings' | 'nodes' | 'ready'>;
  readonly asOf?: string | undefined;
  /** Shows the node's lane. */
  readonly onNode: (uid: string) => void;
}) {
  const { summary, findings, nodes, ready } = props.rollout;
  const kind = summary?.state.kind ?? 'unknown';
  return (
    <Pane label={headings[kind]}>
      <header className={styles.head}>
        <h2>{headings[kind]}</h2>
        <AsOf>{props.asOf}</AsOf>
        {summary?.state.reason !== undefined && (
          <span className={styles.lead}>{summary.state.reason}</span>
        )}
      </header>
      {findings.length > 0 && (
        <ul className={styles.list}>
          {findings.map((finding) => (
            <FindingLine
              key={keyOf(finding)}
              finding={finding}
              nodes={nodes}
              onNode={props.onNode}
            />
          ))}
        </ul>
      )}
      {findings.length === 0 && (
        <EmptyState
          title={ready ? empty[kind].title : 'Waiting for the first answer'}
          detail={ready ? empty[kind].detail : undefined}
        />
      )}
    </Pane>
  );
}

const headings: Record<StateKind, string> = {
  stuck: 'Why it is stuck',
  failed: 'Why it failed',
  paused: 'What it waits for',
  progressing: 'What it waits for',
  healthy: 'Is anything stuck?',
  deleted: 'What is left',
  unknown: 'Is anything stuck?',
};

const nothingWrong =
  'Its pods, conditions, counts, quotas and Kubernetes Events were looked at: nothing there keeps it from going on.';

/** What is said where there is nothing to say. */
const empty: Record<StateKind, { readonly title: string; readonly detail?: string }> = {
  healthy: { title: 'Nothing is stuck', detail: nothingWrong },
  progressing: { title: 'Nothing is stuck: it goes on', detail: nothingWrong },
  paused: { title: 'It is paused', detail: 'It goes on when somebody says so.' },
  stuck: {
    title: 'It does not go on',
    detail: 'Nothing that Kindscope looks at says why. Its lanes show what happened last.',
  },
  failed: {
    title: 'It has ended badly',
    detail: 'Nothing that Kindscope looks at says why. Its lanes show what happened last.',
  },
  deleted: { title: 'It is gone, and nothing holds it' },
  unknown: { title: 'Nothing is stuck, as far as is known', detail: nothingWrong },
};

function keyOf({ rule, uid, sentence }: Finding): string {
  return `${rule} ${uid} ${sentence}`;
}
