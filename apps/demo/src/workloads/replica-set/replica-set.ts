import { countAt, jsonEquals, objectAt, type JsonObject } from '@kindscope/kube';
import type { Deed } from '../deed.ts';
import { isActive, isOver, isReady, podOf, readySince, removalOf } from '../pods.ts';
import { ownerTrigger, type WorkloadController } from '../workload-controller.ts';
import { isDeleted, nameOf, normal, statusUpdate, uidOf, withoutZeros } from '../write.ts';
import { givenUpFirst } from './ranking.ts';

/** No more than so many at a time (replica_set.go BurstReplicas). */
const burst = 500;

/** Keeps as many pods as each ReplicaSet asks for (pkg/controller/replicaset). */
export const replicaSetController: WorkloadController = {
  component: 'replicaset-controller',
  manager: 'kube-controller-manager',
  resource: 'replicasets',
  triggers: [ownerTrigger('pods', 'ReplicaSet')],
  decide({ object, view, now, random }) {
    const pods = view.ownedBy('pods', uidOf(object));
    const active = pods.filter(isActive);
    const status = statusOf(object, pods, now);
    const deeds = isDeleted(object) ? [] : manage(object, active, now, random);
    if (!jsonEquals(status, objectAt(object, 'status'))) {
      deeds.push(statusUpdate('replicasets', object, status));
    }
    return { deeds, againMs: availableInMs(object, active, now) };
  },
};

function manage(
  object: JsonObject,
  active: readonly JsonObject[],
  now: number,
  random: () => number,
): Deed[] {
  const missing = (countAt(object, 'spec', 'replicas') ?? 1) - active.length;
  if (missing > 0) {
    const template = objectAt(object, 'spec', 'template');
    return Array.from({ length: Math.min(missing, burst) }).flatMap((): Deed[] => {
      const pod = podOf('replicasets', object, template, random);
      return [pod, normal(object, 'SuccessfulCreate', `Created pod: ${pod.name}`)];
    });
  }
  const surplus = givenUpFirst(active, now).slice(0, Math.min(-missing, burst));
  return surplus.flatMap((pod) => [
    removalOf(pod),
    normal(object, 'SuccessfulDelete', `Deleted pod: ${nameOf(pod)}`),
  ]);
}

/** replica_set_utils calculateStatus: of what was there before this look. */
function statusOf(object: JsonObject, pods: readonly JsonObject[], now: number): JsonObject {
  const active = pods.filter(isActive);
  const ready = active.filter(isReady);
  const minReadyMs = minReadyMsOf(object);
  const available = ready.filter((pod) => now >= readySince(pod) + minReadyMs);
  return {
    ...withoutZeros({
      availableReplicas: available.length,
      // Whoever has the owner has the labels of its template: they cannot be changed without its leave.
      fullyLabeledReplicas: active.length,
      observedGeneration: countAt(object, 'metadata', 'generation'),
      readyReplicas: ready.length,
    }),
    replicas: active.length,
    terminatingReplicas: pods.filter((pod) => isDeleted(pod) && !isOver(pod)).length,
  };
}

/** When the next pod will have been ready for long enough. */
function availableInMs(
  object: JsonObject,
  active: readonly JsonObject[],
  now: number,
): number | undefined {
  const minReadyMs = minReadyMsOf(object);
  const waits = active.filter(isReady).map((pod) => readySince(pod) + minReadyMs - now);
  const soonest = Math.min(...waits.filter((wait) => wait > 0));
  return Number.isFinite(soonest) ? soonest : undefined;
}

function minReadyMsOf(object: JsonObject): number {
  return (countAt(object, 'spec', 'minReadySeconds') ?? 0) * 1000;
}
