import { gvrKey } from '@kindscope/kube';
import type { Coverage, ResourceRef } from '@kindscope/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useApi } from '../api.ts';
import type { Changes } from '../live/index.ts';
import { useNow } from '../live/use-now.ts';
import {
  bucketSpan,
  countsOf,
  withChanges,
  type DensityCounts,
} from '../ui/density-strip/density-counts.ts';
import type { TimeSpan } from '../ui/time-axis/time-span.ts';
import { recentChanges } from './recent-changes.ts';

/** 5 minutes, a quarter and an hour in so many parts. */
const buckets = 120;
const bucketLengths = [2500, 7500, 30_000] as const;
/** How often it is counted anew, so that what a feed holds no more is not missing. */
const recountMs = 60_000;

export interface DensityQuery {
  readonly resource: ResourceRef;
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
}

/** The longest of the spans that is not longer than it has been watched, so that little of it is empty. */
export function bucketLength(coverage: readonly Coverage[], now: number): number {
  const begun = coverage.map(({ since }) => (since === undefined ? now : Date.parse(since)));
  const watchedMs = now - Math.min(now, ...begun);
  const [shortest] = bucketLengths;
  return bucketLengths.findLast((length) => (length * buckets) / 2 < watchedMs) ?? shortest;
}

/**
 * The last minutes' changes by time, an hour's at most: counted by the server, and from then on by the feed. While the
 * feed is paused it stands still, too.
 */
export function useDensity(
  query: DensityQuery,
  changes: Changes,
): {
  readonly span: TimeSpan;
  readonly counts: DensityCounts | undefined;
  readonly coverage: readonly Coverage[];
} {
  const api = useApi();
  const now = useNow();
  const { resource, namespace, labelSelector } = query;
  // What is told anew after a gap may be another log's.
  const gaps = changes.entries.filter(({ type }) => type === 'gap').length;
  const [coverage, setCoverage] = useState(noCoverage);
  const bucketMs = bucketLength(coverage, now);
  const { data } = useQuery({
    queryKey: ['density', gvrKey(resource), namespace ?? '', labelSelector ?? '', gaps, bucketMs],
    queryFn: async ({ signal }) => {
      const asked = bucketSpan(now, bucketMs, buckets);
      const density = await api.getDensity(
        {
          resources: [resource],
          namespace,
          labelSelector,
          from: new Date(asked.from).toISOString(),
          to: new Date(asked.to).toISOString(),
          buckets,
        },
        signal,
      );
      setCoverage(density.coverage);
      return countsOf(density, bucketMs);
    },
    enabled: changes.ready && !changes.paused,
    refetchInterval: recountMs,
    placeholderData: keepPreviousData,
  });
  const counts = useMemo(() => {
    if (data === undefined) return undefined;
    return withChanges(data, recentChanges(changes.entries));
  }, [data, changes.entries]);
  const { from, to } = bucketSpan(now, bucketMs, buckets);
  const span = useMemo(() => ({ from, to }), [from, to]);
  return { span, counts, coverage };
}

const noCoverage: readonly Coverage[] = [];
