import type { Change, ChangeClass, FieldChange } from '@kindscope/protocol';
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
  const rest = leafFields(saidFields(change)).filter(
    ({ path }) => !isSaid(path, said) && !deletionFields.has(path),
  );
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
    said: fields.filter(({ path }) => isSaid(path, types)),
    rest: fields.filter(({ path }) => !isSaid(path, types)),
  };
}

function saidConditions({ conditions = [] }: Change): ReadonlySet<string> {
  return new Set(conditions.map(({ type }) => type));
}

/** That deletion was asked for is a sentence, which says all of it. */
const deletionFields = new Set([
  'metadata.deletionTimestamp',
  'metadata.deletionGracePeriodSeconds',
]);

function isSaid(path: string, types: ReadonlySet<string>): boolean {
  // The list as a whole, or the order of its items.
  if (/^status\.conditions(?:\[\*\])?$/u.test(path)) return types.size > 0;
  const match = /^status\.conditions\[type=([^\]]+)\]/u.exec(path);
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

/** The classes to name: who is created anew is created. */
export function namedClasses({ classes }: Change): readonly ChangeClass[] {
  return classes.includes('recreated') ? classes.filter((name) => name !== 'created') : classes;
}

/** What is said of the beginning or the end of an object; undefined for the other classes. */
export function lifeSentence(change: Change, endedBefore: string | undefined): string | undefined {
  const { classes } = change;
  if (classes.includes('deleted')) {
    return change.to === undefined ? 'deleted; its last state was not seen' : 'deleted';
  }
  if (classes.includes('created')) {
    return endedBefore === undefined
      ? 'created'
      : `new life of the name, the last one ended ${endedBefore}`;
  }
  return classes.includes('deleting') ? 'deletion asked for; it is still there' : undefined;
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
