import type { RolloutState } from '@kindscope/protocol';
import type { ComponentProps } from 'react';
import { useNow } from '../../live/index.ts';
import { durationText } from '../../ui/changes/duration-text.ts';
import { Hidden } from '../../ui/hidden.tsx';
import { Pill } from '../../ui/pill.tsx';
import { timeText } from './lane/lane-text.ts';
import styles from './rollout.module.css';

type Tone = NonNullable<ComponentProps<typeof Pill>['tone']>;

const tones: Record<RolloutState['kind'], Tone> = {
  healthy: 'plain',
  progressing: 'working',
  paused: 'working',
  stuck: 'failing',
  failed: 'failing',
  deleted: 'plain',
  unknown: 'plain',
};

/** How the rollout stands, and for how long: `stuck 2 min 3 s`. Said aloud when it becomes another, not as time goes on. */
export function StatePill(props: {
  readonly state: RolloutState;
  readonly pausedAt: number | undefined;
  readonly asOf: string | undefined;
}) {
  const { pausedAt, asOf } = props;
  const now = useNow();
  const { kind, since, reason } = props.state;
  const whole = Math.max(0, Math.floor(((pausedAt ?? now) - since) / 1000) * 1000);
  return (
    <>
      <span aria-hidden="true">
        <Pill tone={tones[kind]} title={reason}>
          {kind} {durationText(whole)}
          {asOf !== undefined && <span className={styles.when}> {asOf}</span>}
        </Pill>
      </span>
      <Hidden>
        <output aria-label="State">
          {kind} since {timeText(since)}
          {asOf !== undefined && `, ${asOf}`}
        </output>
      </Hidden>
    </>
  );
}
