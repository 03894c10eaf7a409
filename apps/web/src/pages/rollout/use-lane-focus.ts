import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { RolloutRow } from './rows/rollout-rows.ts';

/** Which row has the focus, or gets it when the tree does: it follows its object where that moves. */
export function useLaneFocus(
  tree: RefObject<HTMLElement | null>,
  rows: readonly RolloutRow[],
  virtualizer: Virtualizer<HTMLDivElement, Element>,
) {
  const [at, setAt] = useState<{ readonly key: string | undefined; readonly index: number }>({
    key: undefined,
    index: 0,
  });
  const moving = useRef(false);
  const found = at.key === undefined ? -1 : rows.findIndex(({ key }) => key === at.key);
  const index = found < 0 ? Math.min(at.index, Math.max(0, rows.length - 1)) : found;
  useEffect(() => {
    if (!moving.current) return;
    const row = tree.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    // A row that is not drawn yet gets the focus when it is.
    if (row === null || row === undefined) return;
    moving.current = false;
    row.focus({ preventScroll: true });
  });
  const rowsNow = useRef(rows);
  useEffect(() => {
    rowsNow.current = rows;
  });
  const onFocus = useCallback((key: string) => {
    const index = rowsNow.current.findIndex((row) => row.key === key);
    setAt({ key, index: Math.max(0, index) });
  }, []);
  return {
    index,
    onFocus,
    move: (to: number): void => {
      moving.current = true;
      setAt({ key: rows[to]?.key, index: to });
      virtualizer.scrollToIndex(to, { align: 'auto' });
    },
  };
}

/** Moves the focus among the marks of a row that are seen; it stays where there is none to go to. */
export function moveToMark(
  row: HTMLElement | null,
  move: 'in' | 'earlier' | 'later' | 'out',
): void {
  if (row === null) return;
  const track = row.querySelector('[data-track]')?.getBoundingClientRect();
  const marks = [...row.querySelectorAll<HTMLElement>('button[data-mark]')].filter((mark) => {
    const { left } = mark.getBoundingClientRect();
    return track === undefined || (left >= track.left - 8 && left <= track.right);
  });
  const at = marks.findIndex((mark) => mark === document.activeElement);
  const to = { in: marks.at(-1), earlier: marks[at - 1], later: marks[at + 1], out: undefined };
  // The first of them leads back to the row.
  const target = to[move] ?? (move === 'earlier' || move === 'out' ? row : undefined);
  target?.focus({ preventScroll: true });
}

/** Scrolls to a row once it is chosen, and there. */
export function useChosenSeen(
  key: string | undefined,
  rows: readonly RolloutRow[],
  virtualizer: Virtualizer<HTMLDivElement, Element>,
): void {
  const seen = useRef<string>(undefined);
  useEffect(() => {
    if (key === undefined) seen.current = undefined;
    const index = rows.findIndex((row) => row.key === key);
    if (key === seen.current || index < 0) return;
    seen.current = key;
    virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [key, rows, virtualizer]);
}
