import type { TimeSpan } from '../../ui/time-axis/time-span.ts';

export const overviewBuckets = 120;

const minute = 60_000;
const hour = 60 * minute;
/** How long an overview may be. */
const lengths = [
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  72 * hour,
  168 * hour,
  720 * hour,
] as const;

/**
 * How long a bucket of an overview is that ends now and shows more than the lanes do: twice as
 * much, and all from where they begin.
 */
export function overviewBucket(span: TimeSpan, now: number): number {
  const wanted = Math.max(2 * (span.to - span.from), 1.05 * (now - span.from));
  // A view of an hour that has gone on for a moment is an hour still.
  const length = lengths.find((one) => one >= wanted * 0.999) ?? lengths[10];
  return length / overviewBuckets;
}
