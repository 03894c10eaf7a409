import { memo, useState } from 'react';
import { LaneNames } from './lane-names.tsx';
import { LaneTrack } from './lane-track.tsx';
import type { Lane } from './lane/lane-reader.ts';
import type { LaneScale } from './lane/lane-scale.ts';
import type { RolloutRow } from './rows/rollout-rows.ts';
import { rowText } from './rows/row-text.ts';
import styles from './lanes.module.css';

/** One row of the tree, with its lane. */
export const LaneRow = memo(function LaneRow(props: {
  readonly row: RolloutRow;
  readonly index: number;
  readonly top: number;
  readonly lane: Lane;
  readonly scale: LaneScale;
  /** Tab comes to this row. */
  readonly current: boolean;
  readonly selected: boolean;
  readonly open: number | undefined;
  readonly onFocus: (key: string) => void;
  readonly onSelect: (row: RolloutRow) => void;
  readonly onFold: (row: RolloutRow, open: boolean) => void;
  readonly onOpen: (id: number) => void;
}) {
  const { row, index, top, current, selected } = props;
  const [isOver, setOver] = useState(false);
  return (
    // Its keys are the tree's: Enter there chooses it as a click does.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      className={styles.row}
      style={{ top }}
      aria-label={rowText(row)}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-rowindex={index + 1}
      aria-expanded={row.open}
      aria-selected={selected}
      data-index={index}
      tabIndex={current ? 0 : -1}
      onPointerEnter={() => setOver(true)}
      onPointerLeave={() => setOver(false)}
      onFocus={() => props.onFocus(row.key)}
      onClick={({ target }) => {
        // Over the lane it depends on what is there.
        if (target instanceof Element && target.closest('[data-track]') === null) {
          props.onSelect(row);
        }
      }}
    >
      <LaneNames
        row={row}
        current={current}
        linked={current || selected || isOver}
        onFold={props.onFold}
      />
      <td className={styles.track} data-track>
        <LaneTrack lane={props.lane} scale={props.scale} open={props.open} onOpen={props.onOpen} />
      </td>
    </tr>
  );
});
