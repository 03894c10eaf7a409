import { isMet } from '../conditions.ts';
import { listAt, objectAt, property, stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import type { Health } from '../object-health.ts';
import { rolloutStep } from './argo-steps.ts';
import type { LaneStatus } from './lane-rule.ts';
import { measured } from './measurement.ts';
import { isObserved, wholeAt } from './object-reading.ts';
import { clipped, inWords } from './words.ts';

/** An Argo Rollout in the word of its phase, with the step at which it stands. */
export function rolloutLane(rollout: JsonObject, { status, reason }: Required<Health>): LaneStatus {
  if (status === 'failing') {
    return { status, word: isAborted(rollout) ? 'Aborted' : inWords(reason) };
  }
  if (status === 'healthy') {
    return { status, word: wholeAt(rollout, 'spec', 'replicas') === 0 ? 'Scaled down' : 'Healthy' };
  }
  const paused = isObserved(rollout) && reason === 'Paused';
  return { status, word: paused ? pauseOf(rollout) : progressOf(rollout) };
}

function isAborted(rollout: JsonObject): boolean {
  return property(objectAt(rollout, 'status'), 'abort') === true && !isMet(rollout, 'InvalidSpec');
}

function progressOf(rollout: JsonObject): string {
  const step = isObserved(rollout) ? rolloutStep(rollout) : undefined;
  return step === undefined || step.is >= step.of
    ? 'Progressing'
    : `Progressing, step ${step.is + 1} of ${step.of}`;
}

/** Why it pauses. Rule: argo-rollouts `pkg/apis/rollouts/v1alpha1`, PauseReason. */
function pauseOf(rollout: JsonObject): string {
  const [pause] = listAt(rollout, 'status', 'pauseConditions');
  switch (stringAt(pause, 'reason')) {
    case 'CanaryPauseStep': {
      const step = rolloutStep(rollout);
      return step === undefined || step.is >= step.of
        ? 'Paused'
        : `Paused at step ${step.is + 1} of ${step.of}`;
    }
    case 'InconclusiveAnalysisRun':
      return 'Paused, analysis inconclusive';
    case 'InconclusiveExperiment':
      return 'Paused, experiment inconclusive';
    case 'BlueGreenPause':
      return 'Paused before promotion';
    default:
      return 'Paused';
  }
}

/** An AnalysisRun or an Experiment: what it measured last, and how that was judged at the end. */
export function analysisLane(object: JsonObject, { status, reason }: Required<Health>): LaneStatus {
  const measurement = measured(object);
  if (status === 'healthy' || measurement === undefined) {
    return { status, word: inWords(reason) };
  }
  const judged = status === 'working' ? measurement : `${inWords(reason)}: ${measurement}`;
  return { status, word: clipped(judged) };
}
