import { healthOf } from '../../health.ts';
import { countAt, stringAt, valueAt } from '../../json-access.ts';
import { rolloutStep } from '../../rollout/argo-steps.ts';
import { laneFacts } from '../../rollout/lane-facts.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule, Severity } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { patience } from '../patience.ts';
import { isLeaving } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { isStarting } from '../starting.ts';
import { kindOf } from '../wording.ts';

/** What counts replicas and is short of them: at first it is waited for, then it does not move. */
export const countsNotMoving: Rule = (node, scene) => {
  const short = counts(node, scene) ? shortfall(node) : undefined;
  if (short === undefined) {
    return [];
  }
  const severity = severityOf(node, scene);
  return [
    {
      severity,
      node,
      likeness: node.uid,
      tell: (who) =>
        `${who} ${severity === 'stuck' ? 'does not move' : 'waits'}${atStep(node)}: ${short}`,
      evidence: 'status',
      since: node.countsSince,
      kubectl: describeLine(node),
    },
  ];
};

const workloads =
  /^(?:(?:Deployment|StatefulSet|DaemonSet|ReplicaSet)\.apps|Rollout\.argoproj\.io|ReplicationController)$/;

/** The uppermost of those that count: a ReplicaSet only where no Deployment speaks for it. */
function counts(node: SceneNode, scene: SceneIndex): boolean {
  const owner = scene.nodeOf(node.parent);
  const spokenFor = owner !== undefined && workloads.test(kindOf(owner));
  const told =
    workloads.test(kindOf(node)) || countAt(node.object, 'spec', 'replicas') !== undefined;
  const waits = valueAt(node.object, 'spec', 'paused') === true;
  return told && !spokenFor && !waits && !isLeaving(node) && !hasStopped(node);
}

/** An Argo Rollout in a pause or aborted: another rule says so. */
function hasStopped(node: SceneNode): boolean {
  return /^(?:Paused|Degraded)$/.test(stringAt(node.object, 'status', 'phase') ?? '');
}

/** `1 of 4 updated`; undefined where nothing is missing. */
function shortfall(node: SceneNode): string | undefined {
  const { status, reason = '' } = healthOf(node.object);
  if (status !== 'working') {
    return undefined;
  }
  if (/\d/.test(reason)) {
    return reason;
  }
  const ready = laneFacts(node.object).ready;
  return ready === undefined || ready.is >= ready.of
    ? undefined
    : `${ready.is} of ${ready.of} ready`;
}

function atStep(node: SceneNode): string {
  const step = rolloutStep(node.object);
  return step === undefined || step.is >= step.of
    ? ''
    : ` at step ${step.is + 1} of ${step.of} (${step.text})`;
}

function severityOf(node: SceneNode, scene: SceneIndex): Severity {
  if (scene.isOld(node)) {
    return 'note';
  }
  const deadline = countAt(node.object, 'spec', 'progressDeadlineSeconds');
  const calm = 1000 * (countAt(node.object, 'spec', 'minReadySeconds') ?? 0);
  // Of whose pods nothing is known, nobody can say that they are not starting.
  const usual = scene.childrenOf(node).length > 0 ? patience.usual : patience.long;
  const allowed = (deadline === undefined ? usual : deadline * 1000) + calm;
  if (scene.now - node.countsSince < allowed) {
    return 'waiting';
  }
  const starts = scene.memo('starts', () => scene.nodes.some((pod) => isStarting(pod, scene)));
  return starts ? 'waiting' : 'stuck';
}
