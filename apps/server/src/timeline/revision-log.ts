import type { Clock, ObjectHandle } from '@kindscope/informer';
import { compareResourceVersions, gvrKey, type JsonObject } from '@kindscope/kube';
import type { ResourceRef, RevisionList } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { createBlindTimes } from './blind-times.ts';
import type { Appended, ChangeEntry, ChangeLog, WatchFact } from './change-log.ts';
import { createFirstSights } from './first-sights.ts';
import { createRecentMap } from './recent-map.ts';
import type { Revision } from './revision-chain.ts';
import { createRevisionShelf, type RevisionLimits } from './revision-shelf.ts';
import { isState, itemOf, objectOf, textOf, versionOf } from './revision-state.ts';

/** One object by resource, namespace (empty for a cluster-scoped one) and name. */
export interface ObjectName {
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly name: string;
}

/** What a name was at a time. */
export type StateThen =
  | { readonly kind: 'object'; readonly object: JsonObject }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** A state of an object, and how long it is known to have been in it, milliseconds since the epoch. */
export interface StateSpan {
  readonly uid: string;
  /** Minus infinity where nobody told when its resource began to be watched. */
  readonly from: number;
  /** Undefined: it is so now. */
  readonly to: number | undefined;
  readonly object: JsonObject;
}

/** What the name is now: an object, none (null), or not known. */
export type Present = ObjectHandle | null | undefined;

/** States of objects that changed while they were watched. Bounded: the oldest states go first. */
export interface RevisionLog {
  /** Keeps the states before and after each change that is logged from now on. */
  follow(changes: Pick<ChangeLog, 'onChange' | 'onBegin'>): void;
  /** Remembers from now on in which version each object is found that was there before anyone looked. */
  watch(catalog: Pick<Catalog, 'onEvent'>, clock: Pick<Clock, 'now'>): void;
  /**
   * Nobody may watch it any more from now on: keeps the state that it is in, where that has not
   * changed since it was first found, of which the log has nothing.
   */
  keep(object: ObjectName, state: ObjectHandle): void;
  /** Newest first; `present`, what the object is now, among them. */
  list(object: ObjectName, present: Present): RevisionList;
  /** The state of that version; the newest such where lives of the name share it. Undefined where it is not held. */
  find(object: ObjectName, resourceVersion: string, uid?: string): JsonObject | undefined;
  /**
   * The state at a time (milliseconds since the epoch) at which the object was watched. The same
   * version as now is the same state, whatever was missed meanwhile.
   */
  at(object: ObjectName, time: number, present: Present): StateThen;
  /**
   * Every state that is known, newest first, of all the objects that had the name; between two of
   * them nothing may be known. Read it before another change is logged.
   */
  spans(object: ObjectName, present: Present): Iterable<StateSpan>;
  readonly stats: { readonly revisions: number; readonly bytes: number };
}

export function createRevisionLog(limits?: RevisionLimits): RevisionLog {
  const shelf = createRevisionShelf(limits);
  /** What was there may have changed, and nothing says so. */
  const blind = createBlindTimes();
  /** What was not there before and afterwards may have been there meanwhile. */
  const away = createBlindTimes();
  /** The newest state that was noted of a name, be it held or not. */
  const latest = createRecentMap<Pick<Revision, 'resourceVersion' | 'noted'>>(20_000);
  const sights = createFirstSights();
  let noted = 0;

  /** What was missed of an object after this was noted. */
  const missedSince = ({ resource, namespace }: ObjectName, place: number) =>
    blind.after(gvrKey(resource), namespace, place);

  /** Since when the name, of which no state is held, has been as it is found. */
  function foundSince(object: ObjectName): number {
    const missed = missedSince(object, 0)?.to ?? Number.NEGATIVE_INFINITY;
    return Math.max(shelf.forgottenThrough(idOf(object)), missed);
  }

  /** Since when the object has been as it is found; by what was missed it could be since `found`. */
  function sameSince({ resource }: ObjectName, state: ObjectHandle, found: number): number {
    return Math.min(found, sights.of(resource, state) ?? found);
  }

  /**
   * One watch has told the next life of a name when another tells how the one before it went on.
   * After something was missed versions may have begun anew.
   */
  function isLate(object: ObjectName, { resourceVersion }: ObjectHandle): boolean {
    const last = latest.get(idOf(object));
    if (last === undefined || missedSince(object, last.noted) !== undefined) return false;
    return compareResourceVersions(resourceVersion, last.resourceVersion) === -1;
  }

  /** Until when the name is known to have been as in its newest state that is held, if it then was not `before`. */
  function knownUntil({ object, time, within }: ChangeEntry, newest: Revision | undefined): number {
    if (newest === undefined) return time - within;
    const missed = missedSince(object, newest.noted);
    return missed?.from ?? (newest.deleted ? time - within : newest.since);
  }

  /** The state in which the change found the object, which had not been seen to get there. */
  function foundBy(
    entry: ChangeEntry,
    before: ObjectHandle,
    newest: Revision | undefined,
  ): Revision {
    const { object, time, within } = entry;
    const missed = missedSince(object, newest?.noted ?? 0);
    const found = newest === undefined ? foundSince(object) : (missed?.to ?? time - within);
    const formerUntil = knownUntil(entry, newest);
    const same = sameSince(object, before, found);
    const since = newest === undefined ? same : Math.max(formerUntil, same);
    const unseen = { time: undefined, change: undefined, deleted: false };
    return { ...versionOf(before), ...unseen, noted, since, formerUntil };
  }

  function note({ entry, before, after }: Appended): void {
    noted += 1;
    if (entry.kind === 'gap') {
      const { resource, namespace, from, time: to } = entry;
      // What is missing may have happened in its first millisecond.
      (entry.compared ? away : blind).note(resource, namespace, { noted, from: from - 1, to });
      return;
    }
    const state = after ?? before;
    if (state === undefined) return;
    const name = idOf(entry.object);
    const newest = shelf.newest(name);
    if (isLate(entry.object, state)) return;
    latest.set(name, { resourceVersion: state.resourceVersion, noted });
    if (before !== undefined && !isState(newest, before)) {
      shelf.add(name, foundBy(entry, before, newest), textOf(before));
    }
    const { id: change, time, within } = entry;
    const formerUntil = before === undefined ? knownUntil(entry, newest) : time - within;
    const seen = { time, change, noted, deleted: after === undefined };
    shelf.add(name, { ...versionOf(state), ...seen, since: time, formerUntil }, textOf(state));
  }

  /** What was there already may have come to be while another watch was cut off. */
  function begin({ ref, namespace, time: to }: WatchFact): void {
    noted += 1;
    blind.note(gvrKey(ref), namespace, { noted, from: Number.NEGATIVE_INFINITY, to });
  }

  function noneThen({ resource, namespace }: ObjectName, time: number): StateThen {
    return away.cover(gvrKey(resource), namespace, time) ? { kind: 'unknown' } : { kind: 'none' };
  }

  /** Until when the name is known to have been as in the newest state that is held. */
  function lastedUntil(object: ObjectName, newest: Revision, now: Present): number {
    if (now && isState(newest, now)) return Number.POSITIVE_INFINITY;
    const missed = missedSince(object, newest.noted)?.from;
    // Another life, or none any more, of which nothing has been told: not yet, or by no watch.
    const isAnother = now !== undefined && (now?.uid ?? '') !== (newest.deleted ? '' : newest.uid);
    return missed ?? (isAnother ? newest.since : Number.POSITIVE_INFINITY);
  }

  /** What it was before the oldest state that is held. */
  function atFirst(object: ObjectName, time: number): StateThen {
    const id = idOf(object);
    const oldest = shelf.revisions(id).at(-1);
    // Another state than the one after its creation was itself found so.
    const isCreation = oldest?.change !== undefined && !shelf.dropped(id);
    const isKnown = isCreation && time <= oldest.formerUntil && time >= foundSince(object);
    return isKnown ? noneThen(object, time) : { kind: 'unknown' };
  }

  /** What it was when nothing of it has changed since that time. */
  function asNow(object: ObjectName, time: number, now: Present): StateThen {
    const found = foundSince(object);
    if (now === undefined || time < (now === null ? found : sameSince(object, now, found))) {
      return { kind: 'unknown' };
    }
    return now === null ? noneThen(object, time) : { kind: 'object', object: now.parse() };
  }

  function* spansOf(object: ObjectName, now: Present): Iterable<StateSpan> {
    const id = idOf(object);
    const revisions = shelf.revisions(id);
    const [newest] = revisions;
    const end = newest && lastedUntil(object, newest, now);
    const isMissed = newest === undefined || missedSince(object, newest.noted) !== undefined;
    if (now && isMissed && end !== Number.POSITIVE_INFINITY) {
      const same = sameSince(object, now, foundSince(object));
      const from = Math.max(end ?? Number.NEGATIVE_INFINITY, same);
      yield { uid: now.uid, from, to: undefined, object: now.parse() };
    }
    const texts = Iterator.from(shelf.texts(id));
    let until = end;
    for (const { uid, since: from, formerUntil, deleted } of revisions) {
      const text = texts.next().value ?? '';
      const to = until === Number.POSITIVE_INFINITY ? undefined : until;
      if (!deleted) yield { uid, from, to, object: objectOf(text) };
      until = formerUntil;
    }
  }

  return {
    spans: spansOf,
    follow(changes) {
      changes.onBegin(begin);
      changes.onChange((appended) => {
        for (const one of appended) note(one);
      });
    },
    watch(catalog, clock) {
      catalog.onEvent((watched) => sights.note(watched, clock.now()));
    },
    keep(object, state) {
      const id = idOf(object);
      const newest = shelf.newest(id);
      const missed = missedSince(object, newest?.noted ?? 0);
      const isTold = newest !== undefined && (missed === undefined || !isAfter(newest, state));
      const seen = sights.of(object.resource, state);
      if (isTold || seen === undefined) return;
      latest.set(id, { resourceVersion: state.resourceVersion, noted });
      const formerUntil = missed?.from ?? Number.NEGATIVE_INFINITY;
      // What is logged may be behind: that it was seen then is true whatever follows.
      const since = newest === undefined ? seen : Math.max(formerUntil, seen);
      const unseen = { time: undefined, change: undefined, deleted: false };
      shelf.add(id, { ...versionOf(state), ...unseen, noted, since, formerUntil }, textOf(state));
    },
    list(object, now) {
      const revisions = shelf.revisions(idOf(object));
      const isHeld = !now || revisions.some((revision) => isState(revision, now));
      const items = revisions.map(itemOf);
      return {
        items: isHeld ? items : [versionOf(now), ...items],
        dropped: shelf.dropped(idOf(object)),
      };
    },
    find(object, resourceVersion, uid) {
      const id = idOf(object);
      const index = shelf
        .revisions(id)
        .findIndex(
          (revision) =>
            revision.resourceVersion === resourceVersion &&
            (uid === undefined || revision.uid === uid),
        );
      return index < 0 ? undefined : objectOf(shelf.text(id, index));
    },
    at(object, time, now) {
      const id = idOf(object);
      const revisions = shelf.revisions(id);
      const index = revisions.findIndex(({ since }) => since <= time);
      const revision = revisions[index];
      if (revision === undefined) {
        return revisions.length === 0 ? asNow(object, time, now) : atFirst(object, time);
      }
      const next = revisions[index - 1];
      if (time > (next?.formerUntil ?? lastedUntil(object, revision, now))) {
        const missed = next === undefined && missedSince(object, revision.noted) !== undefined;
        return missed ? asNow(object, time, now) : { kind: 'unknown' };
      }
      if (revision.deleted) return noneThen(object, time);
      return { kind: 'object', object: objectOf(shelf.text(id, index)) };
    },
    get stats() {
      return shelf.stats;
    },
  };
}

function isAfter(revision: Revision, { resourceVersion }: ObjectHandle): boolean {
  return compareResourceVersions(resourceVersion, revision.resourceVersion) === 1;
}

function idOf({ resource, namespace, name }: ObjectName): string {
  return `${gvrKey(resource)} ${namespace}/${name}`;
}
