import type { ObjectHandle } from '@kindscope/informer';
import { gvrKey, parseJson, stringifyJson, type JsonObject } from '@kindscope/kube';
import type { ResourceRef, RevisionList } from '@kindscope/protocol';
import type { Appended, ChangeEntry } from './change-log.ts';
import { instant } from './instant.ts';
import { createRevisionChain, type Revision, type RevisionChain } from './revision-chain.ts';

export interface RevisionLimits {
  /** States kept of one name. */
  readonly perObject: number;
  /** States of all objects, and the bytes they take. */
  readonly total: { readonly revisions: number; readonly bytes: number };
}

const defaultLimits: RevisionLimits = {
  perObject: 256,
  total: { revisions: 100_000, bytes: 128 * 2 ** 20 },
};

/** What a state costs besides its bytes. */
const overhead = 200;

/** One object by resource, namespace (empty for a cluster-scoped one) and name. */
export interface ObjectName {
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly name: string;
}

/** States of objects that changed while they were watched. Bounded: the oldest states go first. */
export interface RevisionLog {
  /** Keeps the states before and after each logged change. */
  note(appended: readonly Appended[]): void;
  /** Newest first. */
  list(object: ObjectName): RevisionList;
  /** The state of that version; the newest such where lives of the name share it. Undefined where it is not held. */
  find(object: ObjectName, resourceVersion: string, uid?: string): JsonObject | undefined;
  /**
   * The state at a time (milliseconds since the epoch), as if all since the oldest state had been
   * seen; undefined where none is held, null where there was no object.
   */
  at(object: ObjectName, time: number): JsonObject | null | undefined;
  readonly stats: { readonly revisions: number; readonly bytes: number };
}

interface Held {
  readonly chain: RevisionChain;
  dropped: boolean;
}

export function createRevisionLog(limits: RevisionLimits = defaultLimits): RevisionLog {
  const names = new Map<string, Held>();
  /** Some name was forgotten altogether, so of an unknown one older states may have been held. */
  let forgotten = false;
  /** The name of each state held, in the order in which they came; the first `gone` are dropped. */
  let order: (string | undefined)[] = [];
  let gone = 0;
  const total = { revisions: 0, bytes: 0 };

  function heldOf(id: string): Held {
    const held = names.get(id) ?? { chain: createRevisionChain(), dropped: forgotten };
    names.set(id, held);
    return held;
  }

  function keep(id: string, revision: Revision, handle: ObjectHandle): void {
    const held = heldOf(id);
    total.bytes += held.chain.add(revision, stringifyJson(handle.parse())) + overhead;
    total.revisions += 1;
    order.push(id);
    if (held.chain.size > limits.perObject) drop(id);
    while (total.revisions > limits.total.revisions || total.bytes > limits.total.bytes) {
      if (total.revisions === 0) return;
      dropOldest();
    }
  }

  function drop(id: string): void {
    const held = names.get(id);
    if (held === undefined || held.chain.size === 0) return;
    total.bytes -= held.chain.drop() + overhead;
    total.revisions -= 1;
    held.dropped = true;
    if (held.chain.size > 0) return;
    names.delete(id);
    forgotten = true;
  }

  /** A name whose states were dropped for their number stands more often in the order than it has states. */
  function dropOldest(): void {
    const id = order[gone];
    order[gone] = undefined;
    gone += 1;
    if (gone * 2 > order.length) {
      order = order.slice(gone);
      gone = 0;
    }
    if (id !== undefined) drop(id);
  }

  function note({ entry, before, after }: Appended): void {
    if (entry.kind === 'gap') return;
    const id = idOf(entry.object);
    const newest = names.get(id)?.chain.newest;
    if (before !== undefined && !isState(newest, before)) {
      keep(id, stateOf(before, undefined), before);
    }
    if (after !== undefined) keep(id, stateOf(after, entry), after);
    else if (before !== undefined) keep(id, { ...stateOf(before, entry), deleted: true }, before);
  }

  /** The place among the newest first, of the first that is as asked. */
  function read(
    object: ObjectName,
    asked: (revision: Revision) => boolean,
  ): { readonly revision: Revision; readonly text: () => string } | undefined {
    const chain = names.get(idOf(object))?.chain;
    const index = chain?.revisions.findIndex(asked) ?? -1;
    const revision = chain?.revisions[index];
    if (chain === undefined || revision === undefined) return undefined;
    return { revision, text: () => chain.text(index) };
  }

  return {
    note(appended) {
      for (const one of appended) note(one);
    },
    list(object) {
      const held = names.get(idOf(object));
      return {
        items: (held?.chain.revisions ?? []).map(
          ({ uid, resourceVersion, time, change, deleted }) => ({
            uid,
            resourceVersion,
            ...(time !== undefined && { time: instant(time) }),
            ...(change !== undefined && { change }),
            ...(deleted && { deleted: true as const }),
          }),
        ),
        dropped: held?.dropped ?? forgotten,
      };
    },
    find(object, resourceVersion, uid) {
      const found = read(
        object,
        (revision) =>
          revision.resourceVersion === resourceVersion &&
          (uid === undefined || revision.uid === uid),
      );
      return found && objectOf(found.text());
    },
    at(object, time) {
      const found = read(object, (revision) => (revision.time ?? Number.NEGATIVE_INFINITY) <= time);
      if (found === undefined) return undefined;
      return found.revision.deleted ? null : objectOf(found.text());
    },
    stats: total,
  };
}

function idOf({ resource, namespace, name }: ObjectName): string {
  return `${gvrKey(resource)} ${namespace}/${name}`;
}

function stateOf(handle: ObjectHandle, entry: ChangeEntry | undefined): Revision {
  const { uid, resourceVersion } = handle;
  return { uid, resourceVersion, time: entry?.time, change: entry?.id, deleted: false };
}

function isState(revision: Revision | undefined, { uid, resourceVersion }: ObjectHandle): boolean {
  return revision?.uid === uid && revision.resourceVersion === resourceVersion;
}

function objectOf(text: string): JsonObject {
  return parseJson(text) as JsonObject;
}
