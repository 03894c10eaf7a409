import { conditionOf, isMet } from './conditions.ts';
import { analysisHealth, rolloutHealth } from './health-argo.ts';
import { countAt, stringAt } from './json-access.ts';
import type { JsonObject } from './json.ts';
import type { Health } from './object-health.ts';
import { podStatus } from './pod-status.ts';
import { kindOf } from './rollout/object-kind.ts';
import { updatesOnDelete } from './rollout/object-reading.ts';

type Rule = (object: JsonObject) => Health | undefined;

/**
 * The health of a kind that has rules of its own; undefined for any other kind.
 * Rule: cli-utils `pkg/kstatus/status/core.go`.
 */
export function kindHealth(object: JsonObject): Health | undefined {
  return rules.get(kindOf(object))?.(object);
}

const healthy = (reason?: string): Health => ({
  status: 'healthy',
  ...(reason === undefined ? {} : { reason }),
});
const working = (reason: string): Health => ({ status: 'working', reason });
const failing = (reason: string): Health => ({ status: 'failing', reason });

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['Deployment.apps', deployment],
  ['ReplicaSet.apps', replicaSet],
  ['StatefulSet.apps', statefulSet],
  ['DaemonSet.apps', daemonSet],
  ['Pod', pod],
  ['Job.batch', job],
  ['CronJob.batch', () => healthy()],
  ['PersistentVolumeClaim', claim],
  ['Service', service],
  ['ConfigMap', () => healthy()],
  ['Secret', () => healthy()],
  ['Namespace', (namespace) => phase(namespace, 'Active')],
  ['Node', node],
  ['CustomResourceDefinition.apiextensions.k8s.io', customResourceDefinition],
  ['Rollout.argoproj.io', rolloutHealth],
  ['AnalysisRun.argoproj.io', analysisHealth],
  ['Experiment.argoproj.io', analysisHealth],
]);

/** The first count that is short of what is wanted. */
function short(wanted: number, counts: readonly (readonly [number, string])[]): Health | undefined {
  const missing = counts.find(([actual]) => actual < wanted);
  return missing === undefined ? undefined : working(`${missing[0]} of ${wanted} ${missing[1]}`);
}

function status(object: JsonObject, field: string): number {
  return countAt(object, 'status', field) ?? 0;
}

function surplus(object: JsonObject, wanted: number): Health | undefined {
  const extra = status(object, 'replicas') - wanted;
  return extra > 0 ? working(`${extra} to terminate`) : undefined;
}

function deployment(object: JsonObject): Health {
  const progressing = conditionOf(object, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return failing('ProgressDeadlineExceeded');
  }
  const wanted = countAt(object, 'spec', 'replicas') ?? 1;
  const updated = status(object, 'updatedReplicas');
  const available = status(object, 'availableReplicas');
  return (
    short(wanted, [
      [status(object, 'replicas'), 'created'],
      [updated, 'updated'],
    ]) ??
    surplus(object, wanted) ??
    short(updated, [[available, 'available']]) ??
    short(wanted, [[status(object, 'readyReplicas'), 'ready']]) ??
    deploymentConditions(object) ??
    healthy(`${available} of ${wanted} available`)
  );
}

function deploymentConditions(object: JsonObject): Health | undefined {
  // Without a deadline the controller does not report progress.
  const deadline = countAt(object, 'spec', 'progressDeadlineSeconds') ?? noDeadline;
  const through = conditionOf(object, 'Progressing')?.reason === 'NewReplicaSetAvailable';
  if (deadline !== noDeadline && !through) {
    return working('New ReplicaSet not available');
  }
  return isMet(object, 'Available') ? undefined : working('Not available');
}

const noDeadline = 2 ** 31 - 1;

function replicaSet(object: JsonObject): Health {
  const failure = conditionOf(object, 'ReplicaFailure');
  if (failure?.status === 'True') {
    return working(failure?.reason || 'ReplicaFailure');
  }
  const wanted = countAt(object, 'spec', 'replicas') ?? 1;
  const ready = status(object, 'readyReplicas');
  return (
    short(wanted, [
      [status(object, 'fullyLabeledReplicas'), 'labelled'],
      [status(object, 'availableReplicas'), 'available'],
      [ready, 'ready'],
    ]) ??
    surplus(object, wanted) ??
    healthy(`${ready} of ${wanted} ready`)
  );
}

/** Stricter than kstatus, for which one that updates on delete is current whatever its pods do. */
function statefulSet(object: JsonObject): Health {
  const wanted = countAt(object, 'spec', 'replicas') ?? 1;
  const ready = status(object, 'readyReplicas');
  return (
    short(wanted, [
      [status(object, 'replicas'), 'created'],
      [ready, 'ready'],
    ]) ??
    surplus(object, wanted) ??
    (updatesOnDelete(object) ? undefined : statefulSetRevision(object, wanted)) ??
    healthy(`${ready} of ${wanted} ready`)
  );
}

function statefulSetRevision(object: JsonObject, wanted: number): Health | undefined {
  const partition = countAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  if (partition !== undefined) {
    return short(wanted - partition, [[status(object, 'updatedReplicas'), 'updated']]);
  }
  const current = stringAt(object, 'status', 'currentRevision');
  return current === stringAt(object, 'status', 'updateRevision')
    ? short(wanted, [[status(object, 'currentReplicas'), 'current']])
    : working(`${status(object, 'updatedReplicas')} of ${wanted} updated`);
}

function daemonSet(object: JsonObject): Health {
  const wanted = countAt(object, 'status', 'desiredNumberScheduled');
  if (wanted === undefined || countAt(object, 'status', 'observedGeneration') === undefined) {
    return working('Not observed yet');
  }
  const ready = status(object, 'numberReady');
  return (
    short(wanted, [
      [status(object, 'currentNumberScheduled'), 'scheduled'],
      // An update that waits for somebody to delete pods is none that is under way.
      [updatesOnDelete(object) ? wanted : status(object, 'updatedNumberScheduled'), 'updated'],
      [status(object, 'numberAvailable'), 'available'],
      [ready, 'ready'],
    ]) ?? healthy(`${ready} of ${wanted} ready`)
  );
}

/** Waiting reasons that end only when somebody changes something. */
const stuck =
  /^(?:Init:)?(?:CrashLoopBackOff|ImagePullBackOff|ErrImagePull|ErrImageNeverPull|InvalidImageName|CreateContainerConfigError|CreateContainerError|RunContainerError)$/;

/** Stricter than kstatus, which has a failed pod as current, and waits for images for ever. */
function pod(object: JsonObject): Health {
  const said = podStatus(object).status;
  switch (stringAt(object, 'status', 'phase')) {
    case 'Succeeded':
      return healthy(said);
    case 'Failed':
      return failing(said);
    case 'Running':
      if (isMet(object, 'Ready')) {
        return healthy(said);
      }
      return stuck.test(said) ? failing(said) : working(said === 'Running' ? 'Not ready' : said);
    case 'Unknown':
      return { status: 'unknown', reason: said };
    default:
      return pendingPod(object, said);
  }
}

function pendingPod(object: JsonObject, said: string): Health {
  const scheduled = conditionOf(object, 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable') {
    return failing('Unschedulable');
  }
  return stuck.test(said) ? failing(said) : working(said || 'Pending');
}

function job(object: JsonObject): Health {
  const failed = conditionOf(object, 'Failed');
  if (failed?.status === 'True') {
    return failing(failed?.reason || 'Failed');
  }
  if (isMet(object, 'Complete')) {
    return healthy('Complete');
  }
  // kstatus has a running job as current: it does what it was made for.
  return stringAt(object, 'status', 'startTime') === undefined
    ? working('Not started')
    : healthy('Running');
}

function service(object: JsonObject): Health {
  const balanced = stringAt(object, 'spec', 'type') === 'LoadBalancer';
  return balanced && !stringAt(object, 'spec', 'clusterIP') ? working('No address yet') : healthy();
}

function node(object: JsonObject): Health {
  const ready = conditionOf(object, 'Ready');
  if (ready === undefined) {
    return { status: 'unknown' };
  }
  return ready?.status === 'True' ? healthy('Ready') : failing(ready?.reason || 'Not ready');
}

function customResourceDefinition(object: JsonObject): Health {
  const rejected = conditionOf(object, 'NamesAccepted');
  if (rejected?.status === 'False') {
    return failing(rejected?.reason || 'Names not accepted');
  }
  const established = conditionOf(object, 'Established');
  if (established?.status === 'True') {
    return healthy('Established');
  }
  const reason = established?.reason;
  return established === undefined || reason === 'Installing'
    ? working('Installing')
    : failing(reason || 'Not established');
}

/** Stricter than kstatus, for which a claim whose volume is gone is still in progress. */
function claim(object: JsonObject): Health {
  return stringAt(object, 'status', 'phase') === 'Lost' ? failing('Lost') : phase(object, 'Bound');
}

function phase(object: JsonObject, good: string): Health {
  const said = stringAt(object, 'status', 'phase');
  return said === good ? healthy(good) : working(said || 'Pending');
}
