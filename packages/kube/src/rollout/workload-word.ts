import { conditionOf } from '../conditions.ts';
import { property, objectAt, stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { rolloutStep } from './argo-steps.ts';
import type { LaneStatus } from './lane-status.ts';
import { kindOf } from './object-kind.ts';
import { wholeAt } from './object-reading.ts';
import type { Turn } from './scene.ts';
import { inWords } from './words.ts';

/** How a workload's health is put; undefined where the reason of its health says enough. */
export function workloadWord(
  object: JsonObject,
  health: { readonly status: LaneStatus['status']; readonly reason: string },
  turn: Turn | undefined,
): LaneStatus | undefined {
  const word = rules.get(kindOf(object))?.(object, health, turn);
  return word === undefined ? undefined : { status: health.status, word };
}

type Rule = (
  object: JsonObject,
  health: { readonly status: LaneStatus['status']; readonly reason: string },
  turn: Turn | undefined,
) => string | undefined;

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['ReplicaSet.apps', replicaSet],
  ['Deployment.apps', rolling],
  ['StatefulSet.apps', rolling],
  ['DaemonSet.apps', rolling],
  ['Rollout.argoproj.io', rollout],
]);

function replicaSet(object: JsonObject, health: { status: string }, turn?: Turn): string {
  const wanted = wholeAt(object, 'spec', 'replicas') ?? 1;
  const there = wholeAt(object, 'status', 'replicas') ?? 0;
  const ready = wholeAt(object, 'status', 'readyReplicas') ?? 0;
  if (wanted === 0 && there === 0) {
    return 'Scaled down';
  }
  if (conditionOf(object, 'ReplicaFailure')?.status === 'True') {
    return 'Cannot create pods';
  }
  if (there > wanted) {
    return `Scaling down, ${there - wanted} to go`;
  }
  const missing = wanted - ready;
  if (missing > 0) {
    return turn === 'old' ? `Serving, ${missing} not ready` : `Scaling up, ${missing} not ready`;
  }
  return health.status === 'healthy' ? (turn === 'old' ? 'Serving' : 'Ready') : 'Not available yet';
}

function rolling(object: JsonObject, health: { status: string; reason: string }): string {
  if (health.status === 'failing') {
    return inWords(health.reason);
  }
  if (property(objectAt(object, 'spec'), 'paused') === true) {
    return 'Paused';
  }
  return health.status === 'healthy' ? 'Ready' : 'Progressing';
}

function rollout(object: JsonObject, health: { status: string; reason: string }): string {
  const phase = stringAt(object, 'status', 'phase');
  const step = rolloutStep(object);
  if (phase === 'Paused' && step !== undefined && step.is < step.of) {
    return `Paused at step ${step.is + 1} of ${step.of}`;
  }
  return phase ?? inWords(health.reason);
}
