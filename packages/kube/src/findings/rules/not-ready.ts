import { conditionOf } from '../../conditions.ts';
import type { KubernetesEvent, SceneNode } from '../../rollout/scene.ts';
import type { Rule, Trouble } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { patience } from '../patience.ts';
import { isLivePod } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { isStarting } from '../starting.ts';
import { alike, instantOf, said } from '../wording.ts';

/**
 * A pod whose containers run and that still is not ready: its probes fail again and again, or
 * somebody else's readiness gate is shut. A probe that fails a few times is how a start looks.
 */
export const notReady: Rule = (node, scene) => {
  const ready = isLivePod(node) ? conditionOf(node.object, 'Ready') : undefined;
  if (ready?.status !== 'False' || !scene.containersOf(node).some(({ running }) => running)) {
    return [];
  }
  const failing = failingProbe(node, scene);
  const gate = ready.reason === 'ReadinessGatesNotReady';
  if (!failing && !gate) {
    return [];
  }
  const since = failing?.first ?? instantOf(ready.lastTransitionTime);
  const message = failing?.message ?? ready.message ?? '';
  return [
    {
      severity: severityOf(node, scene, since),
      node,
      likeness: alike(message, node),
      tell: (who, many) => `${who} ${many ? 'do' : 'does'} not get ready${said(message)}`,
      evidence: failing ? `Event ×${failing.count}` : 'status.conditions[type=Ready]',
      since,
      kubectl: describeLine(node),
    },
  ];
};

const often = 3;

function failingProbe(node: SceneNode, scene: SceneIndex): KubernetesEvent | undefined {
  return scene
    .eventsOf(node)
    .filter(
      ({ reason, count, last }) =>
        reason === 'Unhealthy' && count >= often && scene.now - last < 2 * patience.usual,
    )
    .toSorted((a, b) => b.last - a.last)[0];
}

function severityOf(
  node: SceneNode,
  scene: SceneIndex,
  since: number | undefined,
): Trouble['severity'] {
  if (scene.isOld(node)) {
    return 'note';
  }
  const young = scene.now - (since ?? 0) < patience.usual;
  return young || isStarting(node, scene) ? 'waiting' : 'stuck';
}
