import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useApi } from '../../api.ts';
import { parseResources } from '../../links.ts';
import { useNow } from '../../live/index.ts';
import type { TimelineSearch } from '../../search.ts';
import { blindAmong } from '../../ui/blind-spans.ts';
import { Brush } from '../../ui/density-strip/brush.tsx';
import { bucketSpan, countsOf } from '../../ui/density-strip/density-counts.ts';
import { DensityStrip } from '../../ui/density-strip/density-strip.tsx';
import type { TimeSpan } from '../../ui/time-axis/time-span.ts';
import { allBits, classesOf } from './engine/mark-classes.ts';
import type { Timeline } from './engine/timeline-types.ts';
import { overviewBucket, overviewBuckets } from './overview-span.ts';
import { useTimelineValue } from './use-timeline.ts';
import styles from './timeline.module.css';

/** A longer time than the lanes show, counted; the part that they show is brushed, and may be moved there. */
export function Overview(props: {
  readonly timeline: Timeline;
  readonly search: TimelineSearch;
  readonly shown: number;
}) {
  const { timeline, search, shown } = props;
  const pausedAt = useTimelineValue(timeline, ({ view }) => view.pausedAt);
  const coverage = useTimelineValue(timeline, (snapshot) => snapshot.coverage);
  const live = useTimelineValue(timeline, ({ freshness }) => freshness?.kind === 'live');
  const now = useNow();
  const edge = pausedAt ?? now;
  const bucketMs = useTimelineValue(timeline, ({ view }) => overviewBucket(view.span, edge));
  const { from, to } = bucketSpan(edge, bucketMs, overviewBuckets);
  const span = useMemo((): TimeSpan => ({ from, to }), [from, to]);
  const counts = useDensityCounts(search, shown, span, bucketMs, pausedAt !== undefined);
  const blind = useMemo(() => {
    if (counts === undefined) return [];
    // Where no kinds are chosen, those are meant that are watched.
    const watched = search.kinds === undefined ? coverage.filter((one) => one.watched) : coverage;
    const known = { from, to: Math.min(to, edge) };
    return blindAmong(watched.length > 0 ? watched : coverage, search.namespace, known);
  }, [counts, coverage, from, to, edge, search.kinds, search.namespace]);
  return (
    <section className={styles.overview} aria-label="Changes over time">
      <DensityStrip
        counts={counts}
        span={span}
        blind={blind}
        live={live && pausedAt === undefined}
        renderBrush={(width, bars) => (
          <ViewBrush timeline={timeline} span={span} width={width} step={counts?.bucketMs ?? 1000}>
            {bars}
          </ViewBrush>
        )}
      />
    </section>
  );
}

/** The part that the lanes show. Apart, since it moves with each frame and the rest does not. */
function ViewBrush(props: {
  readonly timeline: Timeline;
  readonly span: TimeSpan;
  readonly width: number;
  readonly step: number;
  readonly children: ReactNode;
}) {
  const { timeline, span } = props;
  const view = useTimelineValue(timeline, (snapshot) => snapshot.view.span);
  return (
    <Brush
      span={span}
      width={props.width}
      step={props.step}
      chosen={{ from: Math.max(view.from, span.from), to: Math.max(view.to, span.from + 1) }}
      onChoose={(chosen) =>
        timeline.input(chosen === undefined ? { kind: 'follow' } : { kind: 'show', span: chosen })
      }
    >
      {props.children}
    </Brush>
  );
}

/** Counted by the server, again and again: it knows what the page does not hold. */
function useDensityCounts(
  search: TimelineSearch,
  shown: number,
  span: TimeSpan,
  bucketMs: number,
  paused: boolean,
) {
  const api = useApi();
  const { kinds = '', namespace, labels } = search;
  const { data } = useQuery({
    queryKey: ['overview', kinds, namespace, labels, shown, bucketMs],
    queryFn: async ({ signal }) => {
      const density = await api.getDensity(
        {
          resources: parseResources(kinds),
          namespace,
          labelSelector: labels,
          classes: shown === allBits ? [] : classesOf(shown),
          from: new Date(span.from).toISOString(),
          to: new Date(span.to).toISOString(),
          buckets: overviewBuckets,
        },
        signal,
      );
      return countsOf(density, bucketMs);
    },
    enabled: !paused,
    refetchInterval: Math.min(10_000, Math.max(1000, bucketMs / 2)),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return data;
}
