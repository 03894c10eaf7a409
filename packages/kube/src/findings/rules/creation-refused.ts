import { conditionOf } from '../../conditions.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule, Severity } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { saysItIsWell } from '../own-word.ts';
import { patience } from '../patience.ts';
import { isLeaving } from '../pod-phase.ts';
import { makesRoom } from '../room.ts';
import type { SceneIndex } from '../scene-index.ts';
import { alike, instantOf, kindOf, said } from '../wording.ts';

/**
 * A controller whose objects the API server refuses to take: a quota, an admission policy or
 * webhook. A ReplicaSet says so in a condition (kubernetes `replica_set_utils.go`,
 * calculateStatus), others only in an Event.
 */
export const creationRefused: Rule = (node, scene) => {
  const refusal = isLeaving(node) ? undefined : (byCondition(node, scene) ?? byEvent(node, scene));
  if (refusal === undefined) {
    return [];
  }
  return [
    {
      severity: severityOf(node, scene, refusal.since),
      node,
      likeness: alike(refusal.message, node),
      tell: (who) => `${who} cannot create ${whatOf(refusal)}${said(refusal.message)}`,
      evidence: refusal.evidence,
      since: refusal.since,
      kubectl: describeLine(node),
    },
  ];
};

interface Refusal {
  readonly message: string;
  readonly evidence: string;
  readonly since: number | undefined;
}

function whatOf({ message }: Refusal): string {
  return /\bpods?\b/i.test(message) ? 'its pods' : 'what it owns';
}

/** A Deployment repeats what its ReplicaSet says. */
function byCondition(node: SceneNode, scene: SceneIndex): Refusal | undefined {
  const failure = failureOf(node);
  const repeated =
    kindOf(node) === 'Deployment.apps' &&
    scene.childrenOf(node).some((child) => failureOf(child) !== undefined);
  return failure === undefined || repeated
    ? undefined
    : {
        message: failure.message ?? '',
        evidence: 'status.conditions[type=ReplicaFailure]',
        since: instantOf(failure.lastTransitionTime),
      };
}

function failureOf(node: SceneNode) {
  const failure = conditionOf(node.object, 'ReplicaFailure');
  return failure?.status === 'True' ? failure : undefined;
}

/**
 * The last word about creating counts, unless the object has become well without: it stays for an
 * hour, until the Events are gone.
 */
function byEvent(node: SceneNode, scene: SceneIndex): Refusal | undefined {
  const events = scene.eventsOf(node);
  const failures = events.filter(
    ({ reason, message }) => reason === 'FailedCreate' && /forbidden|denied|quota/.test(message),
  );
  const last = failures.toSorted((a, b) => b.last - a.last)[0];
  const created = events.some(
    ({ reason, last: at }) => reason === 'SuccessfulCreate' && at >= (last?.last ?? 0),
  );
  const elsewhere = kindOf(node) === 'ReplicaSet.apps';
  if (last === undefined || created || elsewhere || saysItIsWell(node.object)) {
    return undefined;
  }
  const count = failures.reduce((sum, event) => sum + event.count, 0);
  return {
    message: last.message,
    evidence: count > 1 ? `Event ×${count}` : 'Event',
    since: Math.min(...failures.map(({ first }) => first)),
  };
}

/** A new namespace has no service account for a moment. */
function severityOf(node: SceneNode, scene: SceneIndex, since: number | undefined): Severity {
  if (scene.isOld(node)) {
    return 'note';
  }
  const young = scene.now - (since ?? 0) < patience.retry;
  return young || makesRoom(scene, since ?? 0) ? 'waiting' : 'stuck';
}
