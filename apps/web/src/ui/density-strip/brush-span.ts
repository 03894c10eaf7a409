import { timeAtX, xOfTime, type TimeSpan } from '../time-axis/time-span.ts';

export type Edge = 'from' | 'to';

/** The time between two places of a drag, widened to whole steps and kept within the span. */
export function dragged(
  span: TimeSpan,
  width: number,
  step: number,
  drag: { readonly start: number; readonly end: number },
): TimeSpan {
  const a = timeAtX(span, width, Math.min(drag.start, drag.end));
  const b = timeAtX(span, width, Math.max(drag.start, drag.end));
  const from = Math.max(span.from, Math.floor(a / step) * step);
  const to = Math.min(span.to, Math.ceil(b / step) * step);
  return to > from ? { from, to } : { from, to: from + step };
}

/** With one edge moved by so many milliseconds, which takes the other along where it would pass it. */
export function edgeMoved(chosen: TimeSpan, edge: Edge, by: number): TimeSpan {
  const length = Math.abs(by);
  if (edge === 'from') {
    const from = chosen.from + by;
    return { from, to: Math.max(chosen.to, from + length) };
  }
  const to = chosen.to + by;
  return { from: Math.min(chosen.from, to - length), to };
}

/** How near an edge is taken hold of, pixels. */
const grip = 8;

/** Where a drag that begins at `x` stands fast: at the other edge, where it takes hold of one. */
export function anchorOf(
  span: TimeSpan,
  width: number,
  chosen: TimeSpan | undefined,
  x: number,
): number {
  if (chosen === undefined) return x;
  const from = xOfTime(span, width, chosen.from);
  const to = xOfTime(span, width, chosen.to);
  if (Math.abs(x - to) <= grip) return from;
  return Math.abs(x - from) <= grip ? to : x;
}
