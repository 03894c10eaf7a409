import { conditionOf } from '../../conditions.ts';
import type { KubernetesEvent, SceneNode } from '../../rollout/scene.ts';
import { loops } from '../broken.ts';
import type { ContainerState, Termination } from '../container-state.ts';
import type { Rule, Trouble } from '../finding.ts';
import { logsLine } from '../kubectl.ts';
import { isLivePod } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { describeEnd } from '../termination.ts';
import { alike, instantOf } from '../wording.ts';

/** A container that ends and is started again, over and over. */
export const crashLoop: Rule = (node, scene) =>
  isLivePod(node)
    ? scene
        .containersOf(node)
        .filter((container) => loops(container, scene.now))
        .map((container) => troubleOf(node, container, scene))
    : [];

function troubleOf(node: SceneNode, container: ContainerState, scene: SceneIndex): Trouble {
  const { ready, restarts } = container;
  // What is ready is not being held back, whatever it may come to.
  const times = ready ? `${restarts} restarts` : `CrashLoopBackOff ×${restarts}`;
  const end = container.terminated ?? container.last;
  const where = container.init ? ` in init container ${container.name}` : '';
  const why = end === undefined ? '' : `: ${describeEnd(end)}`;
  const count = backOffs(node, scene).reduce((sum, event) => sum + event.count, 0);
  return {
    severity: scene.isOld(node) ? 'note' : 'stuck',
    node,
    likeness: `${container.name} ${alike(`${end?.exitCode} ${end?.reason} ${end?.message}`, node)}`,
    tell: (who, many) =>
      many
        ? `${who} restart over and over${where}${ready ? '' : ' (CrashLoopBackOff)'}${why}`
        : `${who} restarts over and over${where} (${times})${why}`,
    evidence: count === 0 ? `${container.path}.lastState.terminated` : `Event ×${count}`,
    since: sinceOf(node, end, scene),
    kubectl: logsLine(node, container.name, container.terminated === undefined),
  };
}

/** The first back-off that the kubelet told of, or when the pod was last ready, else the end. */
function sinceOf(
  node: SceneNode,
  end: Termination | undefined,
  scene: SceneIndex,
): number | undefined {
  const ready = conditionOf(node.object, 'ContainersReady');
  const instants = [
    ...backOffs(node, scene).map(({ first }) => first),
    ready?.status === 'False' ? instantOf(ready.lastTransitionTime) : undefined,
    end?.finished,
  ].filter((instant) => instant !== undefined);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

function backOffs(node: SceneNode, scene: SceneIndex): readonly KubernetesEvent[] {
  return scene
    .eventsOf(node)
    .filter(({ reason, message }) => reason === 'BackOff' && /restarting/.test(message));
}
