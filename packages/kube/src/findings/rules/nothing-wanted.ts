import { countAt } from '../../json-access.ts';
import type { Rule } from '../finding.ts';
import { describeLine } from '../kubectl.ts';

/** A DaemonSet that fits no node is healthy with no pod, which is seldom what was meant. */
export const nothingWanted: Rule = (node, scene) => {
  const observed = countAt(node.object, 'status', 'observedGeneration') !== undefined;
  const wanted = countAt(node.object, 'status', 'desiredNumberScheduled');
  return !observed || wanted !== 0 || scene.isOld(node)
    ? []
    : [
        {
          severity: 'note',
          node,
          likeness: node.uid,
          tell: (who) => `${who} wants no pod: no node matches its node selector and affinity`,
          evidence: 'status.desiredNumberScheduled',
          kubectl: describeLine(node),
        },
      ];
};
