import { stringAt, type JsonObject } from '@kindscope/kube';
import type { Change, Fault } from '@kindscope/protocol';
import type { ObjectSnapshot } from '../../live/index.ts';

/** What the page shows of an object, now or from before. */
export type ObjectState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'fault'; readonly title: string; readonly fault: Fault }
  | { readonly kind: 'gone' }
  /** There is none of that name, and none was seen. */
  | { readonly kind: 'missing' }
  /** It is not there any more; `last` is the last that was seen of it, where this page saw it. */
  | {
      readonly kind: 'deleted';
      readonly last: JsonObject | undefined;
      readonly at: string | undefined;
    }
  | {
      readonly kind: 'there';
      readonly object: JsonObject;
      /** Another object had the name before. */
      readonly before: EarlierLife | undefined;
    };

export interface EarlierLife {
  readonly uid: string;
  /** When it was deleted, where that is known. */
  readonly ended: string | undefined;
}

type Facts = Pick<ObjectSnapshot, 'object' | 'previous' | 'freshness' | 'fault'>;

/** The one state the object is in. `changes` are the object's, newest first. */
export function objectState(facts: Facts, changes: readonly Change[]): ObjectState {
  const { object, previous, freshness, fault } = facts;
  if (freshness.kind === 'forbidden') {
    return { kind: 'fault', title: forbidden, fault: freshness.fault };
  }
  if (freshness.kind === 'gone') return { kind: 'gone' };
  // What is known stays in sight, whatever happened since.
  if (object === undefined) {
    return fault === undefined
      ? { kind: 'loading' }
      : { kind: 'fault', title: titles[fault.code] ?? general, fault };
  }
  if (object === null) {
    // It may still come while the list is not whole.
    if (freshness.kind === 'syncing') return { kind: 'loading' };
    const deletion = changes.find((change) => change.classes.includes('deleted'));
    if (previous === undefined && deletion === undefined) {
      return freshness.kind === 'stale'
        ? { kind: 'fault', title: 'Nothing is known of it now', fault: freshness.fault }
        : { kind: 'missing' };
    }
    return { kind: 'deleted', last: previous, at: deletion?.time };
  }
  return { kind: 'there', object, before: earlierLife(object, previous, changes) };
}

/** As its creation says; where that was not seen, as this page saw another object in its place. */
function earlierLife(
  object: JsonObject,
  previous: JsonObject | undefined,
  changes: readonly Change[],
): EarlierLife | undefined {
  const uid = stringAt(object, 'metadata', 'uid');
  const creation = changes.find((change) => change.uid === uid && change.formerLife !== undefined);
  if (creation?.formerLife !== undefined) return creation.formerLife;
  const earlier = stringAt(previous, 'metadata', 'uid');
  return earlier === undefined || earlier === uid ? undefined : { uid: earlier, ended: undefined };
}

const forbidden = 'This object may not be read';
const general = 'This object cannot be shown';
const titles: Readonly<Record<string, string>> = {
  forbidden,
  'unknown-resource': 'There is no such resource',
  'not-found': 'There is no such resource',
};
