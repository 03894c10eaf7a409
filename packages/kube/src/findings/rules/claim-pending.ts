import { stringAt } from '../../json-access.ts';
import type { Rule } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { patience } from '../patience.ts';
import { isLeaving } from '../pod-phase.ts';
import { alike, instantOf, said } from '../wording.ts';

/**
 * A PersistentVolumeClaim for which there is no volume. One that waits for its first pod is as it
 * should be. Rule: kubernetes `pkg/controller/volume/events/event.go`.
 */
export const claimPending: Rule = (node, scene) => {
  const pending = stringAt(node.object, 'status', 'phase') === 'Pending';
  const events = scene.eventsOf(node).toSorted((a, b) => b.last - a.last);
  const awaitsPod = events[0]?.reason === 'WaitForFirstConsumer';
  if (!pending || awaitsPod || isLeaving(node)) {
    return [];
  }
  const failure = events.find(({ reason }) =>
    /^(?:ProvisioningFailed|FailedBinding)$/.test(reason),
  );
  const created = instantOf(stringAt(node.object, 'metadata', 'creationTimestamp'));
  const since = failure?.first ?? created;
  const age = scene.now - (since ?? 0);
  if (failure === undefined && age < patience.retry) {
    return [];
  }
  const late = age > (failure === undefined ? patience.usual : 2 * patience.ending);
  return [
    {
      severity: scene.isOld(node) ? 'note' : late ? 'stuck' : 'waiting',
      node,
      likeness: alike(failure?.message ?? '', node),
      tell: (who, many) => `${who} ${many ? 'have' : 'has'} no volume yet${said(failure?.message)}`,
      evidence: failure === undefined ? 'status.phase' : `Event ×${failure.count}`,
      since,
      kubectl: describeLine(node),
    },
  ];
};
