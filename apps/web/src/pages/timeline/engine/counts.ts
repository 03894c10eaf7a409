import type { TimeSpan } from '../../../ui/time-axis/time-span.ts';
import { heartbeatBit } from './mark-classes.ts';
import { isHeartbeat, type MarkStore } from './mark-store.ts';

export interface Counts {
  readonly changes: number;
  readonly objects: number;
  readonly heartbeats: number;
}

/** Which changes are counted: those of these classes in a time. */
export interface Counted {
  readonly store: MarkStore;
  readonly span: TimeSpan;
  /** Bits of classes. */
  readonly shown: number;
}

/** How often changes in view are counted at most, milliseconds. */
const countMs = 250;
/** How many changes are looked at in one frame: a millisecond's work. */
const share = 100_000;

export interface ViewCounts {
  readonly latest: Counts;
  /** Counts on. Gives in how many milliseconds it wants to do so again: 0 while it is on its way. */
  readonly step: (now: number, of: Counted) => number;
}

/** How many changes are in view, and of how many objects; heartbeats apart. Counted over several frames where there are many. */
export function createViewCounts(): ViewCounts {
  let latest: Counts = { changes: 0, objects: 0, heartbeats: 0 };
  let last: Counted | undefined;
  let countedAt = Number.NEGATIVE_INFINITY;
  let pass: { readonly of: Counted; readonly size: number; readonly run: Pass } | undefined;
  return {
    get latest() {
      return latest;
    },
    step: (now, of) => {
      const isOther = of.store !== last?.store || of.shown !== last.shown;
      last = of;
      if (isOther) pass = undefined;
      else if (pass === undefined && now - countedAt < countMs) return countMs;
      pass ??= { of, size: of.store.size, run: count(of) };
      const { done, value } = pass.run.next();
      if (!done) return 0;
      latest = kept(latest, value);
      countedAt = now;
      const { span } = pass.of;
      const holds =
        pass.size === of.store.size && span.from === of.span.from && span.to === of.span.to;
      pass = undefined;
      return holds ? Number.POSITIVE_INFINITY : countMs;
    },
  };
}

type Pass = Generator<undefined, Counts, undefined>;

function* count({ store, span, shown }: Counted): Pass {
  const seen = new Uint8Array(store.objects.length);
  let changes = 0;
  let objects = 0;
  let heartbeats = 0;
  for (let begin = 0; begin < store.size; begin += share) {
    if (begin > 0) yield;
    const { time, of, object } = store;
    const end = Math.min(store.size, begin + share);
    for (let row = begin; row < end; row += 1) {
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
      if (seen[place] === 0) objects += 1;
      seen[place] = 1;
    }
  }
  return { changes, objects, heartbeats };
}

/** The new ones; the old ones where they say the same. */
function kept(before: Counts, after: Counts): Counts {
  const isSame =
    before.changes === after.changes &&
    before.objects === after.objects &&
    before.heartbeats === after.heartbeats;
  return isSame ? before : after;
}
