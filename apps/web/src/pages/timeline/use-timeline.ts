import { useEffect, useState, useSyncExternalStore } from 'react';
import { useApi } from '../../api.ts';
import { useLive } from '../../live/index.ts';
import type { Timeline, TimelineOptions, TimelineSnapshot } from './engine/timeline-types.ts';
import { createTimeline } from './engine/timeline.ts';

/** Reduced motion: nothing moves by itself more often than once a second. */
const calmStep = 1000;
const usualStep = 16;
/** Some forty bytes each. */
const room = { past: 1_000_000, all: 1_500_000 };

/** A timeline for as long as the page shows these changes; undefined before it begins. */
export function useTimeline(key: string, options: () => TimelineOptions): Timeline | undefined {
  const api = useApi();
  const live = useLive();
  const [timeline, setTimeline] = useState<Timeline>();
  useEffect(() => {
    const calm = window.matchMedia?.('(prefers-reduced-motion: reduce)').matches;
    const own = createTimeline(
      {
        api,
        live,
        onFrame: (run) => {
          const frame = requestAnimationFrame(run);
          return () => cancelAnimationFrame(frame);
        },
        after: (ms, run) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
        leastStep: calm ? calmStep : usualStep,
        room,
      },
      options(),
    );
    const stop = own.start();
    setTimeline(own);
    return stop;
    // The options are those it begins with; `key` says when it is another timeline.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [api, live, key]);
  return timeline;
}

/** A part of what a timeline tells: what shows it is drawn anew only when that part changes. */
export function useTimelineValue<Value>(
  timeline: Timeline,
  select: (snapshot: TimelineSnapshot) => Value,
): Value {
  return useSyncExternalStore(timeline.subscribe, () => select(timeline.snapshot()));
}
