import type { KeyboardEvent } from 'react';
import { laneKey, type LaneKey } from './lane-keys.ts';
import type { LaneView } from './lane/lane-view.ts';
import type { RolloutRow } from './rows/rollout-rows.ts';
import { moveToMark } from './use-lane-focus.ts';
import type { LaneWalk } from './use-lane-walk.ts';

/** The keys of the tree of lanes: what one of them asks for is done. */
export function laneKeys(at: {
  readonly rows: readonly RolloutRow[];
  readonly index: number;
  readonly view: LaneView;
  readonly walk: LaneWalk;
  readonly onMove: (to: number) => void;
  readonly onSelect: (row: RolloutRow) => void;
  readonly onFold: (row: RolloutRow, open: boolean) => void;
  readonly onOpen: (id: number) => void;
  readonly onEvent: (row: RolloutRow) => void;
  readonly onLeave: () => void;
}): (event: KeyboardEvent<HTMLElement>) => void {
  const { rows, index, view, walk } = at;
  /** As a click there does. */
  const choose = (row: RolloutRow): void => {
    const hit = walk.at(index);
    if (hit?.kind === 'event') at.onEvent(row);
    else if (hit?.kind !== 'mark') at.onSelect(row);
    else if (hit.mark.id !== undefined) at.onOpen(hit.mark.id);
  };
  const act = (key: LaneKey, element: HTMLElement | null): void => {
    const row = rows[index];
    const { span, following } = view.snapshot();
    switch (key.kind) {
      case 'row':
        return at.onMove(key.to);
      case 'mark':
        return moveToMark(element, key.move);
      case 'walk':
        return walk.go(index, key.move);
      case 'pan':
        return view.input({ kind: 'pan', by: key.part * (span.to - span.from) });
      case 'first':
        return view.input({ kind: 'pan', by: Number.MIN_SAFE_INTEGER });
      case 'now':
        return view.input({ kind: 'follow' });
      case 'zoom': {
        const around = following ? span.to : (span.from + span.to) / 2;
        return view.input({ kind: 'zoom', factor: key.factor, around });
      }
      case 'fold':
        return row === undefined ? undefined : at.onFold(row, key.open);
      case 'choose':
        return row === undefined ? undefined : choose(row);
      case 'leave':
        return walk.at(index) === undefined ? at.onLeave() : walk.leave();
    }
  };
  return (event) => {
    // Links and what folds take their own keys.
    if (!(event.target instanceof HTMLElement)) return;
    const onMark = event.target.hasAttribute('data-mark');
    if (!onMark && !event.target.hasAttribute('data-index')) return;
    const key = laneKey(event, { rows, index, onMark });
    if (key === undefined) return;
    event.preventDefault();
    act(key, event.target.closest<HTMLElement>('[data-index]'));
  };
}
