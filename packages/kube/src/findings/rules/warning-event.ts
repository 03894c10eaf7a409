import { healthOf } from '../../health.ts';
import type { KubernetesEvent, SceneNode } from '../../rollout/scene.ts';
import type { Rule, Severity } from '../finding.ts';
import { eventsLine } from '../kubectl.ts';
import { patience } from '../patience.ts';
import { isLeaving, isPod } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { alike, said } from '../wording.ts';

/**
 * A Warning that is said again and again about an object that is not well. What a start gives and
 * gets over is said a few times at most; what other rules tell of is left to them.
 */
export const warningEvent: Rule = (node, scene) => {
  const events = scene.eventsOf(node).filter((event) => isTelling(event, scene.now));
  return events.length === 0 || isLeaving(node) || healthOf(node.object).status === 'healthy'
    ? []
    : events.map((event) => ({
        severity: severityOf(node, event, scene),
        node,
        likeness: `${event.reason} ${alike(event.message, node)}`,
        tell: (who, many) =>
          `${who} ${many ? 'have' : 'has'} warnings, ${event.reason}${said(event.message)}`,
        evidence: `Event ×${event.count}`,
        since: event.first,
        kubectl: eventsLine(node),
      }));
};

const often = 3;

/** Told by rules of their own. */
const toldElsewhere = new Set([
  'BackOff',
  'BackoffLimitExceeded',
  'Failed',
  'FailedBinding',
  'FailedCreate',
  'FailedScheduling',
  'ProvisioningFailed',
  'RolloutAborted',
  'Unhealthy',
]);

function isTelling({ type, reason, count, last }: KubernetesEvent, now: number): boolean {
  const recent = now - last < 3 * patience.usual;
  return type === 'Warning' && count >= often && recent && !toldElsewhere.has(reason);
}

/** The kubelet cannot make the pod: its volumes, its network. Rule: kubelet `events/event.go`. */
const preparation =
  /^(?:FailedMount|FailedAttachVolume|FailedMapVolume|FailedCreatePodSandBox|FailedCreatePodContainer|NetworkNotReady|FailedToRetrieveImagePullSecret)$/;

function severityOf(node: SceneNode, event: KubernetesEvent, scene: SceneIndex): Severity {
  if (scene.isOld(node)) {
    return 'note';
  }
  const prepares = isPod(node) && !scene.containersOf(node).some(({ running }) => running);
  const late = scene.now - event.first > 2 * patience.ending;
  return prepares && late && preparation.test(event.reason) ? 'stuck' : 'waiting';
}
