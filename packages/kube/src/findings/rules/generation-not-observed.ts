import { listAt, property, stringAt, valueAt } from '../../json-access.ts';
import { generationAt, greatest } from '../../rollout/object-reading.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { patience } from '../patience.ts';
import { isLeaving } from '../pod-phase.ts';
import { instantOf } from '../wording.ts';

/** A controller that has not looked at the newest spec: it is away, or it has more to do than it can. */
export const generationNotObserved: Rule = (node, scene) => {
  const generation = generationAt(node.object, 'metadata', 'generation');
  const observed = generationAt(node.object, 'status', 'observedGeneration');
  if (generation === undefined || observed === undefined || observed >= generation) {
    return [];
  }
  // A field that is taken away leaves no trace among the managers.
  const since = Math.max(specWritten(node) ?? 0, node.countsSince);
  const age = scene.now - since;
  if (isLeaving(node) || age < patience.retry) {
    return [];
  }
  return [
    {
      severity: scene.isOld(node) ? 'note' : age < patience.usual ? 'waiting' : 'stuck',
      node,
      likeness: node.uid,
      tell: (who) =>
        `${who} waits for its controller, which has not looked at generation ${generation} yet (observed ${observed})`,
      evidence: 'status.observedGeneration',
      since,
      kubectl: describeLine(node),
    },
  ];
};

/** When somebody last wrote the object itself, by its field managers. */
function specWritten(node: SceneNode): number | undefined {
  const times = listAt(node.object, 'metadata', 'managedFields').flatMap((entry) =>
    property(entry, 'subresource') === undefined &&
    valueAt(entry, 'fieldsV1', 'f:spec') !== undefined
      ? (instantOf(stringAt(entry, 'time')) ?? [])
      : [],
  );
  return greatest(times);
}
