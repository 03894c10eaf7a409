import { conditionOf } from '../../conditions.ts';
import { stringAt } from '../../json-access.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import { isBroken } from '../broken.ts';
import type { Rule } from '../finding.ts';
import { scopeOf, word } from '../kubectl.ts';
import { isLivePod } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { instantOf, nameOf } from '../wording.ts';

/**
 * A StatefulSet goes on pod by pod, each ready first. One that is broken and of a revision that is
 * no longer wanted is therefore never replaced by a good one.
 * Rule: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
 */
export const statefulSetBlocked: Rule = (node, scene) => {
  const parallel = stringAt(node.object, 'spec', 'podManagementPolicy') === 'Parallel';
  const byHand = stringAt(node.object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
  const ordered = !parallel && !byHand;
  const broken = ordered ? brokenPod(node, scene) : undefined;
  if (broken === undefined) {
    return [];
  }
  const pod = nameOf(broken);
  return [
    {
      severity: scene.isOld(node) ? 'note' : 'stuck',
      node,
      likeness: node.uid,
      tell: (who) =>
        `${who} does not replace ${pod}, which is of another revision, before it is ready: delete the pod`,
      evidence: 'status.updateRevision',
      since: instantOf(conditionOf(broken.object, 'Ready')?.lastTransitionTime),
      kubectl: `kubectl delete pods/${word(pod)}${scopeOf(broken)}`,
    },
  ];
};

const revisionLabel = 'controller-revision-hash';

function brokenPod(node: SceneNode, scene: SceneIndex): SceneNode | undefined {
  const wanted = stringAt(node.object, 'status', 'updateRevision');
  return scene.childrenOf(node).find((pod) => {
    const revision = stringAt(pod.object, 'metadata', 'labels', revisionLabel);
    const other = wanted !== undefined && revision !== undefined && revision !== wanted;
    return other && isLivePod(pod) && isBroken(pod, scene);
  });
}
