import { countAt, jsonEquals, listAt, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import type { Deed } from '../deed.ts';
import {
  ownerTrigger,
  type WorkloadController,
  type WorkloadDecision,
  type WorkloadLook,
} from '../workload-controller.ts';
import {
  isDeleted,
  keyOf,
  nameOf,
  normal,
  statusUpdate,
  uidOf,
  withAnnotations,
} from '../write.ts';
import {
  conditionsIn,
  reasonOf,
  withConditions,
  withJudgement,
  type Conditions,
} from './conditions.ts';
import {
  annotation,
  deploymentFacts,
  setFacts,
  sum,
  type DeploymentFacts,
  type SetFacts,
} from './facts.ts';
import { expired, findNewest, newSet, nextRevision, renewedSet } from './revision.ts';
import { rollOn, sizeOfNewest } from './rolling.ts';
import { isBeingScaled, resize, scaleTo, type Scaled } from './scaling.ts';
import { countedStatus, deadlineInMs, isComplete, rolloutStatus } from './status.ts';

/**
 * Rolls Deployments out, as Kubernetes' own controller does (pkg/controller/deployment): one step for each
 * look, the next when the step is seen.
 *
 *   paused or deleted → counts alone (and scaling)
 *   scaled            → each ReplicaSet its share
 *   Recreate          → old ones to 0, wait until they are gone, then the new one
 *   RollingUpdate     → the new one up, old ones down, within maxSurge and maxUnavailable
 */
export const deploymentController: WorkloadController = {
  component: 'deployment-controller',
  manager: 'kube-controller-manager',
  resource: 'deployments',
  triggers: [
    ownerTrigger('replicasets', 'Deployment'),
    {
      // Recreate waits until the last pod has gone.
      resource: 'pods',
      *keys({ object, gone }, view) {
        if (!gone) return;
        const set = object.ownerReferences.find(({ kind }) => kind === 'ReplicaSet');
        const owner = set && view.get('replicasets', `${object.namespace}/${set.name}`);
        for (const reference of listAt(owner, 'metadata', 'ownerReferences')) {
          yield `${object.namespace}/${stringAt(reference, 'name')}`;
        }
      },
    },
  ],
  decide(look) {
    const found = deploymentFacts(look.object);
    const sets = look.view.ownedBy('replicasets', uidOf(look.object)).map(setFacts);
    const newest = findNewest(found, sets);
    const old = sets.filter((set) => set !== newest);
    const paused = isDeleted(look.object) ? undefined : pausedConditions(found, look.now);
    if (paused !== undefined) return judge(look.object, paused);
    const renewed = newest && renewedSet(found, newest, old);
    if (renewed !== undefined) {
      return { deeds: [{ kind: 'update', resource: 'replicasets', object: renewed }] };
    }
    const deployment = newest === undefined ? found : revised(found, newest, look.now);
    const situation = { look, deployment, newest, old };
    if (isDeleted(look.object)) return report(situation, still(situation), countedStatus);
    if (deployment.paused || isBeingScaled(deployment, sets)) return scaled(situation);
    return deployment.rolling ? roll(situation) : recreate(situation);
  },
};

interface Situation {
  readonly look: WorkloadLook;
  readonly deployment: DeploymentFacts;
  readonly newest: SetFacts | undefined;
  readonly old: readonly SetFacts[];
}

function still({ newest, old }: Situation): Scaled {
  return { sets: newest === undefined ? old : [...old, newest], deeds: [] };
}

/** That it is paused, or no longer is, is a judgement of its own; a deadline that has passed stays. */
function pausedConditions(deployment: DeploymentFacts, now: number): Conditions | undefined {
  const conditions = conditionsIn(deployment.object);
  const reason = reasonOf(conditions, 'Progressing');
  if (deployment.deadlineSeconds === undefined || reason === 'ProgressDeadlineExceeded')
    return undefined;
  if (deployment.paused === (reason === 'DeploymentPaused')) return undefined;
  const judgement = deployment.paused
    ? { reason: 'DeploymentPaused', message: 'Deployment is paused' }
    : { reason: 'DeploymentResumed', message: 'Deployment is resumed' };
  return withJudgement(conditions, { type: 'Progressing', status: 'Unknown', ...judgement }, now);
}

function judge(object: JsonObject, conditions: Conditions): WorkloadDecision {
  const { status } = withConditions(object, conditions);
  return { deeds: [statusUpdate('deployments', object, objectAt({ status }, 'status'))] };
}

/** With the revision of its newest set, and with what else every report of it has to say. */
function revised(deployment: DeploymentFacts, newest: SetFacts, now: number): DeploymentFacts {
  const { object, deadlineSeconds } = deployment;
  const noted = withAnnotations(object, { [annotation.revision]: String(newest.revision) });
  const conditions = conditionsIn(object);
  if (deadlineSeconds === undefined || reasonOf(conditions, 'Progressing') !== undefined) {
    return { ...deployment, object: noted };
  }
  const found = {
    type: 'Progressing',
    status: 'True',
    reason: 'FoundNewReplicaSet',
    message: `Found new replica set "${newest.name}"`,
  } as const;
  return {
    ...deployment,
    object: withConditions(noted, withJudgement(conditions, found, now)),
  };
}

function scaled(situation: Situation): WorkloadDecision {
  const { deployment, newest, old } = situation;
  const step = resize(deployment, newest, old);
  const cleaned = deployment.paused ? cleanUp(situation) : [];
  return report(situation, { ...step, deeds: [...step.deeds, ...cleaned] }, countedStatus);
}

function roll(situation: Situation): WorkloadDecision {
  const { deployment, newest, old } = situation;
  if (newest === undefined) return begin(situation);
  const step = rollOn(deployment, newest, old);
  return step.deeds.length === 0 ? rest(situation) : report(situation, step, rolloutStatus);
}

function recreate(situation: Situation): WorkloadDecision {
  const { deployment, newest, old } = situation;
  if (old.some(({ replicas }) => replicas > 0)) {
    const none = new Map(old.map((set) => [set.name, 0]));
    return report(situation, scaleTo(deployment, still(situation).sets, none), rolloutStatus);
  }
  if (isAnyRunning(situation)) return report(situation, still(situation), rolloutStatus);
  if (newest === undefined) return begin(situation);
  const all = new Map([[newest.name, deployment.replicas]]);
  const step = scaleTo(deployment, still(situation).sets, all);
  return step.deeds.length === 0 ? rest(situation) : report(situation, step, rolloutStatus);
}

function isAnyRunning({ look, old }: Situation): boolean {
  return old.some(
    ({ object, actual }) =>
      actual > 0 ||
      look.view
        .ownedBy('pods', uidOf(object))
        .some((pod) => !['Succeeded', 'Failed'].includes(stringAt(pod, 'status', 'phase') ?? '')),
  );
}

/** Creates the set for a new template. */
function begin({ look, deployment, old }: Situation): WorkloadDecision {
  const replicas = sizeOfNewest(deployment, 0, sum(old, 'replicas'));
  const set = newSet(deployment, old, replicas);
  const name = nameOf(set);
  const { object } = deployment;
  // Somebody else's, left over: another name has to be found.
  if (look.view.get('replicasets', keyOf(set)) !== undefined) {
    const status = objectAt(object, 'status');
    const collisionCount = (countAt(status, 'collisionCount') ?? 0) + 1;
    return { deeds: [statusUpdate('deployments', object, { ...status, collisionCount })] };
  }
  const revision = { [annotation.revision]: String(nextRevision(old)) };
  const conditions = withJudgement(
    conditionsIn(object),
    {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetCreated',
      message: `Created new replica set "${name}"`,
    },
    look.now,
  );
  const judged = deployment.deadlineSeconds === undefined ? conditionsIn(object) : conditions;
  const message = `Scaled up replica set ${name} from 0 to ${replicas}`;
  const deeds: Deed[] = [{ kind: 'create', resource: 'replicasets', object: set }];
  if (replicas > 0) deeds.push(normal(object, 'ScalingReplicaSet', message));
  return { deeds: [...deeds, ...judge(withAnnotations(object, revision), judged).deeds] };
}

/** Nothing to scale: complete, or waiting for pods. */
function rest(situation: Situation): WorkloadDecision {
  const done = isComplete(situation.deployment, objectAt(situation.look.object, 'status'));
  const deeds = done ? cleanUp(situation) : [];
  return report(situation, { ...still(situation), deeds }, rolloutStatus);
}

function cleanUp({ deployment, old }: Situation): Deed[] {
  return expired(deployment, old).map(({ object }) => ({
    kind: 'remove',
    resource: 'replicasets',
    object,
  }));
}

function report(
  { look, deployment, newest }: Situation,
  { sets, deeds }: Scaled,
  statusOf: typeof countedStatus,
): WorkloadDecision {
  const current = newest && sets.find(({ name }) => name === newest.name);
  const status = statusOf(deployment, current, sets, look.now);
  const update = statusUpdate('deployments', deployment.object, status);
  return {
    deeds: jsonEquals(update.object, look.object) ? deeds : [...deeds, update],
    againMs: deadlineInMs(deployment, status, look.now),
  };
}
