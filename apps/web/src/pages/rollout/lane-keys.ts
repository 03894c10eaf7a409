import type { RolloutRow } from './rows/rollout-rows.ts';

/** What a key does in the tree of lanes. */
export type LaneKey =
  | { readonly kind: 'row'; readonly to: number }
  | { readonly kind: 'fold'; readonly open: boolean }
  /** Into the marks of the row, among them, and back to it. */
  | { readonly kind: 'mark'; readonly move: 'in' | 'earlier' | 'later' | 'out' }
  /** To what is beside on the lane of the row, whatever that is. */
  | { readonly kind: 'walk'; readonly move: 'earlier' | 'later' }
  | { readonly kind: 'choose' }
  /** By this part of the time that is shown; negative: earlier. */
  | { readonly kind: 'pan'; readonly part: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'first' | 'now' | 'leave' };

const page = 10;
const zoomFactor = 1.5;

/**
 * As in a tree: up and down go from row to row; right opens a row, then goes to its marks; left
 * goes back, folds it, then goes to what it hangs under. Comma and period go through all that is on
 * its lane. With Shift left, right, Home and End move through time.
 */
export function laneKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  at: { readonly rows: readonly RolloutRow[]; readonly index: number; readonly onMark: boolean },
): LaneKey | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  // Where they are on a keyboard, and with Shift or without, differs.
  if (event.key === ',') return { kind: 'walk', move: 'earlier' };
  if (event.key === '.') return { kind: 'walk', move: 'later' };
  return event.shiftKey ? timeKey(event.key) : (zoomKey(event.key) ?? treeKey(event.key, at));
}

function timeKey(key: string): LaneKey | undefined {
  switch (key) {
    case 'ArrowLeft':
      return { kind: 'pan', part: -0.1 };
    case 'ArrowRight':
      return { kind: 'pan', part: 0.1 };
    case 'Home':
      return { kind: 'first' };
    case 'End':
      return { kind: 'now' };
    default:
      return zoomKey(key);
  }
}

function zoomKey(key: string): LaneKey | undefined {
  if (key === '+' || key === '=') return { kind: 'zoom', factor: 1 / zoomFactor };
  return key === '-' || key === '_' ? { kind: 'zoom', factor: zoomFactor } : undefined;
}

function treeKey(
  key: string,
  { rows, index, onMark }: Parameters<typeof laneKey>[1],
): LaneKey | undefined {
  const row = rows[index];
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return { kind: 'row', to: Math.min(last, index + 1) };
    case 'ArrowUp':
      return { kind: 'row', to: Math.max(0, index - 1) };
    case 'PageDown':
      return { kind: 'row', to: Math.min(last, index + page) };
    case 'PageUp':
      return { kind: 'row', to: Math.max(0, index - page) };
    case 'Home':
      return { kind: 'row', to: 0 };
    case 'End':
      return { kind: 'row', to: last };
    case 'ArrowRight':
      if (onMark) return { kind: 'mark', move: 'later' };
      return row?.open === false ? { kind: 'fold', open: true } : { kind: 'mark', move: 'in' };
    case 'ArrowLeft': {
      if (onMark) return { kind: 'mark', move: 'earlier' };
      if (row?.open === true) return { kind: 'fold', open: false };
      const parent = rows.findIndex((one) => one.key === row?.parent);
      return parent < 0 ? undefined : { kind: 'row', to: parent };
    }
    case 'Enter':
    case ' ':
      // A mark is a button, which takes these itself.
      return onMark ? undefined : { kind: 'choose' };
    case 'Escape':
      return onMark ? { kind: 'mark', move: 'out' } : { kind: 'leave' };
    default:
      return undefined;
  }
}
