import { conditionOf } from '../../conditions.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule, Severity } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { patience } from '../patience.ts';
import { isLivePod } from '../pod-phase.ts';
import { makesRoom } from '../room.ts';
import type { SceneIndex } from '../scene-index.ts';
import { alike, are, instantOf, said } from '../wording.ts';

/** A pod for which the scheduler finds no node, or that it was told to leave alone. */
export const unschedulable: Rule = (node, scene) => {
  const scheduled = isLivePod(node) ? conditionOf(node.object, 'PodScheduled') : undefined;
  if (scheduled?.status !== 'False') {
    return [];
  }
  const { message = '', reason } = scheduled;
  const since = instantOf(scheduled.lastTransitionTime);
  const gated = reason === 'SchedulingGated';
  return [
    {
      severity: gated ? 'waiting' : severityOf(node, scene, message, since),
      node,
      likeness: `${reason} ${alike(message, node)}`,
      tell: (who, many) =>
        gated
          ? `${who} ${are(many)} held back by a scheduling gate${said(message)}`
          : `${who} cannot be scheduled${said(message)}`,
      evidence: 'status.conditions[type=PodScheduled]',
      since,
      kubectl: describeLine(node),
    },
  ];
};

/** A volume or a new node may take its time. */
function severityOf(
  node: SceneNode,
  scene: SceneIndex,
  message: string,
  since: number | undefined,
): Severity {
  if (scene.isOld(node)) {
    return 'note';
  }
  const age = scene.now - (since ?? 0);
  const newNode = scene.eventsOf(node).some(({ reason }) => reason === 'TriggeredScaleUp');
  const allowed = Math.max(
    patience.retry,
    newNode ? patience.long : 0,
    message.includes('unbound immediate PersistentVolumeClaims') ? patience.usual : 0,
  );
  return age < allowed || makesRoom(scene, since ?? 0) ? 'waiting' : 'stuck';
}
