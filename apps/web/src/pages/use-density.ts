import { gvrKey } from '@kindscope/kube';
import type { Coverage, ResourceRef } from '@kindscope/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
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

/** An hour in 120 parts. */
const bucketMs = 30_000;
const buckets = 120;
/** How often it is counted anew, so that what a feed holds no more is not missing. */
const recountMs = 60_000;

export interface DensityQuery {
  readonly resource: ResourceRef;
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
}

/**
 * The last hour's changes by time: counted by the server, and from then on by the feed. While the
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
  const { data } = useQuery({
    queryKey: ['density', gvrKey(resource), namespace ?? '', labelSelector ?? '', gaps],
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
      return { counts: countsOf(density, bucketMs), coverage: density.coverage };
    },
    enabled: changes.ready && !changes.paused,
    refetchInterval: recountMs,
    placeholderData: keepPreviousData,
  });
  const counts = useMemo(() => {
    if (data === undefined) return undefined;
    const news = changes.entries.flatMap((entry) =>
      entry.type === 'change' ? [entry.change] : [],
    );
    return withChanges(data.counts, news);
  }, [data, changes.entries]);
  const { from, to } = bucketSpan(now, bucketMs, buckets);
  const span = useMemo(() => ({ from, to }), [from, to]);
  return { span, counts, coverage: data?.coverage ?? noCoverage };
}

const noCoverage: readonly Coverage[] = [];
