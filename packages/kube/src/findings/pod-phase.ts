import { stringAt } from '../json-access.ts';
import type { SceneNode } from '../rollout/scene.ts';
import { kindOf } from './wording.ts';

/** Whether it is a pod that is to run: neither over nor on its way out. */
export function isLivePod(node: SceneNode): boolean {
  const phase = stringAt(node.object, 'status', 'phase');
  return isPod(node) && !isLeaving(node) && phase !== 'Succeeded' && phase !== 'Failed';
}

export function isPod(node: SceneNode): boolean {
  return !node.metadataOnly && kindOf(node) === 'Pod';
}

/** Whether its deletion was asked for. */
export function isLeaving(node: SceneNode): boolean {
  return stringAt(node.object, 'metadata', 'deletionTimestamp') !== undefined;
}
