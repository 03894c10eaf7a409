import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { keptWithin, timeAtX, xOfTime, type TimeSpan } from '../time-axis/time-span.ts';
import { clockTime } from '../time.ts';
import { anchorOf, dragged, edgeMoved, type Edge } from './brush-span.ts';
import styles from './brush.module.css';

/** A drag shorter than this is a click, pixels: it takes the choice back. */
const clickWidth = 4;

/** Lets a part of a span be chosen: by dragging over it, or with the keyboard by its two edges. */
export function Brush(props: {
  readonly span: TimeSpan;
  /** Pixels. */
  readonly width: number;
  /** Edges stand on multiples of it, milliseconds. */
  readonly step: number;
  readonly chosen: TimeSpan | undefined;
  /** Once a drag has ended, or at each key. */
  readonly onChoose: (span: TimeSpan | undefined) => void;
  readonly children: ReactNode;
}) {
  const { span, width, step, onChoose } = props;
  const [drag, setDrag] = useState<{ readonly start: number; readonly end: number }>();
  const frame = useRef<HTMLDivElement>(null);
  // What the keyboard was on goes when a choice begins or ends: it goes on at what comes instead.
  const keyboard = useRef(false);
  const goOn = (element: HTMLElement | null): void => {
    if (element === null || !keyboard.current) return;
    keyboard.current = false;
    element.focus();
  };
  const shown = drag === undefined ? props.chosen : dragged(span, width, step, drag);

  // A chosen time may have left what is shown.
  const at = (time: number): number => Math.min(width, Math.max(0, xOfTime(span, width, time)));
  const xOf = (event: PointerEvent): number =>
    event.clientX - (frame.current?.getBoundingClientRect().left ?? 0);
  const end = (event: PointerEvent): void => {
    if (drag === undefined) return;
    setDrag(undefined);
    const whole = { ...drag, end: xOf(event) };
    const isClick = Math.abs(whole.end - whole.start) < clickWidth;
    onChoose(isClick ? undefined : dragged(span, width, step, whole));
  };
  const onKey = (edge: Edge) => (event: KeyboardEvent) => {
    if (shown === undefined) return;
    if (event.key === 'Escape') {
      keyboard.current = true;
      return onChoose(undefined);
    }
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
    if (steps === undefined) return undefined;
    event.preventDefault();
    return onChoose(keptWithin(edgeMoved(shown, edge, steps * step), span));
  };
  return (
    // The pointer's way; the keyboard's are the sliders and the button within.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={frame}
      className={styles.brush}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const x = xOf(event);
        setDrag({ start: anchorOf(span, width, props.chosen, x), end: x });
      }}
      onPointerMove={(event) => {
        if (drag !== undefined) setDrag({ ...drag, end: xOf(event) });
      }}
      onPointerUp={end}
      onPointerCancel={() => setDrag(undefined)}
    >
      {shown !== undefined && (
        <div
          className={styles.chosen}
          style={{ transform: between(at(shown.from), at(shown.to)) }}
        />
      )}
      {props.children}
      {shown !== undefined && (
        <>
          <div className={styles.outside} style={{ transform: between(0, at(shown.from)) }} />
          <div className={styles.outside} style={{ transform: between(at(shown.to), width) }} />
        </>
      )}
      {shown === undefined ? (
        <button
          ref={goOn}
          type="button"
          className={styles.begin}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => {
            keyboard.current = true;
            onChoose({ from: timeAtX(span, 4, 3), to: span.to });
          }}
        >
          Choose a time
        </button>
      ) : (
        (['from', 'to'] as const).map((edge) => (
          <span
            key={edge}
            ref={edge === 'from' ? goOn : undefined}
            // Two thumbs on one track (ARIA's multi-thumb slider), which no input has.
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="slider"
            tabIndex={0}
            className={styles.edge}
            style={{ transform: `translateX(${at(shown[edge])}px)` }}
            aria-label={edge === 'from' ? 'From' : 'To'}
            aria-valuemin={span.from}
            aria-valuemax={span.to}
            aria-valuenow={shown[edge]}
            aria-valuetext={clockTime(new Date(shown[edge]).toISOString())}
            onKeyDown={onKey(edge)}
          />
        ))
      )}
    </div>
  );
}

/** From one x to another, for something a pixel wide: it moves with each frame, and lays nothing out anew. */
function between(from: number, to: number): string {
  return `translateX(${from}px) scaleX(${Math.max(0, to - from)})`;
}
