import { objectAt, property, stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { kindOf } from './object-kind.ts';
import { createdAt, isObserved, labelOf, nameOf } from './object-reading.ts';
import { samePodTemplate } from './pod-template.ts';
import { revisionOf, rolloutHashLabel } from './revision.ts';

/**
 * The ReplicaSet that a Deployment or an Argo Rollout rolls out. For a Deployment the oldest of
 * those that make the same pods (deployment_util.go, FindNewReplicaSet); where none does although
 * the controller is up to date, as when a default of the API server is new, that of the highest
 * revision. For a Rollout the one that its status names; of the highest revision while that status
 * is of another spec.
 */
export function newReplicaSet(
  owner: JsonObject,
  owned: readonly JsonObject[],
): JsonObject | undefined {
  const replicaSets = replicaSetsOf(owned);
  if (kindOf(owner) !== 'Rollout.argoproj.io') {
    return sameOrHighest(owner, replicaSets);
  }
  const current = stringAt(owner, 'status', 'currentPodHash');
  return current && isObserved(owner)
    ? replicaSets.find((object) => labelOf(object, rolloutHashLabel) === current)
    : replicaSets.sort(newestFirst)[0];
}

export function replicaSetsOf(owned: readonly JsonObject[]): JsonObject[] {
  return owned.filter((object) => kindOf(object) === 'ReplicaSet.apps');
}

/**
 * The ControllerRevision that a StatefulSet or a DaemonSet rolls out: the one that its status
 * names, else the one that holds its template, else the highest.
 * Rule: daemon/update.go, constructHistory.
 */
export function newControllerRevision(
  owner: JsonObject,
  owned: readonly JsonObject[],
): JsonObject | undefined {
  const revisions = owned.filter((object) => kindOf(object) === 'ControllerRevision.apps');
  if (kindOf(owner) === 'StatefulSet.apps') {
    const update = stringAt(owner, 'status', 'updateRevision');
    return update ? revisions.find((object) => nameOf(object) === update) : undefined;
  }
  return sameOrHighest(owner, revisions);
}

function sameOrHighest(owner: JsonObject, history: readonly JsonObject[]): JsonObject | undefined {
  const same = history.filter((object) => samePodTemplate(owner, object)).sort(byCreation)[0];
  // While it is paused nothing is made of a new template.
  const upToDate = isObserved(owner) && property(objectAt(owner, 'spec'), 'paused') !== true;
  return same ?? (upToDate ? [...history].sort(newestFirst)[0] : undefined);
}

function byCreation(one: JsonObject, other: JsonObject): number {
  return createdAt(one) - createdAt(other) || (nameOf(one) < nameOf(other) ? -1 : 1);
}

/** Highest revision first; of equal ones, or where they have none, the one created last. */
export function newestFirst(one: JsonObject, other: JsonObject): number {
  return revisionNumber(other) - revisionNumber(one) || byCreation(other, one);
}

function revisionNumber(object: JsonObject): number {
  const revision = revisionOf(object) ?? '';
  return /^\d{1,15}$/.test(revision) ? Number(revision) : 0;
}
