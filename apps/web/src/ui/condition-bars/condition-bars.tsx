import { blindWords, type Blind } from '../blind-spans.ts';
import { Hidden } from '../hidden.tsx';
import { xOfTime, type TimeSpan } from '../time-axis/time-span.ts';
import { clockTime } from '../time.ts';
import type { ConditionLane, ConditionSegment } from './condition-segments.ts';
import styles from './condition-bars.module.css';

/** How long each condition had which status: good, bad, unknown, or neither; hatched where nobody saw it. */
export function ConditionBars(props: {
  readonly lanes: readonly ConditionLane[];
  readonly span: TimeSpan;
  readonly blind: readonly Blind[];
}) {
  const place = ({ from, to }: TimeSpan) => {
    const left = xOfTime(props.span, 100, from);
    return { left: `${left}%`, width: `${xOfTime(props.span, 100, to) - left}%` };
  };
  return (
    <ul className={styles.bars} aria-label="Conditions over time">
      {props.lanes.map(({ type, segments }) => (
        <li key={type} className={styles.lane}>
          <span className={styles.type} title={type}>
            {type}
          </span>
          <Hidden>{segments.map(segmentText).join(', ')}</Hidden>
          <span className={styles.bar} aria-hidden="true">
            {segments.map((segment) => (
              <span
                key={segment.from}
                data-tone={segment.tone}
                data-status={segment.status}
                title={segmentText(segment)}
                style={place(segment)}
              />
            ))}
            {props.blind.map((blind) => (
              <span
                key={blind.from}
                className={styles.blind}
                title={blindWords[blind.reason]}
                style={place(blind)}
              />
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function segmentText({ status, from, to }: ConditionSegment): string {
  const time = (at: number): string => clockTime(new Date(at).toISOString());
  return `${status} ${time(from)} – ${time(to)}`;
}
