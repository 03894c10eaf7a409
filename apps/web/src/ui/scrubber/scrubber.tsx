import { useRef, type KeyboardEvent } from 'react';
import type { Blind } from '../blind-spans.ts';
import { blindWords } from '../blind-spans.ts';
import { changeClassWords, ClassGlyph, type ChangeClassName } from '../class-glyph.tsx';
import { classes } from '../classes.ts';
import { TimeAxis } from '../time-axis/time-axis.tsx';
import { xOfTime, type TimeSpan } from '../time-axis/time-span.ts';
import { clockTimeMs } from '../time.ts';
import { useElementWidth } from '../use-element-width.ts';
import styles from './scrubber.module.css';

export interface ScrubberStop {
  readonly key: string;
  /** Milliseconds since the epoch; undefined for what was there before the span. */
  readonly time: number | undefined;
  readonly shown: ChangeClassName | undefined;
}

export interface ChosenStops {
  readonly from: string;
  readonly to: string;
}

/** The states of one object along time: one is chosen, and another to compare it with. */
export function Scrubber(props: {
  /** Oldest first. */
  readonly stops: readonly ScrubberStop[];
  readonly span: TimeSpan;
  readonly blind: readonly Blind[];
  readonly live: boolean;
  readonly chosen: ChosenStops | undefined;
  /** `from` stays as it is where only `to` is chosen; nothing is chosen any more where both are gone. */
  readonly onChoose: (chosen: Partial<ChosenStops> | undefined) => void;
}) {
  const { stops, span, chosen, onChoose } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  const place = ({ time }: ScrubberStop): number =>
    time === undefined ? 0 : Math.min(width, Math.max(0, xOfTime(span, width, time)));
  const indexOf = (key: string | undefined): number => stops.findIndex((stop) => stop.key === key);
  const from = stops[indexOf(chosen?.from)];
  const to = stops[indexOf(chosen?.to)];

  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape') onChoose(undefined);
    if (step === undefined) return;
    event.preventDefault();
    const at =
      chosen === undefined ? stops.length : indexOf(event.shiftKey ? chosen.from : chosen.to);
    const next = stops[Math.min(stops.length - 1, Math.max(0, at + step))];
    if (next !== undefined) onChoose(event.shiftKey ? { from: next.key } : { to: next.key });
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
          style={{ left: to === undefined ? width : place(to) }}
          onKeyDown={onKey}
        />
        {props.blind.map(({ from: start, to: end, reason }) => (
          <span
            key={start}
            className={styles.blind}
            title={blindWords[reason]}
            style={{
              left: xOfTime(span, width, start),
              width: xOfTime(span, width, end) - xOfTime(span, width, start),
            }}
          />
        ))}
        <span className={styles.line} />
        {from !== undefined && to !== undefined && (
          <span
            className={styles.between}
            style={{ left: place(from), width: Math.max(0, place(to) - place(from)) }}
          />
        )}
        {stops.map((stop) => (
          <button
            key={stop.key}
            type="button"
            // The slider's keys reach every stop.
            tabIndex={-1}
            className={classes(styles.stop, (stop === from || stop === to) && styles.chosen)}
            style={{ left: place(stop) }}
            title={stopText(stop)}
            onClick={(event) => onChoose(event.shiftKey ? { from: stop.key } : { to: stop.key })}
          >
            {stop.shown === undefined ? (
              <span className={styles.before} />
            ) : (
              <ClassGlyph of={stop.shown} size={11} silent />
            )}
          </button>
        ))}
      </div>
      <TimeAxis span={span} width={width} live={props.live} />
    </div>
  );
}

function stopText({ time, shown }: ScrubberStop): string {
  if (time === undefined) return 'As it was when watching began';
  const at = clockTimeMs(new Date(time).toISOString());
  return shown === undefined ? at : `${changeClassWords[shown]}, ${at}`;
}

function spoken(from: ScrubberStop | undefined, to: ScrubberStop | undefined): string {
  if (to === undefined) return 'now';
  return from === undefined ? stopText(to) : `${stopText(to)}, compared with ${stopText(from)}`;
}
