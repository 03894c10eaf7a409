/** A stretch of time that is shown, milliseconds since the epoch; `from` is before `to`. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Where a time stands on an axis of this width, in the width's unit; outside of it for times outside. */
export function xOfTime({ from, to }: TimeSpan, width: number, time: number): number {
  return ((time - from) / (to - from)) * width;
}

/** The time at a place of the axis. */
export function timeAtX({ from, to }: TimeSpan, width: number, x: number): number {
  return from + (x / width) * (to - from);
}

/** Moved later by so many milliseconds; earlier, where that is negative. */
export function moved({ from, to }: TimeSpan, by: number): TimeSpan {
  return { from: from + by, to: to + by };
}

/** Longer by `factor`, `around` staying where it stands; never shorter than `shortest` nor longer than `longest`. */
export function scaled(
  { from, to }: TimeSpan,
  factor: number,
  around: number,
  limits: { readonly shortest: number; readonly longest: number },
): TimeSpan {
  const length = to - from;
  const wanted = Math.min(limits.longest, Math.max(limits.shortest, length * factor));
  const part = (around - from) / length;
  const start = around - part * wanted;
  return { from: start, to: start + wanted };
}

/** Moved so that it lies within the other; as long as that, where it is longer. */
export function keptWithin(span: TimeSpan, within: TimeSpan): TimeSpan {
  if (span.to - span.from >= within.to - within.from) return within;
  if (span.from < within.from) return moved(span, within.from - span.from);
  return span.to > within.to ? moved(span, within.to - span.to) : span;
}
