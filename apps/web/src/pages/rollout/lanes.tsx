import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { AsOf } from './as-of.tsx';
import { LaneAxis, LaneLines } from './lane-axis.tsx';
import { LaneHoverCard } from './lane-hover-card.tsx';
import { laneKeys } from './lane-key-actions.ts';
import { LaneRow } from './lane-row.tsx';
import { createHoverStore } from './lane/lane-hover.ts';
import { createLaneReader, type LaneSources } from './lane/lane-reader.ts';
import { laneScale } from './lane/lane-scale.ts';
import type { LaneView } from './lane/lane-view.ts';
import type { RolloutRow } from './rows/rollout-rows.ts';
import { useChosenSeen, useLaneFocus } from './use-lane-focus.ts';
import { useLanePointer } from './use-lane-pointer.ts';
import { useTicks, useViewState } from './use-lane-view.ts';
import { useLaneWalk } from './use-lane-walk.ts';
import styles from './lanes.module.css';

/** Narrower than that, names stand above their lanes; pixels. */
const narrow = 640;
const axisHeight = 28;
/** A width to begin with, before the page has one. */
const unmeasured = 800;

export interface LanesProps {
  readonly label: string;
  readonly rows: readonly RolloutRow[];
  readonly sources: LaneSources;
  readonly view: LaneView;
  /** Of when the rows are, where that is not the time that the lanes show. */
  readonly asOf: string | undefined;
  /** Stands beside the axis, where there is room. */
  readonly corner?: ReactNode;
  /** The key of the row that is chosen. */
  readonly selected: string | undefined;
  /** The change that is shown beside. */
  readonly open: number | undefined;
  readonly onSelect: (row: RolloutRow) => void;
  readonly onFold: (row: RolloutRow, open: boolean) => void;
  readonly onOpen: (id: number) => void;
  readonly onEvent: (row: RolloutRow) => void;
  readonly onLeave: () => void;
}

/** The tree with a lane for each of its rows, on one axis of time. Only rows in sight are in the page. */
export function Lanes(props: LanesProps) {
  const { rows, view, asOf, selected, onSelect, onFold, onOpen } = props;
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const tree = useRef<HTMLTableElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const width = useElementWidth(axis);
  const isNarrow = useElementWidth(frame) < narrow;
  const rowHeight = isNarrow ? 58 : 36;
  const state = useViewState(view);
  const { span, following, pausedAt } = state;
  const scale = useMemo(() => laneScale(span, width === 0 ? unmeasured : width), [span, width]);
  useTicks(view, state, scale.msPerPixel);
  const [reader] = useState(createLaneReader);
  useEffect(() => reader.keepOnly(rows), [reader, rows]);
  const [hover] = useState(createHoverStore);
  const laneOf = (row: RolloutRow) => reader.laneOf(row, props.sources, scale.msPerPixel);
  const help = useId();
  // There is no React Compiler here to memoise what the virtualizer returns.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    scrollMargin: axisHeight,
    scrollPaddingStart: axisHeight,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const focus = useLaneFocus(tree, rows, virtualizer);
  useChosenSeen(selected, rows, virtualizer);
  const { onEvent } = props;
  const places = { rowHeight, rowsTop: axisHeight, laneTop: isNarrow ? 22 : 0 };
  useLanePointer({
    ...places,
    scroller,
    axis,
    view,
    scale,
    rows,
    laneOf,
    hover,
    onOpen,
    onSelect,
    onEvent,
  });
  const walk = useLaneWalk({ frame, rows, laneOf, scale, hover });
  const items = virtualizer.getVirtualItems();
  const isDrawn = items.some(({ index }) => index === focus.index);
  return (
    <div ref={frame} className={styles.frame} data-narrow={isNarrow}>
      <div ref={scroller} className={styles.scroller}>
        <div className={styles.axis}>
          <div className={styles.corner}>
            {props.corner}
            <AsOf>{asOf}</AsOf>
          </div>
          <div ref={axis} className={styles.axisTrack} data-track>
            <LaneAxis scale={scale} live={following && pausedAt === undefined} />
          </div>
        </div>
        <div className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          <LaneLines scale={scale} live={following} />
          {/* Arrow keys move in it and fold it, which a plain table does not promise. */}
          <table
            ref={tree}
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
            role="treegrid"
            className={styles.tree}
            aria-label={asOf === undefined ? props.label : `${props.label}, ${asOf}`}
            aria-describedby={help}
            aria-rowcount={rows.length}
            onKeyDown={laneKeys({
              rows,
              view,
              index: focus.index,
              walk,
              onMove: focus.move,
              onSelect,
              onFold,
              onOpen,
              onEvent,
              onLeave: props.onLeave,
            })}
            onBlur={walk.leave}
            // The row that Tab would come to may be scrolled out of the page: then the tree brings it back.
            tabIndex={isDrawn ? -1 : 0}
            onFocus={(event) => {
              if (event.target === event.currentTarget) focus.move(focus.index);
            }}
          >
            <tbody>
              {items.map(({ index, start, key }) => {
                const row = rows[index];
                if (row === undefined) return null;
                return (
                  <LaneRow
                    key={key}
                    row={row}
                    index={index}
                    top={start - axisHeight}
                    lane={laneOf(row)}
                    scale={scale}
                    current={index === focus.index}
                    selected={row.key === selected}
                    open={props.open}
                    onFocus={focus.onFocus}
                    onSelect={onSelect}
                    onFold={onFold}
                    onOpen={onOpen}
                  />
                );
              })}
            </tbody>
          </table>
        </div>
      </div>
      <p id={help} hidden>
        Up and down go from row to row. Right unfolds a row, then goes to its changes; left goes
        back, folds the row, then goes to its owner. Period and comma go through all that is on the
        lane of the row, one by one, and show it: how the object was, changes, Events, and times
        nobody watched. Enter chooses a row or shows a change. Plus and minus zoom, Shift with left
        and right moves through time, Shift with End goes to now.
      </p>
      <LaneHoverCard store={hover} frame={frame} pausedAt={pausedAt} />
    </div>
  );
}
