import { conditionOf } from '../../conditions.ts';
import { countAt } from '../../json-access.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { instantOf, said } from '../wording.ts';

/** A Deployment, Argo Rollout or the like that its controller gave up hope on. */
export const deadlineExceeded: Rule = (node, scene) => {
  const progressing = conditionOf(node.object, 'Progressing');
  if (progressing?.status !== 'False' || progressing.reason !== 'ProgressDeadlineExceeded') {
    return [];
  }
  return [
    {
      severity: scene.isOld(node) ? 'note' : 'stuck',
      node,
      likeness: node.uid,
      tell: (who) => `${who} made no progress${deadlineOf(node)}${said(progressing.message)}`,
      evidence: 'status.conditions[type=Progressing]',
      since: instantOf(progressing.lastTransitionTime),
      kubectl: describeLine(node),
    },
  ];
};

function deadlineOf(node: SceneNode): string {
  const seconds = countAt(node.object, 'spec', 'progressDeadlineSeconds');
  return seconds === undefined ? '' : ` within ${seconds} s`;
}
