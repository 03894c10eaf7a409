import { conditionOf, conditionsOf } from '../conditions.ts';
import { listAt, stringAt, valueAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { canaryWeight, rolloutStep } from './argo-steps.ts';
import type { RolloutStep } from './argo-steps.ts';
import { laneFacts } from './lane-facts.ts';
import type { ReadyCount } from './lane-facts.ts';
import { newControllerRevision, newReplicaSet, replicaSetsOf } from './newest.ts';
import { kindOf } from './object-kind.ts';
import { createdAt, greatest, instantAt, isObserved, uidOf, wholeAt } from './object-reading.ts';
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

/**
 * How far the rollout of `root` is. Of `nodes` those directly under it count; others do no harm,
 * and without any the root alone is asked.
 * What no object says is absent: a StatefulSet, for one, does not say when it was through.
 */
export function rolloutProgress(root: JsonObject, nodes: Iterable<OwnedObject>): RolloutProgress {
  const uid = uidOf(root);
  const children: JsonObject[] = [];
  for (const node of nodes) {
    if (node.parent === uid) {
      children.push(node.object);
    }
  }
  const { ready, revision } = laneFacts(root);
  const rule = rules.get(kindOf(root)) ?? ofAnyKind;
  return told({ ready, revision, ...rule(root, children) });
}

type Loose = { readonly [Key in keyof RolloutProgress]?: RolloutProgress[Key] | undefined };

function told(progress: Loose): RolloutProgress {
  return Object.fromEntries(Object.entries(progress).filter(([, value]) => value !== undefined));
}

type Rule = (root: JsonObject, children: readonly JsonObject[]) => Loose;

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['Deployment.apps', ofDeployment],
  ['Rollout.argoproj.io', ofRollout],
  ['StatefulSet.apps', ofStatefulSet],
  ['DaemonSet.apps', ofDaemonSet],
  ['Job.batch', ofJob],
  ['CronJob.batch', ofCronJob],
]);

/** Rule for the end: kubernetes `deployment/progress.go`, syncRolloutStatus. */
function ofDeployment(root: JsonObject, children: readonly JsonObject[]): Loose {
  const through = conditionOf(root, 'Progressing')?.reason === 'NewReplicaSetAvailable';
  const started = startOf(root, newReplicaSet(root, children), children);
  const ended = through && isObserved(root) ? updateTime(root, 'Progressing') : undefined;
  return { updated: updatedReplicas(root), started, ended: notBefore(started, ended) };
}

/** An initial deployment is `Completed` at once, before its pods are ready. */
function ofRollout(root: JsonObject, children: readonly JsonObject[]): Loose {
  const newest = newReplicaSet(root, children);
  const through = isObserved(root) && stringAt(root, 'status', 'phase') === 'Healthy';
  const type = revisionOf(root) === '1' ? 'Healthy' : 'Completed';
  const started = startOf(root, newest, children);
  const ended = through ? instantAt(entryOf(root, type), 'lastTransitionTime') : undefined;
  return {
    updated: updatedReplicas(root),
    step: rolloutStep(root),
    weight: hasObserved(root) ? canaryWeight(root, newest, replicaSetsOf(children)) : undefined,
    started,
    ended: notBefore(started, ended),
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
    updated: of === undefined || !hasObserved(root) ? undefined : { is, of },
    revision: newest && revisionOf(newest),
    started: startOf(root, newest, children),
  };
}

function ofJob(job: JsonObject): Loose {
  const failed = entryOf(job, 'Failed');
  const started = instantAt(job, 'status', 'startTime') ?? createdAt(job);
  const ended =
    instantAt(job, 'status', 'completionTime') ??
    (stringAt(failed, 'status') === 'True' ? instantAt(failed, 'lastTransitionTime') : undefined);
  return { started, ended: notBefore(started, ended) };
}

/** The newest Job is what a CronJob rolls out. */
function ofCronJob(_root: JsonObject, children: readonly JsonObject[]): Loose {
  const jobs = children.filter((child) => kindOf(child) === 'Job.batch');
  const newest = jobs.sort((one, other) => createdAt(other) - createdAt(one))[0];
  return newest === undefined ? {} : { ...ofJob(newest), ready: laneFacts(newest).ready };
}

/** From the last write of its spec until all is well, if that came after. */
function ofAnyKind(root: JsonObject): Loose {
  const started = specWritten(root, 'f:spec') ?? instantAt(root, 'metadata', 'creationTimestamp');
  const good = conditionsOf(root).find(
    ({ type, status }) => status === 'True' && /^(?:Ready|Available|Healthy|Succeeded)$/.test(type),
  );
  const since = good && instantAt(entryOf(root, good.type), 'lastTransitionTime');
  const told = wholeAt(root, 'status', 'updatedReplicas') !== undefined;
  return {
    updated: told ? updatedReplicas(root) : undefined,
    started,
    ended: isObserved(root) ? notBefore(started, since) : undefined,
  };
}

/** What is said of an earlier rollout, or is no sound time, is no end of this one. */
function notBefore(started: number | undefined, ended: number | undefined): number | undefined {
  return ended !== undefined && ended >= (started ?? 0) ? ended : undefined;
}

/** A count of zero is left out of a status; one of another generation says nothing of this one. */
function updatedReplicas(root: JsonObject): ReadyCount | undefined {
  const of = wholeAt(root, 'spec', 'replicas') ?? 1;
  const is = wholeAt(root, 'status', 'updatedReplicas') ?? 0;
  return hasObserved(root) ? { is, of } : undefined;
}

function hasObserved(root: JsonObject): boolean {
  return valueAt(root, 'status', 'observedGeneration') !== undefined && isObserved(root);
}

/**
 * A version that was made anew began when its ReplicaSet or ControllerRevision did; one that was
 * brought back, or of which only the root is known, when the template was last written.
 */
function startOf(
  root: JsonObject,
  newest: JsonObject | undefined,
  children: readonly JsonObject[],
): number | undefined {
  const written = specWritten(root, 'f:spec', 'f:template');
  if (newest === undefined) {
    return children.length === 0 ? written : undefined;
  }
  const kind = kindOf(newest);
  const created = createdAt(newest);
  const broughtBack = children.some((child) => {
    return kindOf(child) === kind && createdAt(child) > created;
  });
  return (broughtBack ? written : undefined) ?? (created || undefined);
}

/** When somebody last wrote fields that include one of the path; not by scaling, nor as a status. */
function specWritten(root: JsonObject, ...path: readonly string[]): number | undefined {
  const times = listAt(root, 'metadata', 'managedFields').flatMap((entry) => {
    const owns = valueAt(entry, 'fieldsV1', ...path) !== undefined;
    return owns && !stringAt(entry, 'subresource') ? (instantAt(entry, 'time') ?? []) : [];
  });
  return greatest(times);
}

function entryOf(object: JsonObject, type: string) {
  return listAt(object, 'status', 'conditions').find((entry) => stringAt(entry, 'type') === type);
}

/** `lastTransitionTime` stays while the status does; `lastUpdateTime` moves with the reason. */
function updateTime(object: JsonObject, type: string): number | undefined {
  const entry = entryOf(object, type);
  return instantAt(entry, 'lastUpdateTime') ?? instantAt(entry, 'lastTransitionTime');
}
