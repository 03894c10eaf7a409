import { memo } from 'react';
import { xOfTime } from '../../ui/time-axis/time-span.ts';
import { timeTicks } from '../../ui/time-axis/time-ticks.ts';
import type { LaneScale } from './lane/lane-scale.ts';
import styles from './lanes.module.css';

/** A label needs so much room at the right, pixels. */
const labelRoom = 44;

/** The times above the lanes. `live`: the right edge is now, and says so. */
export const LaneAxis = memo(function LaneAxis(props: {
  readonly scale: LaneScale;
  readonly live: boolean;
}) {
  const { span, width } = props.scale;
  return (
    <div className={styles.times} aria-hidden="true">
      {timeTicks(span, width)
        .map(({ time, label }) => ({ time, label, left: xOfTime(span, width, time) }))
        .filter(({ left }) => left >= 0 && left < width - labelRoom)
        .map(({ time, label, left }) => (
          <span key={time} style={{ left }}>
            {label}
          </span>
        ))}
      {props.live && <b>now</b>}
    </div>
  );
});

/** Hairlines through all lanes: at the round times, and at now. */
export const LaneLines = memo(function LaneLines(props: {
  readonly scale: LaneScale;
  readonly live: boolean;
}) {
  const { span, width } = props.scale;
  return (
    <div className={styles.lines} aria-hidden="true">
      {timeTicks(span, width).map(({ time }) => (
        <span key={time} style={{ left: xOfTime(span, width, time) }} />
      ))}
      {props.live && <b style={{ left: width }} />}
    </div>
  );
});
