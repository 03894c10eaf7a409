import { memo } from 'react';
import { xOfTime, type TimeSpan } from './time-span.ts';
import { clearOf, timeTicks } from './time-ticks.ts';
import styles from './time-axis.module.css';

/** The room that the word at the right edge takes, pixels. */
const nowRoom = 32;

/**
 * The times below anything that is drawn over time, left to right. `live`: the right edge is now,
 * and says so in the accent.
 */
export const TimeAxis = memo(function TimeAxis(props: {
  readonly span: TimeSpan;
  /** Pixels. */
  readonly width: number;
  readonly live: boolean;
}) {
  const { span, width, live } = props;
  const ticks = clearOf(timeTicks(span, width), span, width, live ? nowRoom : 0);
  return (
    <div className={styles.axis} aria-hidden="true">
      {ticks.map(({ time, label }) => (
        <span key={time} style={{ left: `${xOfTime(span, width, time)}px` }}>
          {label}
        </span>
      ))}
      {live && <b>now</b>}
    </div>
  );
});
