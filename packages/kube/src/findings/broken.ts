import type { SceneNode } from '../rollout/scene.ts';
import type { ContainerState } from './container-state.ts';
import { patience } from './patience.ts';
import type { SceneIndex } from './scene-index.ts';

/** Whether a container of the pod ends over and over, or cannot be started. */
export function isBroken(pod: SceneNode, scene: SceneIndex): boolean {
  return scene
    .containersOf(pod)
    .some((container) => loops(container, scene.now) || cannotStart(container));
}

/** So much longer than the time before a container has to run until it is believed. */
const margin = 10_000;

/** One that says that it is ready is believed after so long, however long the time before was. */
const enough = 30_000;

/**
 * Whether a container ends and is started again, over and over: also between two back-offs, while
 * it is ended, and while it runs again and has not yet lived longer than the time before. The first
 * restart is no loop: the kubelet does it at once. It forgets a back-off after a run of ten minutes
 * (twice `MaxContainerBackOff`), and so does this.
 */
export function loops(container: ContainerState, now: number): boolean {
  const { last, ready, restarts, running, terminated, waiting } = container;
  if (waiting !== undefined) {
    return waiting.reason === 'CrashLoopBackOff';
  }
  if (last === undefined) {
    return false;
  }
  if (terminated !== undefined) {
    return restarts > 0 && terminated.exitCode !== 0;
  }
  const before = (last.finished ?? 0) - (last.started ?? 0);
  const age = now - (running ?? 0);
  const doubted = ready ? Math.min(before + margin, enough) : before + margin;
  return restarts > 1 && before < patience.long && age < doubted;
}

/** What every container waits for at first, and the back-off from its end. */
const unremarkable = new Set(['ContainerCreating', 'PodInitializing', 'CrashLoopBackOff']);

/** Whether a container waits for something that is wrong: its image, its configuration. */
export function cannotStart({ waiting }: ContainerState): boolean {
  return waiting !== undefined && !unremarkable.has(waiting.reason);
}
