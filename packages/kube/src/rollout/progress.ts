import { conditionOf, conditionsOf } from '../conditions.ts';
import type { Condition } from '../conditions.ts';
import { listAt, property, stringAt, valueAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { canaryWeight, rolloutStep } from './argo-steps.ts';
import type { RolloutStep } from './argo-steps.ts';
import { laneFacts } from './lane-facts.ts';
import type { ReadyCount } from './lane-facts.ts';
import { newControllerRevision, newReplicaSet } from './newest.ts';
import { kindOf } from './object-kind.ts';
import { createdAt, generationAt, instantAt, uidOf, wholeAt } from './object-reading.ts';
import { revisionOf } from './revision.ts';
import type { OwnedObject } from './turns.ts';

/** How far a rollout is, as its objects say it. */
export interface RolloutProgress {
  readonly ready?: ReadyCount;
  /** How many are of the newest version. */
  readonly updated?: ReadyCount;
  readonly step?: RolloutStep;
  /** Percent of the traffic that the new version gets. */
  readonly weight?: number;
  /** As the controller counts: `14`. */
  readonly revision?: string;
  /** Milliseconds since the epoch. */
  readonly started?: number;
  /** Absent while it is under way, and where the object does not say it. */
  readonly ended?: number;
}

/** How far the rollout of `root` is; `nodes` are the objects under it (others do no harm). */
export function rolloutProgress(root: JsonObject, nodes: Iterable<OwnedObject>): RolloutProgress {
  const uid = uidOf(root);
  const children = [...nodes].flatMap((node) => (node.parent === uid ? [node.object] : []));
  const { ready, revision } = laneFacts(root);
  const rule = rules.get(kindOf(root)) ?? ofAnyKind;
  const told: Loose = {
    ready,
    revision,
    ...rule(root, children),
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

type Loose = { readonly [Key in keyof RolloutProgress]?: RolloutProgress[Key] | undefined };
type Rule = (root: JsonObject, children: readonly JsonObject[]) => Loose;

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['Deployment.apps', ofDeployment],
  ['Rollout.argoproj.io', ofRollout],
  ['StatefulSet.apps', ofStatefulSet],
  ['DaemonSet.apps', ofDaemonSet],
  ['Job.batch', ofJob],
  ['CronJob.batch', ofCronJob],
]);

function ofDeployment(root: JsonObject, children: readonly JsonObject[]): Loose {
  const newest = newReplicaSet(root, children);
  const progressing = conditionOf(root, 'Progressing');
  const through = isObserved(root) && progressing?.reason === 'NewReplicaSetAvailable';
  return {
    updated: updatedReplicas(root),
    started: startOf(root, newest, children),
    ended: through ? updateTime(root, 'Progressing') : undefined,
  };
}

function ofRollout(root: JsonObject, children: readonly JsonObject[]): Loose {
  const newest = newReplicaSet(root, children);
  const through = isObserved(root) && stringAt(root, 'status', 'phase') === 'Healthy';
  return {
    updated: updatedReplicas(root),
    step: rolloutStep(root),
    weight: canaryWeight(root, newest),
    started: startOf(root, newest, children),
    ended: through ? transitionTime(conditionOf(root, 'Completed')) : undefined,
  };
}

function ofStatefulSet(root: JsonObject, children: readonly JsonObject[]): Loose {
  const newest = newControllerRevision(root, children);
  return {
    updated: updatedReplicas(root),
    revision: newest && revisionOf(newest),
    started: startOf(root, newest, children),
  };
}

function ofDaemonSet(root: JsonObject, children: readonly JsonObject[]): Loose {
  const newest = newControllerRevision(root, children);
  const of = wholeAt(root, 'status', 'desiredNumberScheduled');
  const is = wholeAt(root, 'status', 'updatedNumberScheduled') ?? 0;
  return {
    updated: of === undefined ? undefined : { is, of },
    revision: newest && revisionOf(newest),
    started: startOf(root, newest, children),
  };
}

function ofJob(job: JsonObject): Loose {
  const failed = conditionOf(job, 'Failed');
  return {
    started:
      instantAt(job, 'status', 'startTime') ?? instantAt(job, 'metadata', 'creationTimestamp'),
    ended:
      instantAt(job, 'status', 'completionTime') ??
      (failed?.status === 'True' ? transitionTime(failed) : undefined),
  };
}

function ofCronJob(_root: JsonObject, children: readonly JsonObject[]): Loose {
  const jobs = children.filter((child) => kindOf(child) === 'Job.batch');
  const newest = jobs.sort((one, other) => createdAt(other) - createdAt(one))[0];
  return newest === undefined ? {} : { ...ofJob(newest), ready: laneFacts(newest).ready };
}

/** The first of the conditions that say that all is well, since when it has been so. */
function ofAnyKind(root: JsonObject): Loose {
  const started = specWritten(root) ?? instantAt(root, 'metadata', 'creationTimestamp');
  const good = conditionsOf(root).find(
    ({ type, status }) => status === 'True' && /^(?:Ready|Available|Healthy|Succeeded)$/.test(type),
  );
  const ended = good && isObserved(root) ? transitionTime(good) : undefined;
  return {
    updated: updatedReplicas(root),
    started,
    ended: ended !== undefined && ended >= (started ?? 0) ? ended : undefined,
  };
}

function updatedReplicas(root: JsonObject): ReadyCount | undefined {
  const is = wholeAt(root, 'status', 'updatedReplicas');
  const of = wholeAt(root, 'spec', 'replicas');
  return of === undefined ? undefined : is === undefined ? undefined : { is, of };
}

/**
 * A version that was made anew began when its ReplicaSet or ControllerRevision did; one that was
 * brought back, when the template was last written.
 */
function startOf(
  root: JsonObject,
  newest: JsonObject | undefined,
  children: readonly JsonObject[],
): number | undefined {
  if (newest === undefined) {
    return undefined;
  }
  const kind = kindOf(newest);
  const last = Math.max(
    ...children.filter((child) => kindOf(child) === kind).map((child) => createdAt(child)),
  );
  return createdAt(newest) < last ? specWritten(root) : createdAt(newest) || undefined;
}

/** When somebody last wrote a field of the spec, other than the number of replicas by scaling. */
function specWritten(root: JsonObject): number | undefined {
  const times = listAt(root, 'metadata', 'managedFields').flatMap((entry) => {
    const whole = !stringAt(entry, 'subresource');
    return whole && valueAt(entry, 'fieldsV1', 'f:spec') !== undefined
      ? (instantAt(entry, 'time') ?? [])
      : [];
  });
  return times.length === 0 ? undefined : Math.max(...times);
}

function isObserved(object: JsonObject): boolean {
  const observed = generationAt(object, 'status', 'observedGeneration');
  return observed === undefined || observed === generationAt(object, 'metadata', 'generation');
}

function updateTime(object: JsonObject, type: string): number | undefined {
  const entry = listAt(object, 'status', 'conditions').find(
    (condition) => property(condition, 'type') === type,
  );
  return instantAt(entry, 'lastUpdateTime') ?? instantAt(entry, 'lastTransitionTime');
}

function transitionTime(condition: Condition | undefined): number | undefined {
  const instant = Date.parse(condition?.lastTransitionTime ?? '');
  return Number.isNaN(instant) ? undefined : instant;
}
