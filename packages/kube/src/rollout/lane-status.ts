import { healthOf } from '../health.ts';
import { isJsonObject, property, stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import type { Health } from '../object-health.ts';
import { analysisLane, rolloutLane } from './argo-lane.ts';
import { cronJobLane, jobLane } from './job-lane.ts';
import type { LaneRule, LaneStatus } from './lane-rule.ts';
import { kindOf } from './object-kind.ts';
import { podLane } from './pod-lane.ts';
import type { Turn } from './scene.ts';
import { inWords } from './words.ts';
import {
  daemonSetLane,
  deploymentLane,
  replicaSetLane,
  statefulSetLane,
} from './workload-lanes.ts';

/**
 * How an object is in a rollout, in a few words; `turn` is whether it belongs to what is rolled out
 * or to what was there before. Its health (`healthOf`), but for a Job that runs, which is on its
 * way here, and a ReplicaSet that may not create its pods, which fails. It goes by the object
 * alone: nothing changes as time passes.
 */
export function laneStatus(object: JsonObject, turn?: Turn): LaneStatus {
  const { status, reason = '' } = healthOf(object);
  if (stringAt(object, 'metadata', 'deletionTimestamp') !== undefined) {
    return { status, word: 'Terminating' };
  }
  const rule = rules.get(kindOf(object)) ?? anyLane;
  const lane = rule(object, { status, reason }, turn);
  return lane.word === '' ? { ...lane, word: otherwise[lane.status] } : lane;
}

const rules: ReadonlyMap<string, LaneRule> = new Map<string, LaneRule>([
  ['Deployment.apps', deploymentLane],
  ['ReplicaSet.apps', replicaSetLane],
  ['StatefulSet.apps', statefulSetLane],
  ['DaemonSet.apps', daemonSetLane],
  ['Pod', podLane],
  ['Job.batch', jobLane],
  ['CronJob.batch', cronJobLane],
  ['Rollout.argoproj.io', rolloutLane],
  ['AnalysisRun.argoproj.io', analysisLane],
  ['Experiment.argoproj.io', analysisLane],
]);

/** The reason of its health in words, else what its status says, else that it is there. */
function anyLane(object: JsonObject, health: Required<Health>): LaneStatus {
  const { status, reason } = health;
  if (status === 'healthy' && (reason === '' || isCount.test(reason))) {
    return { status, word: isJsonObject(property(object, 'status')) ? 'Ready' : 'Present' };
  }
  const missing = /^Not ([A-Z].*)$/.exec(reason)?.[1];
  if (missing !== undefined) {
    return { status, word: `Not ${inWords(missing).toLowerCase()}` };
  }
  const phase = stringAt(object, 'status', 'phase') || stringAt(object, 'status', 'state');
  return { status, word: inWords(reason || phase || otherwise[status]) };
}

const isCount = /^\d+ of \d+ /;

const otherwise: Readonly<Record<Health['status'], string>> = {
  healthy: 'Ready',
  working: 'Progressing',
  failing: 'Failing',
  unknown: 'Present',
};
