import { isMet } from '../conditions.ts';
import { stringAt } from '../json-access.ts';
import type { SceneNode } from '../rollout/scene.ts';
import { patience } from './patience.ts';
import { isLivePod, isPod } from './pod-phase.ts';
import type { SceneIndex } from './scene-index.ts';
import { isStarting } from './starting.ts';
import { instantOf } from './wording.ts';

/**
 * Whether the rollout itself is about to make room for pods that were refused or that found no
 * node since then: old pods leave, or they are to leave once a new one that is starting is ready;
 * or they have just left, and who was refused has yet to try again.
 */
export function makesRoom(scene: SceneIndex, since: number): boolean {
  const { leaving, old, starting } = scene.memo('pods', () => survey(scene));
  return leaving || (old && starting) || hasJustMade(scene, since);
}

function survey(scene: SceneIndex) {
  return {
    leaving: scene.nodes.some((node) => leaves(node, scene.now)),
    old: scene.nodes.some((node) => isLivePod(node) && scene.isOld(node)),
    starting: scene.nodes.some(
      (node) => isStarting(node, scene) && !scene.isOld(node) && isMet(node.object, 'PodScheduled'),
    ),
  };
}

/** A pod that is being deleted; `deletionTimestamp` is when it has to be gone. */
function leaves(node: SceneNode, now: number): boolean {
  const due = instantOf(stringAt(node.object, 'metadata', 'deletionTimestamp'));
  return isPod(node) && due !== undefined && now < due + patience.ending;
}

/**
 * Controllers and the scheduler wait twice as long after each refusal: at worst as long again as
 * it had been until the room was made.
 */
function hasJustMade(scene: SceneIndex, since: number): boolean {
  const made = scene.memo('deleted', () =>
    Math.max(
      0,
      ...scene.nodes.flatMap((node) =>
        scene
          .eventsOf(node)
          .flatMap(({ reason, last }) => (reason === 'SuccessfulDelete' ? [last] : [])),
      ),
    ),
  );
  return made >= since && scene.now < made + 2 * (made - since) + patience.ending;
}
