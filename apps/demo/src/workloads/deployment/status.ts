import { countAt, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import { timeOf } from '../time.ts';
import { withoutZeros } from '../write.ts';
import {
  conditionsIn,
  find,
  generationOf,
  moved,
  reasonOf,
  withJudgement,
  type Conditions,
} from './conditions.ts';
import { sum, type DeploymentFacts, type SetFacts } from './facts.ts';

/** deployment controller calculateStatus: the counts, and whether enough of them serve. */
export function countedStatus(
  deployment: DeploymentFacts,
  newest: SetFacts | undefined,
  all: readonly SetFacts[],
  now: number,
): JsonObject {
  const { object, replicas, maxUnavailable } = deployment;
  const available = sum(all, 'available');
  const enough = available >= replicas - maxUnavailable;
  const conditions = withJudgement(
    conditionsIn(object),
    enough
      ? {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        },
    now,
  );
  const terminating = terminatingOf(all);
  return {
    ...withoutZeros({
      availableReplicas: available,
      collisionCount: objectAt(object, 'status')['collisionCount'],
    }),
    conditions,
    ...withoutZeros({
      observedGeneration: generationOf(object),
      readyReplicas: sum(all, 'ready'),
      replicas: sum(all, 'actual'),
    }),
    ...(terminating !== undefined && { terminatingReplicas: terminating }),
    ...withoutZeros({
      unavailableReplicas: Math.max(0, sum(all, 'replicas') - available),
      updatedReplicas: newest?.actual,
    }),
  };
}

/** Unknown while a set that its controller has seen has not said. */
function terminatingOf(all: readonly SetFacts[]): number | undefined {
  const said = all.filter((set) => set.observedGeneration > 0 || set.terminating !== undefined);
  if (said.some(({ terminating }) => terminating === undefined)) return undefined;
  return said.reduce((total, { terminating }) => total + (terminating ?? 0), 0);
}

/** deployment controller progress.go: the counted status, and how the rollout gets on. */
export function rolloutStatus(
  deployment: DeploymentFacts,
  newest: SetFacts | undefined,
  all: readonly SetFacts[],
  now: number,
): JsonObject {
  const status = countedStatus(deployment, newest, all, now);
  const conditions = conditionsIn({ status });
  return { ...status, conditions: progressed(deployment, newest, status, conditions, now) };
}

function progressed(
  deployment: DeploymentFacts,
  newest: SetFacts | undefined,
  status: JsonObject,
  conditions: Conditions,
  now: number,
): Conditions {
  const { name, deadlineSeconds } = deployment;
  if (deadlineSeconds === undefined) {
    return conditions.filter((condition) => condition['type'] !== 'Progressing');
  }
  const isDone = reasonOf(conditions, 'Progressing') === 'NewReplicaSetAvailable';
  if (isDone && count(status, 'replicas') === count(status, 'updatedReplicas')) return conditions;
  const what = newest === undefined ? `Deployment "${name}"` : `ReplicaSet "${newest.name}"`;
  const type = 'Progressing';
  if (isComplete(deployment, status)) {
    const reason = 'NewReplicaSetAvailable';
    const message = `${what} has successfully progressed.`;
    return withJudgement(conditions, { type, status: 'True', reason, message }, now);
  }
  if (hasProgressed(deployment, status)) {
    const message = `${what} is progressing.`;
    return moved(conditions, { type, status: 'True', reason: 'ReplicaSetUpdated', message }, now);
  }
  if (isTimedOut(conditions, deadlineSeconds, now)) {
    const reason = 'ProgressDeadlineExceeded';
    const message = `${what} has timed out progressing.`;
    return withJudgement(conditions, { type, status: 'False', reason, message }, now);
  }
  return conditions;
}

/** deployment_util DeploymentComplete. */
export function isComplete({ object, replicas }: DeploymentFacts, status: JsonObject): boolean {
  return (
    count(status, 'updatedReplicas') === replicas &&
    count(status, 'replicas') === replicas &&
    count(status, 'availableReplicas') === replicas &&
    count(status, 'observedGeneration') >= generationOf(object)
  );
}

function hasProgressed({ object }: DeploymentFacts, after: JsonObject): boolean {
  const before = objectAt(object, 'status');
  const old = (status: JsonObject): number =>
    count(status, 'replicas') - count(status, 'updatedReplicas');
  return (
    old(after) < old(before) ||
    ['updatedReplicas', 'readyReplicas', 'availableReplicas'].some(
      (field) => count(after, field) > count(before, field),
    )
  );
}

function isTimedOut(conditions: Conditions, deadlineSeconds: number, now: number): boolean {
  const reason = reasonOf(conditions, 'Progressing');
  if (reason === undefined || reason === 'NewReplicaSetAvailable') return false;
  if (reason === 'ProgressDeadlineExceeded') return true;
  return deadlineAt(conditions, deadlineSeconds) < now;
}

function deadlineAt(conditions: Conditions, deadlineSeconds: number): number {
  const since = timeOf(stringAt(find(conditions, 'Progressing'), 'lastUpdateTime'));
  return since + deadlineSeconds * 1000;
}

/** When to look whether the rollout is stuck; undefined where it cannot be, or is known to be. */
export function deadlineInMs(
  deployment: DeploymentFacts,
  status: JsonObject,
  now: number,
): number | undefined {
  const conditions = conditionsIn({ status });
  const reason = reasonOf(conditions, 'Progressing');
  const { deadlineSeconds } = deployment;
  if (deadlineSeconds === undefined || reason === undefined) return undefined;
  if (reason === 'ProgressDeadlineExceeded' || isComplete(deployment, status)) return undefined;
  // A second more: the times are whole ones.
  return Math.max(0, deadlineAt(conditions, deadlineSeconds) - now) + 1000;
}

function count(status: JsonObject, field: string): number {
  return countAt(status, field) ?? 0;
}
