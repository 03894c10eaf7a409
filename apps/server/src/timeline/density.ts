import type { Density } from '@kindscope/protocol';
import type { ChangeEntry, DensityQuery, LogPosition } from './change-log.ts';
import { changeClasses, shownClass } from './class-set.ts';
import { instant } from './instant.ts';

/** Counts changes by time and by the class each is shown as; those outside of `from … to` are none. */
export function densityOf(
  changes: Iterable<ChangeEntry>,
  { from, to, buckets }: DensityQuery,
  known: LogPosition,
): Density {
  const counts = changeClasses.map(() => Array.from({ length: buckets }, () => 0));
  const objects = new Set<object>();
  const length = Math.max(1, to - from) / buckets;
  let counted = 0;
  for (const change of changes) {
    if (change.time < from || change.time > to) continue;
    const row = counts[shownClass(change.classes)];
    const bucket = Math.min(buckets - 1, Math.floor((change.time - from) / length));
    if (row !== undefined) row[bucket] = (row[bucket] ?? 0) + 1;
    objects.add(change.object);
    counted += 1;
  }
  return {
    from: instant(from),
    to: instant(to),
    classes: [...changeClasses],
    counts,
    changes: counted,
    objects: objects.size,
    ...known,
  };
}
