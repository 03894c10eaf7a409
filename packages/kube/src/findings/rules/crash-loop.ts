import { conditionOf } from '../../conditions.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import { containersOf, type ContainerState, type Termination } from '../container-state.ts';
import type { Rule, Trouble } from '../finding.ts';
import { logsLine } from '../kubectl.ts';
import { patience } from '../patience.ts';
import { isLivePod } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { describeEnd } from '../termination.ts';
import { alike, instantOf } from '../wording.ts';

/** A container that ends and is started again, over and over. */
export const crashLoop: Rule = (node, scene) =>
  isLivePod(node)
    ? containersOf(node)
        .filter((container) => loops(container, scene.now))
        .map((container) => troubleOf(node, container, scene))
    : [];

/** So much longer than the time before a container has to run until it is believed. */
const margin = 10_000;

/**
 * Also between two back-offs: while it is ended, and while it runs again and has not yet lived
 * longer than the time before. The first restart is no loop: the kubelet does it at once. It
 * forgets a back-off after a run of ten minutes (twice `MaxContainerBackOff`), and so does this.
 */
function loops(container: ContainerState, now: number): boolean {
  if (container.waiting !== undefined) {
    return container.waiting.reason === 'CrashLoopBackOff';
  }
  const { last, restarts, running, terminated } = container;
  if (last === undefined) {
    return false;
  }
  if (terminated !== undefined) {
    return restarts > 0 && !(container.init && terminated.exitCode === 0);
  }
  const before = (last.finished ?? 0) - (last.started ?? 0);
  return (
    restarts > 1 &&
    before < patience.long &&
    running !== undefined &&
    now - running < before + margin
  );
}

function troubleOf(node: SceneNode, container: ContainerState, scene: SceneIndex): Trouble {
  const end = container.terminated ?? container.last;
  const where = container.init ? ` in init container ${container.name}` : '';
  const why = end === undefined ? '' : `: ${describeEnd(end)}`;
  return {
    severity: scene.isOld(node) ? 'note' : 'stuck',
    node,
    likeness: `${container.name} ${alike(`${end?.exitCode} ${end?.reason} ${end?.message}`, node)}`,
    tell: (who, many) =>
      many
        ? `${who} restart over and over${where} (CrashLoopBackOff)${why}`
        : `${who} restarts over and over${where} (CrashLoopBackOff ×${container.restarts})${why}`,
    evidence: `${container.path}.${container.waiting ? 'state.waiting' : 'lastState.terminated'}`,
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
    ...scene.eventsOf(node).flatMap(({ reason, first }) => (reason === 'BackOff' ? [first] : [])),
    ready?.status === 'False' ? instantOf(ready.lastTransitionTime) : undefined,
    end?.finished,
  ].filter((instant) => instant !== undefined);
  return instants.length === 0 ? undefined : Math.min(...instants);
}
