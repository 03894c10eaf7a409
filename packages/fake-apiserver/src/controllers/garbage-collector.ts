import type { Cluster } from '../cluster.ts';
import { ensureMap, isMap, listAt, stringsAt, type JsonMap } from '../json.ts';
import { NO_DELETE_OPTIONS, type PropagationPolicy } from '../write/delete-options.ts';
import { FOREGROUND, ORPHAN } from '../write/deletion.ts';
import type { Background } from './background.ts';
import { writeAsController } from './controller-write.ts';
import {
  createOwnerGraph,
  hasFinalizer,
  isBeingDeleted,
  isWaiting,
  ownerReferences,
  type ObjectId,
} from './owner-graph.ts';

/**
 * Kubernetes' garbage collector (pkg/controller/garbagecollector): what has lost all its owners goes,
 * what has lost some of them forgets these, and an owner that is deleted in the foreground, or that
 * leaves its dependents behind, is let go when that is done.
 */
export function runGarbageCollector(cluster: Cluster, background: Background): void {
  const { lifecycle, registry } = cluster;
  const graph = createOwnerGraph(registry);

  lifecycle.subscribe({
    written(type, stored, object) {
      graph.note(type, stored);
      const { namespace, name, uid } = stored;
      const id: ObjectId = { type, namespace, name, uid };
      if (isBeingDeleted(object)) {
        if (hasFinalizer(object, ORPHAN)) background.run(() => orphanDependents(id));
        if (hasFinalizer(object, FOREGROUND)) background.run(() => deleteDependents(id));
      } else if (stored.owners.length > 0 && type.resource !== 'events') {
        background.run(() => collect(id));
      }
    },
    removed(_type, stored) {
      const dependents = graph.dependentsOf(stored.uid);
      graph.forget(stored);
      for (const dependent of dependents) background.run(() => collect(dependent));
      for (const owner of stored.owners) background.run(() => releaseOwner(owner));
    },
  });

  /** Where an owner of something that has gone is, is known by what else it owns, or not at all. */
  const waiting = new Map<string, ObjectId>();

  function releaseOwner(uid: string): void {
    const owner = waiting.get(uid);
    if (owner !== undefined) deleteDependents(owner);
  }

  /** Deletes an object none of whose owners is left. */
  function collect(id: ObjectId): void {
    const found = graph.find(id);
    if (found === undefined || isBeingDeleted(found.object)) return;
    const owners = graph.ownersOf(id, found.object);
    const lost = owners.filter(({ state }) => state === 'gone' || state === 'waiting');
    if (lost.length === 0) return;
    if (lost.length < owners.length) {
      if (owners.some(({ state }) => state === 'unknown')) return;
      const uids = new Set(lost.map(({ uid }) => uid));
      writeAsController(cluster, id.type, found.stored, (object) => dropOwners(object, uids));
      return;
    }
    const waited = owners.some(({ state }) => state === 'waiting');
    const policy =
      waited && graph.dependentsOf(id.uid).length > 0 ? 'Foreground' : policyOf(found.object);
    lifecycle.delete(id.type, found.stored, { ...NO_DELETE_OPTIONS, policy });
  }

  /** Deletes what an object owns that is being deleted in the foreground; lets it go after that. */
  function deleteDependents(id: ObjectId): void {
    const found = graph.find(id);
    if (found === undefined || !isWaiting(found.object)) {
      waiting.delete(id.uid);
      return;
    }
    waiting.set(id.uid, id);
    const dependents = graph.dependentsOf(id.uid);
    for (const dependent of dependents) collect(dependent);
    if (graph.dependentsOf(id.uid).some((dependent) => blocks(dependent, id.uid))) return;
    const now = graph.find(id);
    if (now === undefined) return;
    waiting.delete(id.uid);
    writeAsController(cluster, id.type, now.stored, (object) => dropFinalizer(object, FOREGROUND));
  }

  function blocks(dependent: ObjectId, owner: string): boolean {
    const found = graph.find(dependent);
    if (found === undefined) return false;
    return ownerReferences(found.object).some(
      (reference) => reference['uid'] === owner && reference['blockOwnerDeletion'] === true,
    );
  }

  /** Takes an object that leaves its dependents behind out of their references, and lets it go. */
  function orphanDependents(id: ObjectId): void {
    const uids = new Set([id.uid]);
    for (const dependent of graph.dependentsOf(id.uid)) {
      const found = graph.find(dependent);
      if (found === undefined) continue;
      writeAsController(cluster, dependent.type, found.stored, (object) =>
        dropOwners(object, uids),
      );
    }
    const found = graph.find(id);
    if (found === undefined) return;
    writeAsController(cluster, id.type, found.stored, (object) => dropFinalizer(object, ORPHAN));
  }
}

function policyOf(object: JsonMap): PropagationPolicy {
  if (hasFinalizer(object, ORPHAN)) return 'Orphan';
  return hasFinalizer(object, FOREGROUND) ? 'Foreground' : 'Background';
}

function dropOwners(object: JsonMap, uids: ReadonlySet<string>): void {
  const metadata = ensureMap(object, 'metadata');
  const left = listAt(metadata, 'ownerReferences').filter(
    (item) => !isMap(item) || typeof item['uid'] !== 'string' || !uids.has(item['uid']),
  );
  if (left.length === 0) delete metadata['ownerReferences'];
  else metadata['ownerReferences'] = left;
}

function dropFinalizer(object: JsonMap, finalizer: string): void {
  const metadata = ensureMap(object, 'metadata');
  const left = stringsAt(metadata, 'finalizers').filter((item) => item !== finalizer);
  if (left.length === 0) delete metadata['finalizers'];
  else metadata['finalizers'] = left;
}
