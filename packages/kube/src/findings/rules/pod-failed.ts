import { conditionOf } from '../../conditions.ts';
import { stringAt } from '../../json-access.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule, Severity } from '../finding.ts';
import { describeLine, logsLine } from '../kubectl.ts';
import { isLeaving, isPod } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { describeEnd } from '../termination.ts';
import { alike, kindOf, said } from '../wording.ts';

/** A pod that is over and did not go well. One of a Job that has given up is told with the Job. */
export const podFailed: Rule = (node, scene) => {
  if (!isPod(node) || stringAt(node.object, 'status', 'phase') !== 'Failed' || isLeaving(node)) {
    return [];
  }
  const severity = severityOf(node, scene);
  if (severity === undefined) {
    return [];
  }
  const failed = scene.containersOf(node).find(({ terminated }) => terminated?.exitCode);
  const end = failed?.terminated;
  const reason = stringAt(node.object, 'status', 'reason') ?? '';
  const message = stringAt(node.object, 'status', 'message');
  const why = reason === '' ? said(message) : `, ${reason}${said(message)}`;
  const how = end === undefined ? why : ` with ${describeEnd(end)}`;
  return [
    {
      severity,
      node,
      likeness: alike(how, node),
      tell: (who) => `${who} failed${how}`,
      evidence: failed === undefined ? 'status.phase' : `${failed.path}.state.terminated`,
      since: end?.finished,
      kubectl: failed === undefined ? describeLine(node) : logsLine(node, failed.name, false),
    },
  ];
};

/** Most owners put another pod in its place. */
function severityOf(node: SceneNode, scene: SceneIndex): Severity | undefined {
  const owner = scene.nodeOf(node.parent);
  if (owner !== undefined && kindOf(owner) === 'Job.batch') {
    const over = ['Failed', 'FailureTarget', 'Complete', 'SuccessCriteriaMet'].some(
      (type) => conditionOf(owner.object, type)?.status === 'True',
    );
    return over ? undefined : scene.isOld(node) ? 'note' : 'waiting';
  }
  return owner === undefined && !scene.isOld(node) ? 'stuck' : 'note';
}
