import { gvrKey } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';
import type { ChangeEntry, ChangeScope, Labels, LogEntry } from './change-log.ts';

/** Relative to a filter: does a change belong to it, and did its object start or stop matching with it? */
export type Effect = 'none' | 'enter' | 'leave';

/**
 * The effect of a change whose object did or did not match before and after (undefined: there was
 * no object); undefined when the change is not the filter's. Creation and deletion are no effect:
 * their class says them.
 */
export function effectOf(
  before: boolean | undefined,
  after: boolean | undefined,
): Effect | undefined {
  if (before !== true && after !== true) return undefined;
  if (before === undefined || after === undefined || before === after) return 'none';
  return after ? 'enter' : 'leave';
}

/** The change's JSON with its effect, if it has one. */
export function withEffect(json: string, effect: Effect): string {
  return effect === 'none' ? json : `${json.slice(0, -1)},"effect":"${effect}"}`;
}

/** Whether an entry is of the object, namespace, classes and time asked for; resources and labels are asked apart. */
export function scopeTest(scope: ChangeScope): (entry: LogEntry) => boolean {
  const { namespace, name, classes, from = -Infinity, to = Infinity } = scope;
  return (entry) => {
    if (entry.time < from) return false;
    if (entry.kind === 'gap') {
      const isThere = entry.namespace === undefined || entry.namespace === namespace;
      return entry.from <= to && (namespace === undefined || isThere);
    }
    return (
      entry.time <= to &&
      (namespace === undefined || entry.object.namespace === namespace) &&
      (name === undefined || entry.object.name === name) &&
      (classes === undefined || (entry.classes & classes) !== 0)
    );
  };
}

/**
 * The effect of a logged change relative to a label selector, by the labels as they were then;
 * undefined where it is not the selector's.
 */
export function effectByLabels(
  matches: ((labels: Labels) => boolean) | undefined,
  { labels: { before, after } }: ChangeEntry,
): Effect | undefined {
  if (matches === undefined) return 'none';
  const earlier = before === undefined ? undefined : matches(before);
  if (before === after) return effectOf(earlier, earlier);
  return effectOf(earlier, after === undefined ? undefined : matches(after));
}

/** `gvrKey`s of the resources asked for; undefined for all. */
export function resourceKeys(
  resources: readonly ResourceRef[] | undefined,
): ReadonlySet<string> | undefined {
  return resources === undefined ? undefined : new Set(resources.map(gvrKey));
}
