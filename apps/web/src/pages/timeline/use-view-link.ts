import { useEffect } from 'react';
import { formatDuration, parseDuration, type TimelineSearch } from '../../search.ts';
import type { Timeline } from './engine/timeline-types.ts';
import type { ViewState } from './engine/view-state.ts';

/** How long a view stands still before the link follows it, milliseconds. */
const settleMs = 400;

/** Calls `onView` once what is seen stands still, or was paused or resumed; and shows what a link says that was followed. */
export function useViewLink(timeline: Timeline, search: TimelineSearch, onView: () => void): void {
  const { span, to, paused } = search;
  useEffect(() => {
    const { view } = timeline.snapshot();
    const length = parseDuration(span);
    const end = Date.parse(to ?? '');
    const pausedAt = Date.parse(paused ?? '');
    if (Number.isNaN(pausedAt)) {
      if (view.pausedAt !== undefined) timeline.resume();
    } else if (pausedAt !== view.pausedAt) timeline.pauseAt(pausedAt);
    if (length !== undefined && formatDuration(view.span.to - view.span.from) !== span) {
      timeline.input({ kind: 'length', to: length });
    }
    if (!Number.isNaN(end)) {
      const long = length ?? view.span.to - view.span.from;
      if (Math.abs(end - view.span.to) >= 1) {
        timeline.input({ kind: 'show', span: { from: end - long, to: end } });
      }
    } else if (!view.following) timeline.input({ kind: 'follow' });
    // Only when the link changes: what is seen changes far more often.
  }, [timeline, span, to, paused]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = timeline.snapshot().view;
    const off = timeline.subscribe(() => {
      const { view } = timeline.snapshot();
      const before = last;
      last = view;
      if (view.pausedAt !== before.pausedAt) {
        clearTimeout(timer);
        onView();
      } else if (!isSame(before, view)) {
        clearTimeout(timer);
        timer = setTimeout(onView, settleMs);
      }
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [timeline, onView]);
}

/** Only now has moved on. */
function isSame(before: ViewState, after: ViewState): boolean {
  if (before.following !== after.following) return false;
  if (!after.following) return before.span === after.span;
  const longer = after.span.to - after.span.from - (before.span.to - before.span.from);
  return Math.abs(longer) < 0.5;
}
