import { conditionTone, type ConditionTone } from '../../../ui/changes/condition-text.ts';
import type { TimeSpan } from '../../../ui/time-axis/time-span.ts';
import { classBit } from './mark-classes.ts';
import type { MarkStore } from './mark-store.ts';
import type { RowList } from './row-list.ts';

export interface ConditionSpan {
  /** Milliseconds since the epoch; infinite while it lasts. */
  readonly from: number;
  readonly to: number;
  /** From then on it is told by the object itself, whether it was watched or not; milliseconds since the epoch. */
  readonly toldFrom: number;
  readonly tone: Exclude<ConditionTone, 'plain'>;
}

const deleted = classBit('deleted');

/**
 * When an object's conditions were good, bad or unknown, as far as its marks tell: from the flip to
 * the next one of its type or the object's end, and before the first flip for as long as it says it
 * had been so.
 */
export function conditionSpans(store: MarkStore, rows: RowList): ConditionSpan[] {
  const spans: ConditionSpan[] = [];
  const open = new Map<string, { readonly from: number; readonly status: string | undefined }>();
  const close = (type: string, to: number, toldFrom = Number.POSITIVE_INFINITY): void => {
    const state = open.get(type);
    const tone = state === undefined ? 'plain' : conditionTone(type, state.status);
    if (state !== undefined && tone !== 'plain')
      spans.push({ from: state.from, to, toldFrom, tone });
  };
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows.at(place);
    const time = store.time[row] ?? 0;
    for (const { type, from, to, heldMs } of store.conditions(row)) {
      const toldFrom = heldMs === undefined ? undefined : time - heldMs;
      if (!open.has(type) && from !== undefined && toldFrom !== undefined) {
        open.set(type, { from: toldFrom, status: from });
      }
      close(type, time, toldFrom);
      open.set(type, { from: time, status: to });
    }
    if (((store.of[row] ?? 0) & deleted) !== 0) {
      for (const type of open.keys()) close(type, time);
      open.clear();
    }
  }
  for (const type of open.keys()) close(type, Number.POSITIVE_INFINITY);
  return spans;
}

/** The parts of a span in which it is known to have been so. */
export function knownParts(span: ConditionSpan, blind: readonly TimeSpan[]): TimeSpan[] {
  const { from, to, toldFrom } = span;
  let seen: TimeSpan[] = [{ from, to: Math.min(to, toldFrom) }];
  for (const one of blind) {
    seen = seen.flatMap((part) => [
      { from: part.from, to: Math.min(part.to, one.from) },
      { from: Math.max(part.from, one.to), to: part.to },
    ]);
  }
  return [...seen, { from: Math.max(from, toldFrom), to }].filter((part) => part.from < part.to);
}
