import { conditionOf } from '../../conditions.ts';
import { listAt, stringAt, valueAt } from '../../json-access.ts';
import { rolloutStep, stepText } from '../../rollout/argo-steps.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule, Trouble } from '../finding.ts';
import { describeLine, rolloutsLine, targetOf } from '../kubectl.ts';
import { isLeaving } from '../pod-phase.ts';
import { are, instantOf, kindOf } from '../wording.ts';

/** What was told to wait: `spec.paused`, `spec.suspend`, a pause of an Argo Rollout. */
export const paused: Rule = (node, scene) => {
  const stopped = isLeaving(node) || valueAt(node.object, 'status', 'abort') === true;
  const told = stopped ? undefined : (byStep(node) ?? bySpec(node));
  return told === undefined
    ? []
    : [{ ...told, severity: scene.isOld(node) ? 'note' : 'waiting', node, likeness: node.uid }];
};

type Told = Pick<Trouble, 'tell' | 'evidence' | 'since' | 'kubectl'>;

const reasons = new Map([
  ['BlueGreenPause', 'waits to be promoted before the new version gets the traffic'],
  ['InconclusiveAnalysisRun', 'is paused: an analysis was inconclusive'],
  ['InconclusiveExperiment', 'is paused: an experiment was inconclusive'],
]);

/** Rule: argo-rollouts `pkg/apis/rollouts/v1alpha1/types.go`, PauseReason. */
function byStep(node: SceneNode): Told | undefined {
  const [pause] = listAt(node.object, 'status', 'pauseConditions');
  if (kindOf(node) !== 'Rollout.argoproj.io' || pause === undefined) {
    return undefined;
  }
  const reason = reasons.get(stringAt(pause, 'reason') ?? '');
  return {
    tell: (who) => `${who} ${reason ?? atStep(node)}`,
    evidence: 'status.pauseConditions',
    since: instantOf(stringAt(pause, 'startTime')),
    kubectl: rolloutsLine('promote', node),
  };
}

function atStep(node: SceneNode): string {
  const at = rolloutStep(node.object);
  if (at === undefined || at.is >= at.of) {
    return 'is paused until it is promoted';
  }
  const step = listAt(node.object, 'spec', 'strategy', 'canary', 'steps')[at.is];
  const duration = valueAt(step, 'pause', 'duration');
  const length = duration === undefined ? 'until it is promoted' : `(${stepText(step)})`;
  return `is paused at step ${at.is + 1} of ${at.of} ${length}`;
}

function bySpec(node: SceneNode): Told | undefined {
  const field = ['paused', 'suspend'].find((name) => valueAt(node.object, 'spec', name) === true);
  if (field === undefined) {
    return undefined;
  }
  const progressing = conditionOf(node.object, 'Progressing');
  const since = progressing?.reason?.endsWith('Paused') ? progressing : suspension(node);
  return {
    tell: (who, many) => `${who} ${are(many)} ${field === 'paused' ? 'paused' : 'suspended'}`,
    evidence: `spec.${field}`,
    since: instantOf(since?.lastTransitionTime),
    kubectl: remedy(node),
  };
}

/** A Job says since when it is suspended. */
function suspension(node: SceneNode) {
  const condition = conditionOf(node.object, 'Suspended');
  return condition?.status === 'True' ? condition : undefined;
}

function remedy(node: SceneNode): string {
  switch (kindOf(node)) {
    case 'Deployment.apps':
      return `kubectl rollout resume ${targetOf(node)}`;
    case 'Rollout.argoproj.io':
      return rolloutsLine('promote', node);
    default:
      return describeLine(node);
  }
}
