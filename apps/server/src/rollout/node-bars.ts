import { laneStatus, stringAt, type JsonObject, type Turn } from '@kindscope/kube';
import type { HealthBar } from '@kindscope/protocol';
import type { StateSpan } from '../timeline/revision-log.ts';
import { countsOf, lastWrite, type SteadyCounts } from './steady-counts.ts';

/** Of more the oldest are dropped. */
const mostBars = 100;

/** How a node was, as far as anybody saw it. */
export interface NodePast {
  /** Oldest first; the last one is open while the node is there. */
  readonly bars: readonly HealthBar[];
  readonly counts: SteadyCounts;
}

/** A state of a node, and when it was seen to get there. */
export interface NewState {
  readonly object: JsonObject;
  readonly time: number;
  /** How long before `time` it may have got there, milliseconds. */
  readonly within: number;
}

/**
 * Reads the past of the object with this UID. `spans`: newest first, as the revision log has them;
 * a time of which it has none has no bar. `now`: for what has been so since nobody knows when.
 */
export function readPast(
  spans: Iterable<StateSpan>,
  uid: string,
  turn: Turn | undefined,
  now: number,
): NodePast {
  const bars: HealthBar[] = [];
  const counts = createCountReader();
  for (const span of spans) {
    if (span.uid !== uid) continue;
    const from = Number.isFinite(span.from) ? sinceBirth(span, now) : now;
    counts.read({ ...span, from });
    if (span.to !== undefined && span.to <= from) continue;
    const next = bars.at(-1);
    const { status, word } = laneStatus(span.object, turn);
    if (next !== undefined && next.from === span.to && isSame(next, { status, word })) {
      bars[bars.length - 1] = { ...next, from };
    } else if (bars.length === mostBars) {
      break;
    } else {
      bars.push({ from, ...(span.to !== undefined && { to: span.to }), status, word });
    }
  }
  return { bars: bars.reverse(), counts: counts.end(now) };
}

/** Goes on with a state that was just seen. */
export function extendPast(past: NodePast, state: NewState, turn: Turn | undefined): NodePast {
  const { object, time, within } = state;
  const { status, word } = laneStatus(object, turn);
  const text = countsOf(object);
  return {
    bars: beginBar(past.bars, { status, word }, time, time - within),
    counts: text === past.counts.text ? past.counts : { text, since: time },
  };
}

/** The node is no more. */
export function endPast(past: NodePast, at: number): NodePast {
  return { ...past, bars: endBar(past.bars, at) };
}

function beginBar(
  bars: readonly HealthBar[],
  said: Pick<HealthBar, 'status' | 'word'>,
  from: number,
  until: number,
): readonly HealthBar[] {
  const last = bars.at(-1);
  const goesOn = last !== undefined && last.to === undefined && until >= from;
  if (goesOn && isSame(last, said)) return bars;
  return [...endBar(bars, until), { from, ...said }].slice(-mostBars);
}

/** What lasted no time is not shown. */
function endBar(bars: readonly HealthBar[], to: number): readonly HealthBar[] {
  const last = bars.at(-1);
  if (last === undefined || last.to !== undefined) return bars;
  const before = bars.slice(0, -1);
  return last.from < to ? [...before, { ...last, to }] : before;
}

function isSame(
  a: Pick<HealthBar, 'status' | 'word'>,
  b: Pick<HealthBar, 'status' | 'word'>,
): boolean {
  return a.status === b.status && a.word === b.word;
}

/** Finds, from the newest state on, since when the counts have been what they are. */
function createCountReader() {
  let steady: SteadyCounts | undefined;
  let ended = false;
  let oldest: StateSpan | undefined;
  return {
    read(span: StateSpan): void {
      if (ended) return;
      const text = countsOf(span.object);
      ended = steady !== undefined && (text !== steady.text || span.to !== oldest?.from);
      if (ended) return;
      oldest = span;
      steady = { text, since: span.from };
    },
    end(now: number): SteadyCounts {
      if (steady === undefined || oldest === undefined) return { text: '', since: now };
      // It was found so: nobody has written to it since.
      const found = ended ? undefined : lastWrite(oldest.object);
      return { text: steady.text, since: Math.min(steady.since, found ?? steady.since) };
    },
  };
}

/** What is there now may have come to be after its resource began to be watched, untold as yet. */
function sinceBirth({ from, to, object }: StateSpan, now: number): number {
  if (to !== undefined) return from;
  const created = Date.parse(stringAt(object, 'metadata', 'creationTimestamp') ?? '');
  return created > from ? Math.min(created, now) : from;
}
