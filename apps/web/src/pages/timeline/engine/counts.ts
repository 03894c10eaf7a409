import type { TimeSpan } from '../../../ui/time-axis/time-span.ts';
import { heartbeatBit } from './mark-classes.ts';
import { isHeartbeat, type MarkStore } from './mark-store.ts';

export interface Counts {
  readonly changes: number;
  readonly objects: number;
  readonly heartbeats: number;
}

export const noCounts: Counts = { changes: 0, objects: 0, heartbeats: 0 };

/** How many changes of these classes there are in a time, and of how many objects; heartbeats apart. */
export function countsIn(store: MarkStore, span: TimeSpan, shown: number): Counts {
  const { time, of, object } = store;
  const seen = new Uint8Array(store.objects.length);
  let changes = 0;
  let objects = 0;
  let heartbeats = 0;
  for (let row = 0; row < store.size; row += 1) {
    const at = time[row] ?? 0;
    if (at < span.from || at > span.to) continue;
    const bits = of[row] ?? 0;
    if (isHeartbeat(bits)) {
      heartbeats += 1;
      continue;
    }
    if ((bits & shown & ~heartbeatBit) === 0) continue;
    changes += 1;
    const place = object[row] ?? 0;
    if (seen[place] === 0) {
      seen[place] = 1;
      objects += 1;
    }
  }
  return { changes, objects, heartbeats };
}

/** The new ones; the old ones where they say the same. */
export function keptCounts(before: Counts, after: Counts): Counts {
  const isSame =
    before.changes === after.changes &&
    before.objects === after.objects &&
    before.heartbeats === after.heartbeats;
  return isSame ? before : after;
}
