import { conditionOf, isMet } from './conditions.ts';
import { listAt, property, objectAt, stringAt } from './json-access.ts';
import type { JsonObject } from './json.ts';
import type { Health } from './object-health.ts';

/**
 * The health of an Argo Rollout, by the phase that its controller gives; undefined for one of
 * before v1.0, which has none. Rule: argo-rollouts `utils/rollout/rolloututil.go`, GetRolloutPhase.
 */
export function rolloutHealth(rollout: JsonObject): Health | undefined {
  if (isMet(rollout, 'InvalidSpec')) {
    return { status: 'failing', reason: 'InvalidSpec' };
  }
  const said = stringAt(rollout, 'status', 'message') ?? '';
  switch (stringAt(rollout, 'status', 'phase')) {
    case 'Healthy':
      return { status: 'healthy', reason: 'Healthy' };
    case 'Degraded':
      return { status: 'failing', reason: degradedReason(rollout, said) };
    case 'Paused':
      return { status: 'working', reason: isUnpausing(rollout) ? 'Progressing' : 'Paused' };
    case 'Progressing':
      return { status: 'working', reason: said || 'Progressing' };
    default:
      return Object.hasOwn(objectAt(rollout, 'status'), 'observedGeneration')
        ? undefined
        : { status: 'working', reason: 'Not observed yet' };
  }
}

/** A degraded Rollout's message begins with the reason: `RolloutAborted: Rollout aborted …`. */
function degradedReason(rollout: JsonObject, said: string): string {
  const reason = /^([A-Za-z]+):/.exec(said)?.[1];
  return reason ?? conditionOf(rollout, 'Progressing')?.reason ?? 'Degraded';
}

/** Somebody has taken the pause away, and the controller has not gone on yet. */
function isUnpausing(rollout: JsonObject): boolean {
  return (
    property(objectAt(rollout, 'spec'), 'paused') !== true &&
    property(objectAt(rollout, 'status'), 'controllerPause') === true &&
    listAt(rollout, 'status', 'pauseConditions').length === 0
  );
}

/** The health of an AnalysisRun or an Experiment. Rule: `pkg/apis/rollouts/v1alpha1`, AnalysisPhase. */
export function analysisHealth(object: JsonObject): Health {
  const phase = stringAt(object, 'status', 'phase') || 'Pending';
  switch (phase) {
    case 'Successful':
      return { status: 'healthy', reason: phase };
    case 'Failed':
    case 'Error':
      return { status: 'failing', reason: phase };
    case 'Inconclusive':
      return { status: 'unknown', reason: phase };
    default:
      return { status: 'working', reason: phase };
  }
}
