import type { Density } from '@kindscope/protocol';
import type { ChangeEntry, DensityQuery, LogPosition } from './change-log.ts';
import { changeClasses, shownClass } from './class-set.ts';
import { instant } from './instant.ts';

/** Counts changes by time and by the class each is shown as: the first of those asked for. */
interface DensityCount {
  /** One outside of the time asked for is not counted. */
  add(change: ChangeEntry): void;
  end(known: LogPosition): Density;
}

export function createDensity({
  from,
  to,
  buckets,
  classes: asked = ~0,
}: DensityQuery): DensityCount {
  const counts = changeClasses.map(() => Array.from({ length: buckets }, () => 0));
  const objects = new Set<object>();
  const length = Math.max(1, to - from) / buckets;
  let changes = 0;
  return {
    add({ time, classes, object }) {
      if (time < from || time > to) return;
      const row = counts[shownClass(classes & asked)];
      const bucket = Math.min(buckets - 1, Math.floor((time - from) / length));
      if (row !== undefined) row[bucket] = (row[bucket] ?? 0) + 1;
      objects.add(object);
      changes += 1;
    },
    end: (known) => ({
      from: instant(from),
      to: instant(to),
      classes: [...changeClasses],
      counts,
      changes,
      objects: objects.size,
      ...known,
    }),
  };
}
