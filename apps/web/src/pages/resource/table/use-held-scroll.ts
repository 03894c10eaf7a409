import { useLayoutEffect, useRef, useState, type PointerEvent } from 'react';
import { commonShift, type RowWindow } from './held-rows.ts';

/**
 * Keeps rows where they are on the screen while others come or go above them: as long as the
 * table is scrolled down, or the pointer or the focus is in it. When only holding has moved it,
 * leaving it brings the first row back. Returns what the scroller and its body are given.
 */
export function useHeldScroll(window: RowWindow, rowHeight: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const before = useRef<RowWindow>(window);
  const pushed = useRef(false);
  const [inside, setInside] = useState(false);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = { offset: window.offset, keys: window.keys };
    const element = scroller.current;
    if (element === null || old.keys === window.keys) return;
    const busy = inside || element.contains(document.activeElement);
    if (element.scrollTop === 0 && !busy) return;
    const first = Math.floor(element.scrollTop / rowHeight);
    const last = first + Math.ceil(element.clientHeight / rowHeight);
    const shift = commonShift(old, before.current, first, last);
    if (shift === 0) return;
    const top = Math.max(0, element.scrollTop + shift * rowHeight);
    // A table shorter than its place has to become scrollable to stand still.
    if (body.current !== null && element.scrollHeight - element.clientHeight < top) {
      body.current.style.minHeight = `${top + element.clientHeight}px`;
    }
    pushed.current = pushed.current || element.scrollTop === 0;
    element.scrollTop = top;
  }, [window.keys, window.offset, inside, rowHeight]);
  const release = (): void => {
    if (body.current !== null) body.current.style.minHeight = '';
    if (pushed.current) scroller.current?.scrollTo({ top: 0 });
    pushed.current = false;
  };
  const handlers = {
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') setInside(true);
    },
    onPointerLeave: () => {
      setInside(false);
      release();
    },
    onWheel: () => {
      pushed.current = false;
    },
  };
  return { scroller, body, handlers };
}
