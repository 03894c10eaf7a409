import { memo } from 'react';
import { Hidden } from '../../ui/hidden.tsx';
import { LaneMarks } from './lane-marks.tsx';
import { laneBars, laneBlind, laneLife } from './lane/lane-bars.ts';
import type { Lane } from './lane/lane-reader.ts';
import { chunkOffset, type LaneScale } from './lane/lane-scale.ts';
import { laneText } from './lane/lane-text.ts';
import styles from './lanes.module.css';

/** Words need so much room, pixels. */
const wordRoom = 26;
/** How it is now is said in whole: beside a bar that is shorter than that, where there is room; pixels. */
const shortBar = 64;

/** One object over time: its life, how it was, and above and below that what happened. */
export const LaneTrack = memo(function LaneTrack(props: {
  readonly lane: Lane;
  readonly scale: LaneScale;
  /** The change that is shown beside. */
  readonly open: number | undefined;
  readonly onOpen: (id: number) => void;
}) {
  const { lane, scale } = props;
  const { span, width } = scale.outer;
  const life = laneLife(lane, span, width, Number.POSITIVE_INFINITY);
  const bars = laneBars(lane, span, width, Number.POSITIVE_INFINITY);
  const last = bars.at(-1);
  const isShort = last !== undefined && last.width < shortBar && last.left > 2 * shortBar;
  const isFirst = isShort && last.bar.to === undefined && bars.length === 1;
  const beside = isFirst ? last : undefined;
  return (
    <>
      <Hidden>{laneText(lane)}</Hidden>
      {life !== undefined && <span className={styles.life} style={life} />}
      {laneBlind(lane, lane.blind, span, width).map(({ blind, ...place }) => (
        <span key={blind.from} className={styles.blind} style={place} />
      ))}
      {bars.map(({ bar, ...place }) => (
        <span
          key={bar.from}
          className={styles.bar}
          data-status={bar.status}
          style={place}
          aria-hidden="true"
        >
          {place.width >= wordRoom && bar !== beside?.bar && bar.word}
        </span>
      ))}
      {beside !== undefined && (
        <span
          className={styles.beside}
          data-status={beside.bar.status}
          style={{ right: width - beside.left + 3 }}
          aria-hidden="true"
        >
          {beside.bar.word}
        </span>
      )}
      <span className={styles.marks} style={{ transform: `translateX(${chunkOffset(scale)}px)` }}>
        <LaneMarks
          marks={lane.marks}
          events={lane.events}
          from={scale.chunk.from}
          to={scale.chunk.to}
          msPerPixel={scale.msPerPixel}
          open={props.open}
          onOpen={props.onOpen}
        />
      </span>
    </>
  );
});
