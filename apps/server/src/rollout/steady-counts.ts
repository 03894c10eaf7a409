import {
  countAt,
  isJsonNumber,
  listAt,
  objectAt,
  stringAt,
  type JsonObject,
} from '@kindscope/kube';

/** The counts of an object, and since when they are what they are. */
export interface SteadyCounts {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/**
 * What has to move while an object rolls out: the numbers of its status. Its generation belongs to
 * them: what was told something new has not been standing still since long before.
 */
export function countsOf(object: JsonObject): string {
  const numbers = Object.entries(objectAt(object, 'status')).filter(([, value]) =>
    isJsonNumber(value),
  );
  return JSON.stringify([
    countAt(object, 'metadata', 'generation') ?? 0,
    ...numbers.map(([name]) => [name, countAt(object, 'status', name)]),
  ]);
}

/**
 * When the object was last written to, by its managedFields (KEP-555): the server moves an entry's
 * time whenever its manager changes something. Undefined where it does not say.
 */
export function lastWrite(object: JsonObject): number | undefined {
  const times = listAt(object, 'metadata', 'managedFields')
    .map((entry) => Date.parse(stringAt(entry, 'time') ?? ''))
    .filter((time) => !Number.isNaN(time));
  return times.length === 0 ? undefined : times.reduce((last, time) => Math.max(last, time));
}
