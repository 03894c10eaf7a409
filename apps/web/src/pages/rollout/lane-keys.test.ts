import { describe, expect, it } from 'vitest';
import { laneKey } from './lane-keys.ts';
import { rolloutRows } from './rows/rollout-rows.ts';
import { byUid, stuckNodes } from './testing/a-rollout.ts';

const rows = rolloutRows(byUid(stuckNodes), 'checkout', new Map([['checkout-74df6', false]]));
const names = rows.map(({ key }) => key);
const press = (key: string, row: string, more: { shiftKey?: boolean; onMark?: boolean } = {}) =>
  laneKey(
    { key, shiftKey: more.shiftKey ?? false, ctrlKey: false, metaKey: false, altKey: false },
    { rows, index: names.indexOf(row), onMark: more.onMark ?? false },
  );

describe('the keys of the tree', () => {
  it('go from row to row, to the first, the last, and no further', () => {
    expect(press('ArrowDown', 'checkout')).toEqual({ kind: 'row', to: 1 });
    expect(press('ArrowUp', 'checkout')).toEqual({ kind: 'row', to: 0 });
    expect(press('End', 'checkout')).toEqual({ kind: 'row', to: rows.length - 1 });
    expect(press('PageDown', 'checkout-85fd6-2')).toEqual({ kind: 'row', to: rows.length - 1 });
    expect(press('Home', 'checkout-85fd6-2')).toEqual({ kind: 'row', to: 0 });
  });

  it('right unfolds, then goes to the changes', () => {
    expect(press('ArrowRight', 'checkout-74df6')).toEqual({ kind: 'fold', open: true });
    expect(press('ArrowRight', 'checkout-85fd6')).toEqual({ kind: 'mark', move: 'in' });
    expect(press('ArrowRight', 'checkout', { onMark: true })).toEqual({
      kind: 'mark',
      move: 'later',
    });
  });

  it('left goes back among the changes, folds, then goes to the owner', () => {
    expect(press('ArrowLeft', 'checkout', { onMark: true })).toEqual({
      kind: 'mark',
      move: 'earlier',
    });
    expect(press('ArrowLeft', 'checkout-85fd6')).toEqual({ kind: 'fold', open: false });
    expect(press('ArrowLeft', 'checkout-85fd6-bbms2')).toEqual({ kind: 'row', to: 1 });
    expect(press('ArrowLeft', 'checkout-74df6')).toEqual({ kind: 'row', to: 0 });
  });

  it('comma and period go through what is on the lane, with Shift too', () => {
    expect(press('.', 'checkout')).toEqual({ kind: 'walk', move: 'later' });
    expect(press(',', 'checkout-74df6')).toEqual({ kind: 'walk', move: 'earlier' });
    expect(press('.', 'checkout', { shiftKey: true })).toEqual({ kind: 'walk', move: 'later' });
  });

  it('Enter chooses a row, and is left to a mark, which is a button', () => {
    expect(press('Enter', 'checkout')).toEqual({ kind: 'choose' });
    expect(press('Enter', 'checkout', { onMark: true })).toBeUndefined();
    expect(press('Escape', 'checkout', { onMark: true })).toEqual({ kind: 'mark', move: 'out' });
    expect(press('Escape', 'checkout')).toEqual({ kind: 'leave' });
  });

  it('move through time with Shift, and zoom', () => {
    expect(press('ArrowLeft', 'checkout', { shiftKey: true })).toEqual({ kind: 'pan', part: -0.1 });
    expect(press('End', 'checkout', { shiftKey: true })).toEqual({ kind: 'now' });
    expect(press('+', 'checkout', { shiftKey: true })).toMatchObject({ kind: 'zoom' });
    expect(press('-', 'checkout')).toEqual({ kind: 'zoom', factor: 1.5 });
  });

  it('are the browser’s with Ctrl, Alt or ⌘', () => {
    const event = { key: '+', shiftKey: false, ctrlKey: true, metaKey: false, altKey: false };
    expect(laneKey(event, { rows, index: 0, onMark: false })).toBeUndefined();
  });
});
