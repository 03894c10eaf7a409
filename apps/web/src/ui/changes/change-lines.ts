import type { Change, FieldChange } from '@kindscope/protocol';
import { leafFields } from './leaf-fields.ts';
import { saidFields } from './secret-fields.ts';

/** What an entry of the feed says of a change's fields; the object's page shows them all. */
export interface ShownFields {
  readonly fields: readonly FieldChange[];
  /** How many more there are. */
  readonly more: number;
}

const most = 4;
/** Beside a condition's sentence, which says the most. */
const mostBeside = 2;

/**
 * The fields worth a line, those that led to the change's class first. What the condition
 * sentences say already, and the parts of a created or deleted object, are left out.
 */
export function shownFields(change: Change): ShownFields {
  if (change.classes.includes('created') || change.classes.includes('deleted')) {
    return { fields: [], more: 0 };
  }
  const said = saidConditions(change);
  const rest = leafFields(saidFields(change)).filter((field) => !isSaid(field, said));
  const ranked = rest.toSorted((a, b) => rank(a) - rank(b));
  const room = said.size === 0 ? most : mostBeside;
  return {
    fields: ranked.slice(0, room),
    more: Math.max(0, ranked.length - room) + (change.omitted ?? 0),
  };
}

/** A change's fields, in full, apart from those that its condition sentences say already. */
export function partedFields(change: Change): {
  readonly said: readonly FieldChange[];
  readonly rest: readonly FieldChange[];
} {
  const types = saidConditions(change);
  const fields = saidFields(change);
  return {
    said: fields.filter((field) => isSaid(field, types)),
    rest: fields.filter((field) => !isSaid(field, types)),
  };
}

function saidConditions({ conditions = [] }: Change): ReadonlySet<string> {
  return new Set(conditions.map(({ type }) => type));
}

function isSaid(field: FieldChange, types: ReadonlySet<string>): boolean {
  // The list as a whole, or the order of its items.
  if (/^status\.conditions(?:\[\*\])?$/u.test(field.path)) return types.size > 0;
  const match = /^status\.conditions\[type=([^\]]+)\]/u.exec(field.path);
  return match?.[1] !== undefined && types.has(match[1]);
}

/** What tells how far something is, before the numbers that follow from it. */
const telling = /(?:^|\.)(?:phase|state|currentStepIndex)$/u;
/** What moves along with everything and says little by itself. */
const echoing = /(?:hash|time|timestamp|observedGeneration|selector|\]\.message)$/iu;

/** Lower ranks are shown first. */
function rank({ path }: FieldChange): number {
  if (telling.test(path)) return 0;
  const root = path.startsWith('metadata.labels')
    ? 2
    : path.startsWith('metadata.')
      ? 3
      : /^status\b/u.test(path)
        ? 4
        : 1;
  return echoing.test(path) ? root + 10 : root;
}

/** What a created or deleted object's entry says; undefined for the other classes. */
export function lifeSentence(change: Change, endedBefore: string | undefined): string | undefined {
  if (change.classes.includes('deleted')) {
    return change.to === undefined ? 'deleted; its last state was not seen' : 'deleted';
  }
  if (!change.classes.includes('created')) return undefined;
  return endedBefore === undefined
    ? 'created'
    : `new life of the name, the last one ended ${endedBefore}`;
}

/** The interval in which a change found by a relist happened; undefined where the watch saw it. */
export function relistSentence(
  change: Change,
  time: (instant: string) => string,
): string | undefined {
  if (change.seen !== 'relist') return undefined;
  const when =
    change.notBefore === undefined
      ? `before ${time(change.time)}`
      : `between ${time(change.notBefore)} and ${time(change.time)}`;
  return `${when}, found by a relist`;
}
