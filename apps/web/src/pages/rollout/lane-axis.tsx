import { memo } from 'react';
import { xOfTime } from '../../ui/time-axis/time-span.ts';
import { timeTicks } from '../../ui/time-axis/time-ticks.ts';
import type { LaneScale } from './lane/lane-scale.ts';
import styles from './lanes.module.css';

/** A label needs so much room at the right, and more beside the word there; pixels. */
const labelRoom = 58;
const nowRoom = 34;
/** Of the lines that would have room so many are drawn: rows have lines too. */
const part = 0.55;

function ticksOf({ span, width }: LaneScale) {
  return timeTicks(span, width * part).map(({ time, label }) => ({
    time,
    label,
    left: xOfTime(span, width, time),
  }));
}

/** The times above the lanes. `live`: the right edge is now, and says so. */
export const LaneAxis = memo(function LaneAxis(props: {
  readonly scale: LaneScale;
  readonly live: boolean;
}) {
  const { scale, live } = props;
  const last = scale.width - labelRoom - (live ? nowRoom : 0);
  return (
    <div className={styles.times} aria-hidden="true">
      {ticksOf(scale)
        .filter(({ left }) => left >= 0 && left < last)
        .map(({ time, label, left }) => (
          <span key={time} style={{ left }}>
            {label}
          </span>
        ))}
      {live && <b>now</b>}
    </div>
  );
});

/** Hairlines through all lanes: at the round times, and at now. */
export const LaneLines = memo(function LaneLines(props: {
  readonly scale: LaneScale;
  readonly live: boolean;
}) {
  const { scale } = props;
  return (
    <div className={styles.lines} aria-hidden="true">
      {ticksOf(scale).map(({ time, left }) => (
        <span key={time} style={{ left }} />
      ))}
      {props.live && <b style={{ left: scale.width }} />}
    </div>
  );
});
