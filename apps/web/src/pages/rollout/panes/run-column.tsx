import type { RolloutRun } from '@kindscope/protocol';
import { useId } from 'react';
import { durationText } from '../../../ui/changes/duration-text.ts';
import { Moment } from './moment.tsx';
import { RunBar } from './run-bar.tsx';
import styles from './panes.module.css';

/** One rollout with what happened on its way, each step by how long after the beginning it was. */
export function RunColumn(props: {
  readonly heading: string;
  readonly run: RolloutRun;
  readonly now: number;
  readonly longest: number;
}) {
  const { heading, run, now, longest } = props;
  const id = useId();
  const { started } = run;
  return (
    <section className={styles.column} aria-labelledby={id}>
      <h3 id={id}>{heading}</h3>
      <RunBar run={run} now={now} longest={longest} />
      {run.steps.length === 0 ? (
        <p className={styles.quiet}>None of its steps was seen.</p>
      ) : (
        <ol className={styles.steps}>
          {run.steps.map(({ at, text }) => (
            <li key={`${at} ${text}`}>
              <span className={styles.offset}>
                {started === undefined || at < started ? (
                  <Moment at={at} now={now} />
                ) : (
                  <time dateTime={new Date(at).toISOString()} title={new Date(at).toISOString()}>
                    +{durationText(at - started)}
                  </time>
                )}
              </span>
              {text}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
