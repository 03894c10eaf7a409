import { isJsonObject, listAt, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';
import type { ClusterView } from '../cluster-view.ts';
import { nodeOf, isOver } from '../pods.ts';
import type { WorkloadController, WorkloadDecision, WorkloadLook } from '../workload-controller.ts';
import { isDeleted, keyOf, statusUpdate } from '../write.ts';
import { isHopeless, obstacles, placesOf, type Place } from './fit.ts';

/** Gives each pod to the node that has the fewest, of those that have room for it. */
export const scheduler: WorkloadController = {
  component: 'default-scheduler',
  manager: 'kube-scheduler',
  resource: 'pods',
  triggers: [
    { resource: 'nodes', keys: (_, view) => waiting(view) },
    { resource: 'pods', keys: ({ gone }, view) => (gone ? waiting(view) : []) },
  ],
  decide(look) {
    const { object: pod, view } = look;
    if (nodeOf(pod) !== undefined || isDeleted(pod) || isOver(pod)) return { deeds: [] };
    if ((stringAt(pod, 'spec', 'schedulerName') ?? 'default-scheduler') !== 'default-scheduler') {
      return { deeds: [] };
    }
    const places = placesOf(view.all('nodes'), view.all('pods'));
    const [best] = places
      .filter((place) => obstacles(place, pod).length === 0)
      .sort((a, b) => a.pods - b.pods || (a.name < b.name ? -1 : 1));
    return best === undefined ? put(look, places) : bind(pod, best.name);
  },
};

function bind(pod: JsonObject, node: string): WorkloadDecision {
  const message = `Successfully assigned ${keyOf(pod)} to ${node}`;
  return {
    deeds: [
      { kind: 'bind', pod, node },
      {
        kind: 'announce',
        about: pod,
        type: 'Normal',
        reason: 'Scheduled',
        message,
        action: 'Binding',
      },
    ],
  };
}

/** Puts it off until a pod goes or a node changes, and says why, once. */
function put({ object: pod, now }: WorkloadLook, places: readonly Place[]): WorkloadDecision {
  const message = whyNot(places, pod);
  const conditions = listAt(pod, 'status', 'conditions').filter((entry) => isJsonObject(entry));
  const before = conditions.find((condition) => condition['type'] === 'PodScheduled');
  if (before?.['message'] === message) return { deeds: [] };
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: before?.['lastTransitionTime'] ?? instant(now),
    reason: 'Unschedulable',
    message,
  };
  const others = conditions.filter((entry) => entry !== before);
  const status = { ...objectAt(pod, 'status'), conditions: [...others, condition] };
  return {
    deeds: [
      statusUpdate('pods', pod, status),
      {
        kind: 'announce',
        about: pod,
        type: 'Warning',
        reason: 'FailedScheduling',
        message,
        action: 'Scheduling',
      },
    ],
  };
}

/** framework FitError, and what preemption would have to say. */
function whyNot(places: readonly Place[], pod: JsonObject): string {
  const all = places.length;
  if (all === 0) return 'no nodes available to schedule pods';
  const reasons = Map.groupBy(
    places.flatMap((place) => obstacles(place, pod)),
    (reason) => reason,
  );
  const counted = Array.from(reasons, ([reason, times]) => `${times.length} ${reason}`).sort();
  const hopeless = places.filter((place) => isHopeless(place, pod)).length;
  const preempted = [
    ...(hopeless > 0 ? [`${hopeless} Preemption is not helpful for scheduling`] : []),
    ...(hopeless < all ? [`${all - hopeless} No preemption victims found for incoming pod`] : []),
  ].sort();
  return `0/${all} nodes are available: ${counted.join(', ')}. no new claims to deallocate, preemption: 0/${all} nodes are available: ${preempted.join(', ')}.`;
}

function* waiting(view: ClusterView): Iterable<string> {
  for (const pod of view.all('pods')) {
    if (nodeOf(pod) === undefined) yield keyOf(pod);
  }
}
