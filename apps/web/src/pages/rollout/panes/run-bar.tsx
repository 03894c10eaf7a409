import type { RolloutRun } from '@kindscope/protocol';
import { durationText } from '../../../ui/changes/duration-text.ts';
import { StatusWord, type Status } from '../../../ui/status-glyph.tsx';
import { Moment } from './moment.tsx';
import { runLength } from './run-span.ts';
import styles from './panes.module.css';

const outcomes: Record<RolloutRun['outcome'], { readonly status: Status; readonly word: string }> =
  {
    'under way': { status: 'working', word: 'Under way' },
    healthy: { status: 'healthy', word: 'Healthy' },
    superseded: { status: 'unknown', word: 'Another took its place' },
    failed: { status: 'failing', word: 'Failed' },
    unknown: { status: 'unknown', word: 'Nobody watched it end' },
  };

/** How one rollout went and how long it took; all bars of a pane have one scale. */
export function RunBar(props: {
  readonly run: RolloutRun;
  readonly now: number;
  /** The longest of those that stand together, milliseconds. */
  readonly longest: number;
}) {
  const { run, now, longest } = props;
  const length = runLength(run, now);
  const { status, word } = outcomes[run.outcome];
  const share = (ms: number) => `${longest === 0 ? 100 : (Math.min(ms, longest) / longest) * 100}%`;
  const { started } = run;
  return (
    <div className={styles.run}>
      <p className={styles.runFacts}>
        {run.revision !== undefined && <b>revision {run.revision}</b>}
        <StatusWord status={status}>{word}</StatusWord>
        {length !== undefined && <span>{durationText(length)}</span>}
        {started !== undefined && (
          <span className={styles.quiet}>
            from <Moment at={started} now={now} />
          </span>
        )}
      </p>
      {length !== undefined && started !== undefined && (
        <div className={styles.scale} aria-hidden="true">
          <div className={styles.bar} data-status={status} style={{ width: share(length) }} />
          {run.steps.map(({ at, text }) => (
            <i
              key={`${at} ${text}`}
              title={text}
              style={{ left: share(Math.max(0, at - started)) }}
            />
          ))}
        </div>
      )}
    </div>
  );
}
