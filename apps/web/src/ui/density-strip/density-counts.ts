import type { Change, ChangeClass, Density } from '@kindscope/protocol';
import type { TimeSpan } from '../time-axis/time-span.ts';

/** From the bottom of a bar to its top: what is looked for stands highest. */
export const barOrder: readonly ChangeClass[] = [
  'heartbeat',
  'status',
  'metadata',
  'condition',
  'spec',
  'deleting',
  'created',
  'recreated',
  'deleted',
];

/** How many changes of each class there were in each stretch of `bucketMs` since the epoch. */
export interface DensityCounts {
  readonly bucketMs: number;
  /** By the number of the stretch; the counts in the order of `barOrder`. */
  readonly buckets: ReadonlyMap<number, readonly number[]>;
  /** Changes with greater ids are not counted yet. */
  readonly lastId: number;
}

/** A time of `count` whole buckets whose last one is not over. */
export function bucketSpan(now: number, bucketMs: number, count: number): TimeSpan {
  const to = (Math.floor(now / bucketMs) + 1) * bucketMs;
  return { from: to - count * bucketMs, to };
}

/** From the server's count of a {@link bucketSpan}. */
export function countsOf(density: Density, bucketMs: number): DensityCounts {
  const first = Math.round(Date.parse(density.from) / bucketMs);
  const buckets = new Map<number, readonly number[]>();
  const rows = barOrder.map((name) => density.counts[density.classes.indexOf(name)] ?? []);
  const length = density.counts[0]?.length ?? 0;
  for (let index = 0; index < length; index += 1) {
    const counts = rows.map((row) => row[index] ?? 0);
    if (counts.some((count) => count > 0)) buckets.set(first + index, counts);
  }
  return { bucketMs, buckets, lastId: density.lastId };
}

/** With those of the changes that are not counted yet. */
export function withChanges(counts: DensityCounts, changes: Iterable<Change>): DensityCounts {
  const buckets = new Map(counts.buckets);
  let { lastId } = counts;
  for (const change of changes) {
    if (change.id <= counts.lastId) continue;
    lastId = Math.max(lastId, change.id);
    const bucket = Math.floor(Date.parse(change.time) / counts.bucketMs);
    const row = barOrder.indexOf(change.classes[0] ?? 'status');
    const before = buckets.get(bucket) ?? barOrder.map(() => 0);
    buckets.set(bucket, before.with(row, (before[row] ?? 0) + 1));
  }
  return { ...counts, buckets, lastId };
}

/** The sum over a time of whole buckets. */
export function changesIn(counts: DensityCounts, span: TimeSpan): number {
  let sum = 0;
  for (const [bucket, row] of counts.buckets) {
    const from = bucket * counts.bucketMs;
    if (from < span.from || from >= span.to) continue;
    for (const count of row) sum += count;
  }
  return sum;
}
