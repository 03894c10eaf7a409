import { conditionOf, isMet } from '../conditions.ts';
import { objectAt, property, stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import type { Health } from '../object-health.ts';
import type { LaneStatus } from './lane-rule.ts';
import { isObserved, updatesOnDelete, wholeAt } from './object-reading.ts';
import type { Turn } from './scene.ts';
import { inWords } from './words.ts';

const refused = 'Cannot create pods';
const onDelete = 'Updates on delete';
/** They have not been ready for `minReadySeconds`. */
const unavailable = 'Ready, not available yet';

/** A ReplicaSet, seen from what it is for: to come up if it is the new one, else to serve and go. */
export function replicaSetLane(
  object: JsonObject,
  { status }: Required<Health>,
  turn: Turn | undefined,
): LaneStatus {
  const wanted = wholeAt(object, 'spec', 'replicas') ?? 1;
  const there = wholeAt(object, 'status', 'replicas') ?? 0;
  const ready = wholeAt(object, 'status', 'readyReplicas') ?? 0;
  if (isMet(object, 'ReplicaFailure')) {
    return { status: 'failing', word: refused };
  }
  if (wanted === 0) {
    return there === 0
      ? { status: isObserved(object) ? 'healthy' : status, word: 'Scaled down' }
      : { status: 'working', word: `Scaling down, ${there} to go` };
  }
  if (ready < wanted) {
    return { status: 'working', word: shortage(wanted - ready, ready, turn) };
  }
  if (turn === 'old') {
    return { status: 'healthy', word: 'Serving' };
  }
  if (there > wanted) {
    return { status: 'working', word: `Scaling down, ${there - wanted} to go` };
  }
  return { status, word: status === 'healthy' ? 'Ready' : unavailable };
}

function shortage(missing: number, ready: number, turn: Turn | undefined): string {
  if (turn === 'old') {
    return ready > 0 ? `Serving, ${missing} not ready` : `${missing} not ready`;
  }
  return `Scaling up, ${missing} not ready`;
}

/** A Deployment's bar says little: the counts stand beside it, and its ReplicaSets say more. */
export function deploymentLane(object: JsonObject, health: Required<Health>): LaneStatus {
  const wanted = wholeAt(object, 'spec', 'replicas') ?? 1;
  const updated = wholeAt(object, 'status', 'updatedReplicas') ?? 0;
  const through = conditionOf(object, 'Progressing')?.reason === 'NewReplicaSetAvailable';
  if (health.status === 'failing') {
    return { status: 'failing', word: inWords(health.reason) };
  }
  if (property(objectAt(object, 'spec'), 'paused') === true) {
    return { status: 'working', word: 'Paused' };
  }
  if (isMet(object, 'ReplicaFailure')) {
    return { status: 'working', word: refused };
  }
  const ready = wholeAt(object, 'status', 'readyReplicas') ?? 0;
  return running(object, health.status, { wanted, ready, rolled: through && updated >= wanted });
}

export function statefulSetLane(object: JsonObject, health: Required<Health>): LaneStatus {
  const wanted = wholeAt(object, 'spec', 'replicas') ?? 1;
  const updated = wholeAt(object, 'status', 'updatedReplicas') ?? 0;
  const ready = wholeAt(object, 'status', 'readyReplicas') ?? 0;
  const same =
    stringAt(object, 'status', 'currentRevision') === stringAt(object, 'status', 'updateRevision');
  if (same && isObserved(object) && (wholeAt(object, 'status', 'replicas') ?? 0) < wanted) {
    return { status: 'working', word: `Scaling up, ${wanted - ready} not ready` };
  }
  const manual = updatesOnDelete(object);
  const lane = running(object, health.status, { wanted, ready, rolled: same || manual });
  if (lane.word !== 'Ready' || same || updated >= wanted) {
    return lane;
  }
  return { ...lane, word: manual ? onDelete : `Partitioned, ${updated} of ${wanted} updated` };
}

export function daemonSetLane(object: JsonObject, health: Required<Health>): LaneStatus {
  const wanted = wholeAt(object, 'status', 'desiredNumberScheduled') ?? 0;
  const ready = wholeAt(object, 'status', 'numberReady') ?? 0;
  const updated = (wholeAt(object, 'status', 'updatedNumberScheduled') ?? 0) >= wanted;
  const rolled = updated || updatesOnDelete(object);
  const lane = running(object, health.status, { wanted, ready, rolled });
  if (lane.word === 'Scaled down') {
    return { ...lane, word: 'No node to run on' };
  }
  return lane.word === 'Ready' && !updated ? { ...lane, word: onDelete } : lane;
}

/** A workload that neither fails nor waits for somebody. */
function running(
  object: JsonObject,
  status: Health['status'],
  counts: { readonly wanted: number; readonly ready: number; readonly rolled: boolean },
): LaneStatus {
  const { wanted, ready, rolled } = counts;
  if (isObserved(object) && rolled && ready < wanted) {
    return { status: 'working', word: `${wanted - ready} not ready` };
  }
  if (status !== 'healthy') {
    return { status, word: isObserved(object) && rolled ? unavailable : 'Progressing' };
  }
  return { status, word: wanted === 0 ? 'Scaled down' : 'Ready' };
}
