import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLive, type RolloutSnapshot } from '../../live/index.ts';
import { formatDuration, parseDuration, type RolloutSearch } from '../../search.ts';
import type { ViewState } from '../timeline/engine/view-state.ts';
import { createLaneView, usualLength, type LaneView } from './lane/lane-view.ts';

/** Nothing moves by itself more often than that, milliseconds; calmer where motion is not wanted. */
const leastStep = 50;
const calmStep = 1000;
/** How long a view stands still before the link follows it, milliseconds. */
const settleMs = 400;

/** The view of the lanes for as long as the page is there: it begins as the link says, and goes on with now. */
export function useLaneView(options: {
  readonly search: RolloutSearch;
  /** Before it nothing is known, milliseconds. */
  readonly earliest: number | undefined;
  readonly onMove: (patch: Pick<RolloutSearch, 'span' | 'to'>) => void;
}): LaneView {
  const { now } = useLive();
  const { search, earliest } = options;
  const [view] = useState(() =>
    createLaneView(now, parseDuration(search.span), Date.parse(search.to ?? '') || undefined),
  );
  useEffect(() => {
    if (earliest !== undefined) view.setEarliest(earliest);
  }, [view, earliest]);
  useLinkShown(view, search);
  useLinkFollows(view, options.onMove);
  return view;
}

export function useViewState(view: LaneView): ViewState {
  return useSyncExternalStore(view.subscribe, view.snapshot);
}

/** A view that goes on with now moves by a pixel at a time. */
export function useTicks(view: LaneView, { following, pausedAt }: ViewState, msPerPixel: number) {
  useEffect(() => {
    if (!following || pausedAt !== undefined) return undefined;
    const calm = window.matchMedia?.('(prefers-reduced-motion: reduce)').matches;
    const step = Math.min(calmStep, Math.max(calm ? calmStep : leastStep, msPerPixel));
    const timer = setInterval(() => view.input({ kind: 'tick' }), step);
    return () => clearInterval(timer);
  }, [view, following, pausedAt, msPerPixel]);
}

/** A link that was followed is seen. */
function useLinkShown(view: LaneView, { span, to }: RolloutSearch): void {
  useEffect(() => {
    const { span: seen, following } = view.snapshot();
    const length = parseDuration(span);
    const end = Date.parse(to ?? '');
    if (length !== undefined && formatDuration(seen.to - seen.from) !== span) {
      view.input({ kind: 'length', to: length });
    }
    if (!Number.isNaN(end)) {
      const long = length ?? seen.to - seen.from;
      if (Math.abs(end - seen.to) >= 1) {
        view.input({ kind: 'show', span: { from: end - long, to: end } });
      }
    } else if (!following) view.input({ kind: 'follow' });
    // Only when the link changes: what is seen changes far more often.
  }, [view, span, to]);
}

/** What is seen is in the link, once it stands still. */
function useLinkFollows(
  view: LaneView,
  onMove: (patch: Pick<RolloutSearch, 'span' | 'to'>) => void,
): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = view.snapshot();
    const off = view.subscribe(() => {
      const next = view.snapshot();
      const isSame =
        next.following === last.following &&
        (next.following
          ? Math.abs(next.span.to - next.span.from - (last.span.to - last.span.from)) < 0.5
          : next.span === last.span);
      if (isSame) return;
      last = next;
      if (!view.chosen()) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { span, following } = view.snapshot();
        onMove({
          span: formatDuration(span.to - span.from),
          to: following ? '' : new Date(span.to).toISOString(),
        });
      }, settleMs);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [view, onMove]);
}

/** How often it is looked whether more time has to be shown, milliseconds. */
const fitMs = 10_000;

/** A rollout is seen whole, as it goes on too, unless the link or somebody chose another time. */
export function useFittingLength(
  view: LaneView,
  { summary, ready }: Pick<RolloutSnapshot, 'summary' | 'ready'>,
): void {
  const { now } = useLive();
  const { started, ended } = summary ?? {};
  useEffect(() => {
    if (!ready) return undefined;
    const fit = (): void => view.fit(usualLength({ started, ended }, now()));
    fit();
    const timer = setInterval(fit, fitMs);
    return () => clearInterval(timer);
  }, [view, ready, started, ended, now]);
}
