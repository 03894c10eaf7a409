import { xOfTime, type TimeSpan } from '../time-axis/time-span.ts';
import { barOrder, type DensityCounts } from './density-counts.ts';

export interface BarBox {
  readonly span: TimeSpan;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** A bucket that has any change is seen: so high at least, pixels. */
const leastHeight = 2;

/**
 * One SVG path per class of {@link barOrder}: bars of stacked counts, as high as the highest bucket
 * of the span is. A class without changes has an empty path.
 */
export function barPaths({ buckets, bucketMs }: DensityCounts, box: BarBox): string[] {
  const { span, width, height } = box;
  const shown = [...buckets].filter(([bucket]) => {
    const from = bucket * bucketMs;
    return from + bucketMs > span.from && from < span.to;
  });
  const highest = Math.max(1, ...shown.map(([, row]) => sum(row)));
  const paths = barOrder.map(() => '');
  for (const [bucket, row] of shown) {
    const left = xOfTime(span, width, bucket * bucketMs);
    const right = xOfTime(span, width, (bucket + 1) * bucketMs);
    // A pixel between bars, where there is room for one.
    const wide = Math.max(1, right - left - 1);
    const total = sum(row);
    const scale = Math.max(leastHeight, (total / highest) * height) / total;
    let bottom = height;
    for (const [index, count] of row.entries()) {
      if (count === 0) continue;
      const top = bottom - count * scale;
      paths[index] +=
        `M${round(left)} ${round(bottom)}h${round(wide)}V${round(top)}h${round(-wide)}z`;
      bottom = top;
    }
  }
  return paths;
}

function sum(row: readonly number[]): number {
  return row.reduce((total, count) => total + count, 0);
}

/** Half pixels are enough, and keep the text short. */
function round(value: number): number {
  return Math.round(value * 2) / 2;
}
