import { conditionOf } from '../../conditions.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule, Severity } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { isLeaving } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { instantOf, kindOf, said } from '../wording.ts';

/**
 * A ReplicaSet whose pods the API server refuses to take: a quota, an admission webhook, a policy.
 * Rule: kubernetes `replica_set_utils.go`, calculateStatus.
 */
export const creationRefused: Rule = (node, scene) => {
  const failure = conditionOf(node.object, 'ReplicaFailure');
  if (kindOf(node) !== 'ReplicaSet' || failure?.status !== 'True' || isLeaving(node)) {
    return [];
  }
  const since = instantOf(failure.lastTransitionTime);
  return [
    {
      severity: severityOf(node, scene, since),
      node,
      likeness: node.uid,
      tell: (who) => `${who} cannot create pods${said(failure.message)}`,
      evidence: 'status.conditions[type=ReplicaFailure]',
      since,
      kubectl: describeLine(node),
    },
  ];
};

/** A namespace that is just being made has no service account yet. */
const grace = 2_000;
/** Where pods are leaving, a quota may soon have room. */
const patience = 60_000;

function severityOf(node: SceneNode, scene: SceneIndex, since: number | undefined): Severity {
  if (scene.isOld(node)) {
    return 'note';
  }
  return scene.now - (since ?? 0) < (scene.makesRoom ? patience : grace) ? 'waiting' : 'stuck';
}
