import type { Change, FieldChange } from '@kindscope/protocol';

/** What an entry of the feed says of a change's fields; the object's page shows them all. */
export interface ShownFields {
  readonly fields: readonly FieldChange[];
  /** How many more there are. */
  readonly more: number;
}

const most = 3;

/**
 * The fields worth a line, those that led to the change's class first. What the condition
 * sentences say already, and the parts of a created or deleted object, are left out.
 */
export function shownFields(change: Change): ShownFields {
  if (change.classes.includes('created') || change.classes.includes('deleted')) {
    return { fields: [], more: 0 };
  }
  const said = new Set(change.conditions?.map((condition) => condition.type) ?? []);
  const rest = change.fields.filter((field) => !isSaid(field, said));
  const ranked = rest.toSorted((a, b) => rank(a.path) - rank(b.path));
  return {
    fields: ranked.slice(0, most),
    more: Math.max(0, ranked.length - most) + (change.omitted ?? 0),
  };
}

function isSaid(field: FieldChange, types: ReadonlySet<string>): boolean {
  const match = /^status\.conditions\[type=([^\]]+)\]/u.exec(field.path);
  return match?.[1] !== undefined && types.has(match[1]);
}

function rank(path: string): number {
  if (path.startsWith('metadata.labels')) return 1;
  if (path.startsWith('metadata.')) return 2;
  if (path === 'status' || path.startsWith('status.')) return 3;
  return 0;
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
