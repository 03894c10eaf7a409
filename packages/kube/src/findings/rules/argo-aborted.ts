import { conditionOf } from '../../conditions.ts';
import { stringAt, valueAt } from '../../json-access.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule } from '../finding.ts';
import { rolloutsLine } from '../kubectl.ts';
import { instantOf, said } from '../wording.ts';

/**
 * An Argo Rollout that was aborted, by somebody or by its analysis, or that is degraded otherwise.
 * Rule: argo-rollouts `utils/conditions/conditions.go` and `utils/rollout/rolloututil.go`.
 */
export const argoAborted: Rule = (node, scene) => {
  const aborted = valueAt(node.object, 'status', 'abort') === true;
  const degraded = stringAt(node.object, 'status', 'phase') === 'Degraded';
  if (!aborted && !degraded) {
    return [];
  }
  return [
    {
      severity: scene.isOld(node) ? 'note' : 'stuck',
      node,
      likeness: node.uid,
      tell: (who) => `${who} ${aborted ? 'was aborted' : 'is degraded'}${said(messageOf(node))}`,
      evidence: aborted ? 'status.abort' : 'status.phase',
      since: sinceOf(node),
      kubectl: rolloutsLine('get rollout', node),
    },
  ];
};

/** Argo puts the reason before the message, once its controller has taken note of the abort. */
function messageOf(node: SceneNode): string | undefined {
  const [reason, message] = (stringAt(node.object, 'status', 'message') ?? '').split(/: (.*)/s);
  return reason === 'CanaryPauseStep' || reason === 'BlueGreenPause'
    ? undefined
    : (message ?? reason);
}

function sinceOf(node: SceneNode): number | undefined {
  const progressing = conditionOf(node.object, 'Progressing');
  return (
    instantOf(stringAt(node.object, 'status', 'abortedAt')) ??
    (progressing?.status === 'False' ? instantOf(progressing.lastTransitionTime) : undefined)
  );
}
