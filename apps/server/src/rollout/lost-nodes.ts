import { listAt, stringAt, valueAt, type JsonObject, type JsonValue } from '@kindscope/kube';
import type { ChangeEntry, ChangeLog } from '../timeline/change-log.ts';
import { classSet } from '../timeline/class-set.ts';
import type { ObjectName, RevisionLog } from '../timeline/revision-log.ts';
import type { LaneSubject } from './lane.ts';

/** An object of a rollout that was seen to go. */
export interface LostNode {
  readonly subject: LaneSubject;
  readonly deleted: number;
}

/** So many deletions are looked at, the newest ones. */
const mostLooked = 1000;
const deletions = classSet(['deleted']);

/**
 * What belonged to a rollout and is gone, as far as the log still knows, newest first: objects whose
 * last held state names an owner that `isKnown`, or one that was lost itself.
 */
export function lostNodes(
  deps: { readonly changes: ChangeLog; readonly revisions: RevisionLog },
  namespace: string | undefined,
  isKnown: (uid: string) => boolean,
): LostNode[] {
  const found = new Map<string, LostNode>();
  let orphans = deletionsOf(deps.changes, { namespace }).flatMap((entry) => {
    const object = isKnown(entry.object.uid) ? undefined : lastState(deps.revisions, entry);
    return object === undefined ? [] : [{ entry, object }];
  });
  // An owner may have gone before what it owns, and after it: again until nothing is found.
  for (let before = -1; before < found.size;) {
    before = found.size;
    orphans = orphans.filter(({ entry, object }) => {
      const parent = ownersOf(object).find((uid) => isKnown(uid) || found.has(uid));
      if (parent === undefined) return true;
      found.set(entry.object.uid, lostNode(entry, object, parent));
      return false;
    });
  }
  return [...found.values()].sort((a, b) => b.deleted - a.deleted);
}

/** The object that last had the name, where it was seen to go. */
export function lostRoot(
  deps: { readonly changes: ChangeLog; readonly revisions: RevisionLog },
  { resource, namespace, name }: ObjectName,
): LostNode | undefined {
  const [entry] = deletionsOf(deps.changes, { resources: [resource], namespace, name });
  const object = entry && lastState(deps.revisions, entry);
  return entry && object && lostNode(entry, object, undefined);
}

function deletionsOf(
  changes: ChangeLog,
  scope: Partial<Pick<ObjectName, 'name'>> & {
    readonly resources?: readonly ObjectName['resource'][];
    readonly namespace: string | undefined;
  },
): ChangeEntry[] {
  return changes
    .entries({ ...scope, classes: deletions, limit: mostLooked })
    .filter((entry) => entry.kind === 'change');
}

function lastState(revisions: RevisionLog, { object }: ChangeEntry): JsonObject | undefined {
  for (const span of revisions.spans(object, undefined)) {
    if (span.uid === object.uid) return span.object;
  }
  return undefined;
}

/** A node of which the log has the end. */
export function lostNode(
  { object: marked, time }: ChangeEntry,
  object: JsonObject,
  parent: string | undefined,
): LostNode {
  const { uid, resource, kind, namespace, name } = marked;
  const subject = { uid, parent, resource, kind, namespace, name, metadataOnly: false };
  return { subject: { ...subject, read: () => object }, deleted: time };
}

/** The controller first. */
function ownersOf(object: JsonObject): string[] {
  const references = listAt(object, 'metadata', 'ownerReferences');
  const isController = (reference: JsonValue) => valueAt(reference, 'controller') === true;
  return [
    ...references.filter(isController),
    ...references.filter((reference) => !isController(reference)),
  ].flatMap((reference) => stringAt(reference, 'uid') ?? []);
}
