import {
  countAt,
  isJsonObject,
  listAt,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';
import type { Phase } from '../pods.ts';
import { isDeleted, keyOf, uidOf } from '../write.ts';
import { containerStatus } from './container-status.ts';
import type { Container } from './container.ts';
import { isRestarted, restartPolicyOf } from './fate.ts';

/** What the kubelet knows of a pod. */
export interface Running {
  readonly containers: readonly Container[];
  readonly hostIP: string;
  readonly podIP: string;
  readonly startTime: string;
}

/** `NAME_NAMESPACE(UID)`. */
export function podId(pod: JsonObject): string {
  const [namespace, name] = keyOf(pod).split('/');
  return `${name}_${namespace}(${uidOf(pod)})`;
}

/** pkg/kubelet/status/generate.go: a pod's status from its containers. */
export function podStatus(pod: JsonObject, running: Running, now: number): JsonObject {
  const { containers, hostIP, podIP, startTime } = running;
  const statuses = containers.map((container) => containerStatus(container, podId(pod), now));
  const phase = phaseFrom(pod, containers);
  const hasSandbox = containers.every(({ state }) => state.kind !== 'creating');
  const isOver = phase === 'Succeeded' || phase === 'Failed';
  return {
    conditions: conditionsFrom(pod, { statuses, phase, sandbox: hasSandbox && !isOver, now }),
    containerStatuses: statuses,
    hostIP,
    hostIPs: [{ ip: hostIP }],
    observedGeneration: countAt(pod, 'metadata', 'generation'),
    phase,
    ...(hasSandbox && { podIP, podIPs: [{ ip: podIP }] }),
    qosClass: stringAt(pod, 'status', 'qosClass') ?? qosClass(pod),
    startTime,
  };
}

/** kubelet_pods.go getPhase. */
function phaseFrom(pod: JsonObject, containers: readonly Container[]): Phase {
  if (containers.some(({ state, restarts }) => restarts === 0 && isWaiting(state.kind))) {
    return 'Pending';
  }
  const exits = containers.flatMap(({ state }) => (state.kind === 'exited' ? [state.exit] : []));
  const policy = restartPolicyOf(pod);
  const runsOn = exits.some(({ exitCode }) => !isDeleted(pod) && isRestarted(policy, exitCode));
  if (runsOn || exits.length < containers.length) return 'Running';
  return exits.every(({ exitCode }) => exitCode === 0) ? 'Succeeded' : 'Failed';
}

function isWaiting(kind: Container['state']['kind']): boolean {
  return kind !== 'running' && kind !== 'exited' && kind !== 'crashBackOff';
}

interface Found {
  readonly statuses: readonly JsonObject[];
  readonly phase: Phase;
  readonly sandbox: boolean;
  readonly now: number;
}

function conditionsFrom(pod: JsonObject, found: Found): readonly JsonObject[] {
  const held = listAt(pod, 'status', 'conditions').filter((entry) => isJsonObject(entry));
  const ready = readiness(found);
  const initialized = found.phase === 'Succeeded' ? { reason: 'PodCompleted' } : {};
  const wanted: readonly (readonly [string, boolean, JsonObject])[] = [
    ['PodReadyToStartContainers', found.sandbox, {}],
    ['Initialized', true, initialized],
    ['Ready', ready.met, ready.why],
    ['ContainersReady', ready.met, ready.why],
    ['PodScheduled', true, {}],
  ];
  const generation = countAt(pod, 'metadata', 'generation');
  return wanted.map(([type, met, why]) => {
    const status = met ? 'True' : 'False';
    const before = held.find((condition) => condition['type'] === type);
    const since: JsonValue | undefined =
      before?.['status'] === status ? before['lastTransitionTime'] : undefined;
    return {
      lastProbeTime: null,
      lastTransitionTime: since ?? instant(found.now),
      ...why,
      ...(generation !== undefined && { observedGeneration: generation }),
      status,
      type,
    };
  });
}

function readiness({ statuses, phase }: Found): {
  readonly met: boolean;
  readonly why: JsonObject;
} {
  if (phase === 'Succeeded') return { met: false, why: { reason: 'PodCompleted' } };
  if (phase === 'Failed') return { met: false, why: { reason: 'PodFailed' } };
  const unready = statuses.filter((status) => status['ready'] !== true);
  if (unready.length === 0) return { met: true, why: {} };
  const names = unready.map((status) => stringAt(status, 'name')).join(' ');
  const message = `containers with unready status: [${names}]`;
  return { met: false, why: { message, reason: 'ContainersNotReady' } };
}

/** pkg/apis/core/helper/qos. */
function qosClass(pod: JsonObject): string {
  const resources = listAt(pod, 'spec', 'containers').map((container) => ({
    requests: objectAt(container, 'resources', 'requests'),
    limits: objectAt(container, 'resources', 'limits'),
  }));
  const amounts = resources.flatMap(({ requests, limits }) => [requests, limits]);
  if (amounts.every((amount) => Object.keys(amount).length === 0)) return 'BestEffort';
  const guaranteed = resources.every(({ requests, limits }) =>
    ['cpu', 'memory'].every(
      (what) => limits[what] !== undefined && (requests[what] ?? limits[what]) === limits[what],
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
