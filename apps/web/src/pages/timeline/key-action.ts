import type { Direction } from './engine/mark-walk.ts';

export type KeyAction =
  | { readonly kind: 'move'; readonly direction: Direction }
  /** By this part of the time that is shown; negative: earlier. */
  | { readonly kind: 'pan'; readonly part: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'page'; readonly pixels: number }
  | { readonly kind: 'first' | 'now' | 'leave' | 'open' };

const zoomFactor = 1.5;
const pagePixels = 260;

/** What a key does. Left and right go from mark to mark once one has the focus, and through time before. */
export function keyAction(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  onMark: boolean,
): KeyAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const pans = event.shiftKey || !onMark;
  switch (event.key) {
    case 'ArrowLeft':
      return pans ? { kind: 'pan', part: -0.1 } : { kind: 'move', direction: 'earlier' };
    case 'ArrowRight':
      return pans ? { kind: 'pan', part: 0.1 } : { kind: 'move', direction: 'later' };
    case 'ArrowUp':
      return { kind: 'move', direction: 'up' };
    case 'ArrowDown':
      return { kind: 'move', direction: 'down' };
    case '+':
    case '=':
      return { kind: 'zoom', factor: 1 / zoomFactor };
    case '-':
    case '_':
      return { kind: 'zoom', factor: zoomFactor };
    case 'PageUp':
      return { kind: 'page', pixels: -pagePixels };
    case 'PageDown':
      return { kind: 'page', pixels: pagePixels };
    case 'Home':
      return { kind: 'first' };
    case 'End':
      return { kind: 'now' };
    case 'Escape':
      return { kind: 'leave' };
    case 'Enter':
      return { kind: 'open' };
    default:
      return undefined;
  }
}
