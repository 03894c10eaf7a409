import type { Change, ChangeClass, Marks, RevisionList } from '@kindscope/protocol';
import type { TimeSpan } from '../../ui/time-axis/time-span.ts';

/** A state of the object that is still held, or that is on its way to be. */
export interface HeldState {
  readonly uid: string;
  readonly resourceVersion: string;
  /** When it was first seen so, milliseconds since the epoch; undefined for what was there before. */
  readonly time: number | undefined;
  /** What the change that made it so is shown as. */
  readonly shown: ChangeClass | undefined;
  /** The object ended then; the state is its last known one. */
  readonly deleted: boolean;
}

/** What a state is known by, in the URL: its resourceVersion, and whether it is the end. */
export function stateKey({ resourceVersion, deleted }: HeldState): string {
  return deleted ? `${resourceVersion}-deleted` : resourceVersion;
}

/** The states of an object, oldest first: those the server holds, and those that came since. */
export function heldStates(
  revisions: RevisionList,
  marks: Pick<Marks, 'id' | 'of' | 'classes' | 'lastId'>,
  live: readonly Change[],
): HeldState[] {
  const shown = new Map<number, ChangeClass | undefined>();
  for (const [index, id] of marks.id.entries()) {
    shown.set(
      id,
      marks.classes.find((_, bit) => ((marks.of[index] ?? 0) >> bit) & 1),
    );
  }
  for (const change of live) shown.set(change.id, change.classes[0]);
  const held = revisions.items
    .toReversed()
    .map(({ uid, resourceVersion, time, change, deleted = false }): HeldState => ({
      uid,
      resourceVersion,
      time: time === undefined ? undefined : Date.parse(time),
      shown: change === undefined ? undefined : shown.get(change),
      deleted,
    }));
  const known = new Set(held.map((state) => `${state.uid} ${stateKey(state)}`));
  const lastChange = Math.max(0, ...revisions.items.map(({ change = 0 }) => change));
  const news = live
    .filter(({ id }) => id > lastChange)
    .toSorted((a, b) => a.id - b.id)
    .map(stateOf)
    .filter((state) => !known.has(`${state.uid} ${stateKey(state)}`));
  return [...held, ...news];
}

function stateOf(change: Change): HeldState {
  const deleted = change.classes.includes('deleted');
  return {
    uid: change.uid,
    // Of a deletion the last state is the one before it.
    resourceVersion: (deleted ? change.from : change.to) ?? '',
    time: Date.parse(change.time),
    shown: change.classes[0],
    deleted,
  };
}

/** Two states that are compared; `to` is the later one. */
export interface ComparedStates {
  readonly from: HeldState;
  readonly to: HeldState;
}

/** The states that a URL asks to compare: by their keys; without `from` the one before `to`. */
export function comparedStates(
  states: readonly HeldState[],
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
): ComparedStates | undefined {
  if (asked.to === undefined) return undefined;
  const last = states.findLastIndex((state) => stateKey(state) === asked.to);
  const first =
    asked.from === undefined
      ? last - 1
      : states.findLastIndex((state) => stateKey(state) === asked.from);
  const to = states[Math.max(first, last)];
  const from = states[Math.min(first, last)];
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

/**
 * What the URL asks for after stops were chosen: `to` alone goes with the one before it, `from`
 * alone with what was compared until now, or with the newest state.
 */
export function nextCompared(
  compared: ComparedStates | undefined,
  keys: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined,
  newest: HeldState | undefined,
): { readonly from: string | undefined; readonly to: string | undefined } {
  const { from } = keys ?? {};
  if (keys === undefined || from === undefined) return { from: undefined, to: keys?.to };
  const until = compared?.to ?? newest;
  const to = keys.to ?? (until && stateKey(until));
  return { from: from === to ? undefined : from, to };
}

/** The times in which there was an object of the name, oldest first, as far as its states tell. */
export function livesOf(states: readonly HeldState[], span: TimeSpan): TimeSpan[] {
  const lives: TimeSpan[] = [];
  let since: number | undefined;
  for (const { time, shown, deleted } of states) {
    const isBorn = shown === 'created' || shown === 'recreated';
    since ??= (isBorn || lives.length > 0 ? time : undefined) ?? span.from;
    if (!deleted) continue;
    lives.push({ from: since, to: time ?? since });
    since = undefined;
  }
  if (since !== undefined || states.length === 0)
    lives.push({ from: since ?? span.from, to: span.to });
  return lives;
}
