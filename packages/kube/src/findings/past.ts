import { conditionOf, isMet } from '../conditions.ts';
import { stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { kindOf } from '../rollout/object-kind.ts';
import { createdAt, greatest, instantAt } from '../rollout/object-reading.ts';
import type { SceneNode } from '../rollout/scene.ts';
import { saysItIsWell } from './own-word.ts';
import type { SceneIndex } from './scene-index.ts';
import { instantOf } from './wording.ts';

/** Whether it was to run to an end, and has done so badly: it does not go on by itself. */
export function hasEndedBadly(object: JsonObject): boolean {
  switch (kindOf(object)) {
    case 'Job.batch':
      return isMet(object, 'Failed');
    case 'AnalysisRun.argoproj.io':
    case 'Experiment.argoproj.io':
      return /^(?:Failed|Error)$/.test(stringAt(object, 'status', 'phase') ?? '');
    default:
      return conditionOf(object, 'Succeeded')?.status === 'False';
  }
}

/**
 * Whether the node, or what owns it, has ended badly and nothing waits for it: its owner or the
 * root says that it is well all the same, or another was made since. Pods have rules of their own.
 */
export function isPast(node: SceneNode, scene: SceneIndex): boolean {
  const owner = scene.nodeOf(node.parent);
  return (
    isOutlived(node, scene) ||
    (owner !== undefined &&
      scene.memo(`past ${owner.uid}`, () =>
        scene.lineOf(owner).some((one) => isOutlived(one, scene)),
      ))
  );
}

function isOutlived(node: SceneNode, scene: SceneIndex): boolean {
  if (node.uid === scene.root.uid || !hasFailed(node.object)) {
    return false;
  }
  const owner = scene.nodeOf(node.parent);
  return isWell(scene.root, scene) || isWell(owner, scene) || hasHeir(node, owner, scene);
}

const failed = /^(?:failed|failure|error|errored)$/i;

function hasFailed(object: JsonObject): boolean {
  return (
    kindOf(object) !== 'Pod' &&
    (hasEndedBadly(object) ||
      ['phase', 'state'].some((field) => failed.test(stringAt(object, 'status', field) ?? '')))
  );
}

function isWell(owner: SceneNode | undefined, scene: SceneIndex): boolean {
  return owner !== undefined && scene.memo(`well ${owner.uid}`, () => saysItIsWell(owner.object));
}

/**
 * Whether its owner made another of its kind after it had ended. One that was made before runs
 * beside it and does not take its place; nor does any where nobody says when it ended.
 */
function hasHeir(node: SceneNode, owner: SceneNode | undefined, scene: SceneIndex): boolean {
  const ended = endOf(node.object);
  if (owner === undefined || ended === undefined) {
    return false;
  }
  const kind = kindOf(node.object);
  const newest = scene.memo(`newest ${kind} of ${owner.uid}`, () =>
    greatest(
      scene
        .childrenOf(owner)
        .flatMap(({ object }) => (kindOf(object) === kind ? [createdAt(object)] : [])),
    ),
  );
  // A creation is told in whole seconds, the end of a custom resource also in parts of one.
  const second = 1000;
  return (newest ?? 0) > createdAt(node.object) && (newest ?? 0) > ended - second;
}

/** The fields in which what runs to an end says when it did. */
const ends = ['completionTime', 'completionTimestamp', 'completedAt', 'finishedAt'];

function endOf(object: JsonObject): number | undefined {
  const told = [
    isMet(object, 'Failed') ? conditionOf(object, 'Failed') : undefined,
    hasEndedBadly(object) ? conditionOf(object, 'Succeeded') : undefined,
  ].flatMap((condition) => instantOf(condition?.lastTransitionTime) ?? []);
  const written = ends.flatMap((field) => instantAt(object, 'status', field) ?? []);
  return greatest([...told, ...written]);
}
