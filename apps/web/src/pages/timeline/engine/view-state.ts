import { keptWithin, moved, scaled, type TimeSpan } from '../../../ui/time-axis/time-span.ts';

/** What of the timeline is seen. */
export interface ViewState {
  readonly span: TimeSpan;
  /** The right edge is now and stays there. */
  readonly following: boolean;
  /** Paused: the picture stands still as it was then. */
  readonly pausedAt: number | undefined;
  /** How far the lanes are scrolled, pixels. */
  readonly scroll: number;
}

/** What a view lies within; it is known anew at each step. */
export interface ViewBounds {
  /** By the server's clock, milliseconds. */
  readonly now: number;
  /** Before it nothing is known. */
  readonly earliest: number;
  /** Height of all lanes, and of the place they are seen in, pixels. */
  readonly lanesHeight: number;
  readonly height: number;
}

export type ViewInput =
  | { readonly kind: 'tick' }
  /** Later by so many milliseconds. */
  | { readonly kind: 'pan'; readonly by: number }
  /** `around` stays where it stands. */
  | { readonly kind: 'zoom'; readonly factor: number; readonly around: number }
  /** Longer or shorter: at the edge where it is followed, in the middle elsewhere. */
  | { readonly kind: 'length'; readonly to: number }
  | { readonly kind: 'show'; readonly span: TimeSpan }
  | { readonly kind: 'follow' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'scroll'; readonly by: number }
  /** So that this stretch of the lanes is seen, pixels. */
  | { readonly kind: 'reveal'; readonly top: number; readonly bottom: number }
  | { readonly kind: 'reveal-time'; readonly time: number };

export const spanLimits = { shortest: 1000, longest: 7 * 24 * 3_600_000 };

const usualLengths = [5 * 60_000, 15 * 60_000, 60 * 60_000] as const;

/** As long a view as has been watched, about, so that little of it is empty; milliseconds. */
export function usualLength(watchedMs: number): number {
  return usualLengths.findLast((length) => length / 2 < watchedMs) ?? usualLengths[0];
}

/** As a view begins. `to` undefined: now, and on with it. */
export function initialView(length: number, to: number | undefined, now: number): ViewState {
  const end = Math.min(to ?? now, now);
  return {
    span: { from: end - length, to: end },
    following: to === undefined,
    pausedAt: undefined,
    scroll: 0,
  };
}

/** The view after an input. */
export function stepView(before: ViewState, input: ViewInput, bounds: ViewBounds): ViewState {
  const edge = before.pausedAt ?? bounds.now;
  // Now has moved on since the last step.
  const view = before.following ? followed(before, edge) : before;
  switch (input.kind) {
    case 'tick':
      return scrolled(view, 0, bounds);
    case 'pan':
      return placed(view, moved(view.span, input.by), edge, bounds);
    case 'zoom':
      return placed(view, scaled(view.span, input.factor, input.around, spanLimits), edge, bounds);
    case 'length': {
      const { from, to } = view.span;
      const around = view.following ? to : (from + to) / 2;
      return placed(
        view,
        scaled(view.span, input.to / (to - from), around, spanLimits),
        edge,
        bounds,
      );
    }
    case 'show': {
      const { from, to } = input.span;
      const length = Math.min(spanLimits.longest, Math.max(spanLimits.shortest, to - from));
      return placed(view, { from: to - length, to }, edge, bounds);
    }
    case 'follow':
      return followed({ ...view, following: true }, edge);
    case 'pause':
      return view.pausedAt === undefined ? { ...view, pausedAt: bounds.now } : view;
    case 'resume': {
      if (view.pausedAt === undefined) return view;
      const going = { ...view, pausedAt: undefined };
      return going.following ? followed(going, bounds.now) : going;
    }
    case 'scroll':
      return scrolled(view, input.by, bounds);
    case 'reveal':
      return scrolled(view, revealBy(view.scroll, bounds.height, input), bounds);
    case 'reveal-time': {
      const { from, to } = view.span;
      if (input.time >= from && input.time <= to) return view;
      const by = input.time - (from + to) / 2;
      return placed(view, moved(view.span, by), edge, bounds);
    }
  }
}

/** Follows as soon as the edge is reached: that is how one goes back to live. */
function placed(view: ViewState, span: TimeSpan, edge: number, bounds: ViewBounds): ViewState {
  const length = span.to - span.from;
  const from = Math.min(bounds.earliest - length / 2, edge - length);
  const kept = keptWithin(span, { from, to: edge });
  return { ...view, span: kept, following: kept.to >= edge };
}

function followed(view: ViewState, edge: number): ViewState {
  const { from, to } = view.span;
  if (to === edge) return view;
  return { ...view, span: { from: edge - (to - from), to: edge } };
}

function scrolled(view: ViewState, by: number, { lanesHeight, height }: ViewBounds): ViewState {
  const scroll = Math.max(0, Math.min(lanesHeight - height, view.scroll + by));
  return scroll === view.scroll ? view : { ...view, scroll };
}

function revealBy(
  scroll: number,
  height: number,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): number {
  if (top < scroll) return top - scroll;
  return bottom > scroll + height ? bottom - height - scroll : 0;
}
