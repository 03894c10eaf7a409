import { useEffect, useRef, type RefObject } from 'react';
import { timeAtX } from '../../ui/time-axis/time-span.ts';
import { listenToPointers, type Place } from '../timeline/pointer-input.ts';
import { laneHit } from './lane/lane-hit.ts';
import type { HoverStore, LaneHover } from './lane/lane-hover.ts';
import type { Lane } from './lane/lane-reader.ts';
import type { LaneScale } from './lane/lane-scale.ts';
import type { LaneView } from './lane/lane-view.ts';
import type { RolloutRow } from './rows/rollout-rows.ts';

export interface LanePointer {
  readonly scroller: RefObject<HTMLElement | null>;
  /** The axis of time, as wide as the lanes. */
  readonly axis: RefObject<HTMLElement | null>;
  readonly view: LaneView;
  readonly scale: LaneScale;
  readonly rows: readonly RolloutRow[];
  readonly rowHeight: number;
  /** Where rows and, in a row, the lane begin, pixels. */
  readonly rowsTop: number;
  readonly laneTop: number;
  readonly laneOf: (row: RolloutRow) => Lane;
  readonly hover: HoverStore;
  readonly onOpen: (id: number) => void;
  readonly onSelect: (row: RolloutRow) => void;
  readonly onEvent: (row: RolloutRow) => void;
}

/**
 * Wheel, drag and pinch over the lanes move and zoom time, up and down scrolls as everywhere; what
 * is under the pointer is said, and a click on it shows more.
 */
export function useLanePointer(pointer: LanePointer): void {
  const now = useRef(pointer);
  useEffect(() => {
    now.current = pointer;
  });
  const { scroller, axis } = pointer;
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    /** Where time begins, pixels from the left of the scroller. */
    const left = (): number =>
      (axis.current?.getBoundingClientRect().left ?? 0) - element.getBoundingClientRect().left;
    const timeAt = (x: number): number => {
      const { span, width } = now.current.scale;
      return timeAtX(span, width, x - left());
    };
    const hitAt = (place: Place): Partial<LaneHover> => {
      const { rows, rowHeight, rowsTop, laneTop, laneOf, scale } = now.current;
      const y = place.y - rowsTop + element.scrollTop;
      const row = place.y < rowsTop ? undefined : rows[Math.floor(y / rowHeight)];
      const x = place.x - left();
      if (row === undefined || x < 0) return {};
      const at = { x, y: (y % rowHeight) - laneTop };
      const hit = laneHit(laneOf(row), scale, at);
      return hit === undefined ? { row } : { row, hit };
    };
    const click = (place: Place): void => {
      const { row, hit } = hitAt(place);
      const { onOpen, onEvent, onSelect } = now.current;
      if (row === undefined) return;
      if (hit?.kind === 'mark') {
        if (hit.mark.id !== undefined) onOpen(hit.mark.id);
      } else if (hit?.kind === 'event') onEvent(row);
      else onSelect(row);
    };
    const target = {
      drag: (dx: number) => {
        const { view, scale } = now.current;
        view.input({ kind: 'pan', by: -dx * scale.msPerPixel });
      },
      zoom: (factor: number, x = 0) =>
        now.current.view.input({ kind: 'zoom', factor, around: timeAt(x) }),
      point: (place: Place | undefined) => {
        const { row, hit } = place === undefined ? {} : hitAt(place);
        const isSomething = place !== undefined && row !== undefined && hit !== undefined;
        now.current.hover.set(isSomething ? { ...place, row, hit } : undefined);
      },
    };
    const takes = ({ target }: PointerEvent): boolean =>
      target instanceof Element && target.closest('[data-track]') !== null;
    return listenToPointers(element, target, click, { scrolls: true, takes });
  }, [scroller, axis]);
}
