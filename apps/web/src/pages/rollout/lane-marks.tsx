import { memo } from 'react';
import { ClassGlyph } from '../../ui/class-glyph.tsx';
import { Hidden } from '../../ui/hidden.tsx';
import { isWarning, type LaneEvent, type LaneMark } from './lane/lane-marks.ts';
import { eventText, markText } from './lane/lane-text.ts';
import styles from './lanes.module.css';

/** The changes and Events of a lane within a stretch of time; they move with it, and are drawn anew only for another. */
export const LaneMarks = memo(function LaneMarks(props: {
  readonly marks: readonly LaneMark[];
  readonly events: readonly LaneEvent[];
  readonly from: number;
  readonly to: number;
  readonly msPerPixel: number;
  readonly open: number | undefined;
  readonly onOpen: (id: number) => void;
}) {
  const { from, to, msPerPixel } = props;
  const isIn = ({ at }: { readonly at: number }): boolean => at >= from && at <= to;
  const place = (at: number) => ({ left: (at - from) / msPerPixel });
  return (
    <>
      {props.events.filter(isIn).map((one) => (
        <span
          key={one.event.uid}
          className={styles.event}
          data-warning={isWarning(one.event)}
          style={place(one.at)}
        >
          <Hidden>{eventText(one)}</Hidden>
        </span>
      ))}
      {props.marks.filter(isIn).map((mark) => (
        <Mark
          key={`${mark.class} ${mark.at}`}
          mark={mark}
          left={(mark.at - from) / msPerPixel}
          isOpen={mark.id !== undefined && mark.id === props.open}
          onOpen={props.onOpen}
        />
      ))}
    </>
  );
});

function Mark(props: {
  readonly mark: LaneMark;
  readonly left: number;
  readonly isOpen: boolean;
  readonly onOpen: (id: number) => void;
}) {
  const { mark, left } = props;
  const { id } = mark;
  const glyph = <ClassGlyph of={mark.class} size={10} silent />;
  if (id === undefined) {
    return (
      <span className={styles.mark} style={{ left }}>
        {glyph}
        <Hidden>{markText(mark)}</Hidden>
      </span>
    );
  }
  return (
    <button
      type="button"
      className={styles.mark}
      style={{ left }}
      aria-label={markText(mark)}
      aria-pressed={props.isOpen}
      data-mark={id}
      // The row is one stop of Tab; the right arrow leads from it to its marks.
      tabIndex={-1}
      onClick={() => props.onOpen(id)}
    >
      {glyph}
    </button>
  );
}
