import { conditionOf } from '../../conditions.ts';
import { stringAt } from '../../json-access.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule } from '../finding.ts';
import { describeLine, logsLine } from '../kubectl.ts';
import type { SceneIndex } from '../scene-index.ts';
import { describeEnd } from '../termination.ts';
import { instantOf, kindOf, nameOf, said } from '../wording.ts';

/** A Job that has given up, with how its last pod ended where that is still there. */
export const jobFailed: Rule = (node, scene) => {
  const failed = conditionOf(node.object, 'Failed');
  const target = conditionOf(node.object, 'FailureTarget');
  const condition = failed?.status === 'True' ? failed : target;
  if (condition?.status !== 'True') {
    return [];
  }
  const end = lastEnd(node, scene);
  const reason = condition.reason === undefined ? '' : ` (${condition.reason})`;
  return [
    {
      severity: scene.isOld(node) ? 'note' : 'stuck',
      node,
      likeness: node.uid,
      tell: (who) => `${who} failed${reason}${end?.text ?? said(condition.message)}`,
      evidence: `status.conditions[type=${condition.type}]`,
      since: instantOf(condition.lastTransitionTime),
      kubectl: end?.kubectl ?? describeLine(node),
    },
  ];
};

/** How the container of its pods that ended last ended. */
function lastEnd(job: SceneNode, scene: SceneIndex): { text: string; kubectl: string } | undefined {
  const ends = scene
    .childrenOf(job)
    .filter((pod) => kindOf(pod) === 'Pod' && stringAt(pod.object, 'status', 'phase') === 'Failed')
    .flatMap((pod) =>
      scene
        .containersOf(pod)
        .flatMap((container) =>
          container.terminated === undefined || container.terminated.exitCode === 0
            ? []
            : [{ pod, container, end: container.terminated }],
        ),
    )
    .toSorted((a, b) => (b.end.finished ?? 0) - (a.end.finished ?? 0));
  const [newest] = ends;
  return newest === undefined
    ? undefined
    : {
        text: `: pod ${nameOf(newest.pod)} ended with ${describeEnd(newest.end)}`,
        kubectl: logsLine(newest.pod, newest.container.name, false),
      };
}
