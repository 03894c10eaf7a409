import type { Virtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { RowWindow } from './held-rows.ts';

const page = 15;

/**
 * Which row has the focus, or gets it when the table does. It follows its object where that
 * moves; arrows, Page, Home and End move it, Enter opens the row's link.
 */
export function useRowFocus(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  keyAt: (index: number) => string | undefined,
  window: RowWindow,
) {
  const [at, setAt] = useState<{ readonly key: string | undefined; readonly index: number }>({
    key: undefined,
    index: 0,
  });
  const moving = useRef(false);
  const found = at.key === undefined ? -1 : window.keys.indexOf(at.key);
  const index = Math.min(found < 0 ? at.index : window.offset + found, Math.max(0, count - 1));
  useEffect(() => {
    if (!moving.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"][tabindex]`);
    // A row that is not loaded yet gets the focus when it has come.
    if (row === null || row === undefined) return;
    moving.current = false;
    row.focus({ preventScroll: true });
  });
  const move = (to: number, virtualizer: Virtualizer<HTMLDivElement, Element>): void => {
    const next = Math.max(0, Math.min(count - 1, to));
    moving.current = true;
    setAt({ key: keyAt(next), index: next });
    virtualizer.scrollToIndex(next, { align: 'auto' });
  };
  const onFocus = useCallback((key: string, index: number) => setAt({ key, index }), []);
  return {
    index,
    onFocus,
    onKeyDown: (
      event: KeyboardEvent<HTMLElement>,
      virtualizer: Virtualizer<HTMLDivElement, Element>,
    ) => {
      const row = event.target instanceof Element ? event.target.closest('tr') : null;
      if (row === null || !row.hasAttribute('data-index')) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Enter') {
        if (event.target === row) row.querySelector('a')?.click();
        return;
      }
      const targets: Record<string, number> = {
        ArrowDown: index + 1,
        ArrowUp: index - 1,
        PageDown: index + page,
        PageUp: index - page,
        Home: 0,
        End: count - 1,
      };
      const to = targets[event.key];
      if (to === undefined) return;
      event.preventDefault();
      move(to, virtualizer);
    },
  };
}
