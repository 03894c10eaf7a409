import { useRef, type KeyboardEvent } from 'react';
import { blindWords, type Blind } from '../blind-spans.ts';
import { changeClassWords, ClassGlyph } from '../class-glyph.tsx';
import { classes } from '../classes.ts';
import { TimeAxis } from '../time-axis/time-axis.tsx';
import { xOfTime, type TimeSpan } from '../time-axis/time-span.ts';
import { clockTimeMs } from '../time.ts';
import { useElementWidth } from '../use-element-width.ts';
import { spanOfGroup, stopGroups, type ScrubberStop, type StopGroup } from './stop-groups.ts';
import styles from './scrubber.module.css';

export interface ChosenStops {
  readonly from: string;
  readonly to: string;
}

/**
 * The states of one object along time: one is chosen, and another to compare it with. Those too
 * near to each other are one place, which opens.
 */
export function Scrubber(props: {
  /** Oldest first. */
  readonly stops: readonly ScrubberStop[];
  /** What is shown of the time; stops outside of it are not. */
  readonly span: TimeSpan;
  readonly blind: readonly Blind[];
  readonly live: boolean;
  readonly chosen: ChosenStops | undefined;
  /** `from` stays as it is where only `to` is chosen; nothing is chosen any more where both are gone. */
  readonly onChoose: (chosen: Partial<ChosenStops> | undefined) => void;
  /** A place was chosen whose states stand apart in this shorter time. */
  readonly onZoom: (span: TimeSpan) => void;
}) {
  const { stops, span, chosen, onChoose } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  const place = (time: number): number => Math.min(width, Math.max(0, xOfTime(span, width, time)));
  const placeOf = ({ time }: ScrubberStop): number => (time === undefined ? 0 : place(time));
  const indexOf = (key: string | undefined): number => stops.findIndex((stop) => stop.key === key);
  const from = stops[indexOf(chosen?.from)];
  const to = stops[indexOf(chosen?.to)];
  const groups = stopGroups(
    stops.filter((stop) => isWithin(stop, span)),
    placeOf,
  );

  const standsAt = (stop: ScrubberStop): number => groupOf(groups, stop)?.x ?? placeOf(stop);

  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -stops.length, End: stops.length }[
      event.key
    ];
    if (event.key === 'Escape' && chosen !== undefined) onChoose(undefined);
    if (step === undefined) return;
    event.preventDefault();
    const at =
      chosen === undefined ? stops.length : indexOf(event.shiftKey ? chosen.from : chosen.to);
    // Nothing made the first one so: it is only compared with.
    const least = event.shiftKey ? 0 : 1;
    const next = stops[Math.min(stops.length - 1, Math.max(least, at + step))];
    if (next !== undefined) onChoose(event.shiftKey ? { from: next.key } : { to: next.key });
  };
  const choose = (group: StopGroup, withShift: boolean): void => {
    const isFrom = withShift || group.newest === stops[0];
    onChoose(isFrom ? { from: group.newest.key } : { to: group.newest.key });
    const nearer = group.stops.length > 1 && !isFrom ? spanOfGroup(group) : undefined;
    if (nearer !== undefined) props.onZoom(nearer);
  };
  return (
    <div className={styles.scrubber}>
      <div ref={frame} className={styles.track}>
        <span
          // Its thumb stands where something happened, which no input's does.
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          role="slider"
          tabIndex={0}
          aria-label="State of the object"
          aria-valuemin={0}
          aria-valuemax={Math.max(0, stops.length - 1)}
          aria-valuenow={to === undefined ? stops.length - 1 : indexOf(to.key)}
          aria-valuetext={spoken(from, to)}
          className={styles.thumb}
          style={{ left: to === undefined ? width : standsAt(to) }}
          onKeyDown={onKey}
        />
        {props.blind.map(({ from: start, to: end, reason }) => (
          <span
            key={start}
            className={styles.blind}
            title={blindWords[reason]}
            style={{ left: place(start), width: place(end) - place(start) }}
          />
        ))}
        <span className={styles.line} />
        {from !== undefined && to !== undefined && (
          <span
            className={styles.between}
            style={{ left: standsAt(from), width: Math.max(0, standsAt(to) - standsAt(from)) }}
          />
        )}
        {groups.map((group) => (
          <button
            key={group.stops[0]?.key}
            type="button"
            // The slider's keys reach every stop.
            tabIndex={-1}
            className={classes(styles.stop, hasOneOf(group, from, to) && styles.chosen)}
            style={{ left: group.x }}
            title={groupText(group)}
            onClick={(event) => choose(group, event.shiftKey)}
          >
            {group.shown === undefined ? (
              <span className={styles.before} />
            ) : (
              <ClassGlyph of={group.shown} size={11} silent />
            )}
            {group.stops.length > 1 && <span className={styles.count}>{group.stops.length}</span>}
          </button>
        ))}
      </div>
      <TimeAxis span={span} width={width} live={props.live} />
    </div>
  );
}

/** What was there before all else stands at the beginning, whenever that is. */
function isWithin({ time }: ScrubberStop, span: TimeSpan): boolean {
  return time === undefined || (time >= span.from && time <= span.to);
}

function groupOf(groups: readonly StopGroup[], stop: ScrubberStop): StopGroup | undefined {
  return groups.find(({ stops }) => stops.includes(stop));
}

function hasOneOf({ stops }: StopGroup, ...chosen: readonly (ScrubberStop | undefined)[]): boolean {
  return chosen.some((stop) => stop !== undefined && stops.includes(stop));
}

function groupText({ stops, newest }: StopGroup): string {
  const [oldest] = stops;
  if (oldest === undefined || oldest === newest) return stopText(newest);
  return `${stops.length} states, ${timeText(oldest)} – ${timeText(newest)}`;
}

function stopText(stop: ScrubberStop): string {
  const { time, shown } = stop;
  if (time === undefined) return 'As it was when watching began';
  // Between two changes that were seen there was a time that was not watched.
  if (shown === undefined) return `As it was found, ${timeText(stop)}`;
  return `${changeClassWords[shown]}, ${timeText(stop)}`;
}

function timeText({ time }: ScrubberStop): string {
  return time === undefined ? 'the beginning' : clockTimeMs(new Date(time).toISOString());
}

function spoken(from: ScrubberStop | undefined, to: ScrubberStop | undefined): string {
  if (to === undefined) return 'now';
  return from === undefined ? stopText(to) : `${stopText(to)}, compared with ${stopText(from)}`;
}
