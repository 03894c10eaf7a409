import { stringAt, type JsonObject } from '@kindscope/kube';
import { isReady, mostRestarts, nodeOf, phaseOf, readySince } from '../pods.ts';
import { timeOf } from '../time.ts';
import { uidOf } from '../write.ts';

/**
 * In which order pods are given up (controller_utils ActivePodsWithRanks): those not yet placed, not running or
 * not ready first; then cheap ones, those that share their node with most of their kind, and younger ones,
 * where ages that hardly differ are one.
 */
export function givenUpFirst(pods: readonly JsonObject[], now: number): readonly JsonObject[] {
  const crowds = Map.groupBy(pods.filter(isReady), (pod) => nodeOf(pod));
  const crowd = (pod: JsonObject): number => crowds.get(nodeOf(pod))?.length ?? 0;
  return pods.toSorted(
    (a, b) =>
      order(nodeOf(a) !== undefined, nodeOf(b) !== undefined) ||
      order(phaseOf(a) === 'Running', phaseOf(b) === 'Running') ||
      order(isReady(a), isReady(b)) ||
      cost(a) - cost(b) ||
      crowd(b) - crowd(a) ||
      ageRank(readySince(a), now) - ageRank(readySince(b), now) ||
      mostRestarts(b) - mostRestarts(a) ||
      ageRank(createdAt(a), now) - ageRank(createdAt(b), now) ||
      order(uidOf(a) > uidOf(b), uidOf(b) > uidOf(a)),
  );
}

function order(a: boolean, b: boolean): number {
  return Number(a) - Number(b);
}

function cost(pod: JsonObject): number {
  const key = 'controller.kubernetes.io/pod-deletion-cost';
  return Number.parseInt(stringAt(pod, 'metadata', 'annotations', key) ?? '0', 10) || 0;
}

function createdAt(pod: JsonObject): number {
  return timeOf(stringAt(pod, 'metadata', 'creationTimestamp'));
}

/** KEP-2185: by orders of magnitude. */
function ageRank(since: number, now: number): number {
  return since === 0 ? -1 : Math.floor(Math.log2(Math.max(1, now - since) * 1e6));
}
