import { conditionOf, isMet } from './conditions.ts';
import { countAt, listAt, property, stringAt, valueAt } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** What `kubectl get pods` says of a pod. */
export interface PodStatus {
  readonly ready: number;
  readonly containers: number;
  /** `Running`, `CrashLoopBackOff`, `Init:0/1`, `Terminating`, … */
  readonly status: string;
  readonly restarts: number;
}

/** Sums a pod up in one word and three numbers. Rule: kubernetes `printers.go`, printPod. */
export function podStatus(pod: JsonObject): PodStatus {
  const init = initStatus(pod);
  const started = init.status === undefined || isMet(pod, 'Initialized');
  const main = started ? mainStatus(pod, init.status ?? phaseStatus(pod)) : undefined;
  const sidecars = listAt(pod, 'spec', 'initContainers').filter(isSidecar).length;
  return {
    ready: init.ready + (main?.ready ?? 0),
    containers: listAt(pod, 'spec', 'containers').length + sidecars,
    status: deletionStatus(pod) ?? main?.status ?? init.status ?? '',
    restarts: main === undefined ? init.restarts : init.sidecarRestarts + main.restarts,
  };
}

function phaseStatus(pod: JsonObject): string {
  const gated = conditionOf(pod, 'PodScheduled')?.reason === 'SchedulingGated';
  if (gated) {
    return 'SchedulingGated';
  }
  return nonEmpty(stringAt(pod, 'status', 'reason')) ?? stringAt(pod, 'status', 'phase') ?? '';
}

function deletionStatus(pod: JsonObject): string | undefined {
  if (stringAt(pod, 'metadata', 'deletionTimestamp') === undefined) {
    return undefined;
  }
  if (stringAt(pod, 'status', 'reason') === 'NodeLost') {
    return 'Unknown';
  }
  const phase = stringAt(pod, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed' ? undefined : 'Terminating';
}

interface InitStatus {
  /** Present while the first init container that is not done holds the pod up. */
  readonly status: string | undefined;
  readonly ready: number;
  readonly restarts: number;
  readonly sidecarRestarts: number;
}

function initStatus(pod: JsonObject): InitStatus {
  const specs = listAt(pod, 'spec', 'initContainers');
  const sidecars = new Set(specs.filter(isSidecar).map((spec) => stringAt(spec, 'name')));
  let [ready, restarts, sidecarRestarts] = [0, 0, 0];
  for (const [index, container] of listAt(pod, 'status', 'initContainerStatuses').entries()) {
    const sidecar = sidecars.has(stringAt(container, 'name'));
    const count = countAt(container, 'restartCount') ?? 0;
    restarts += count;
    sidecarRestarts += sidecar ? count : 0;
    if (countAt(container, 'state', 'terminated', 'exitCode') !== 0) {
      if (!sidecar || property(container, 'started') !== true) {
        const reason = initReason(container) ?? `${index}/${specs.length}`;
        return { status: `Init:${reason}`, ready, restarts, sidecarRestarts };
      }
      ready += property(container, 'ready') === true ? 1 : 0;
    }
  }
  return { status: undefined, ready, restarts, sidecarRestarts };
}

function initReason(container: JsonValue): string | undefined {
  if (valueAt(container, 'state', 'terminated') !== undefined) {
    return terminationReason(container);
  }
  const waiting = nonEmpty(stringAt(container, 'state', 'waiting', 'reason'));
  return waiting === 'PodInitializing' ? undefined : waiting;
}

function mainStatus(
  pod: JsonObject,
  otherwise: string,
): { status: string; ready: number; restarts: number } {
  let status = otherwise;
  let [ready, restarts] = [0, 0];
  // The first container's reason wins, as in kubectl, which goes through them from the last.
  for (const container of [...listAt(pod, 'status', 'containerStatuses')].reverse()) {
    restarts += countAt(container, 'restartCount') ?? 0;
    const waiting = nonEmpty(stringAt(container, 'state', 'waiting', 'reason'));
    if (waiting !== undefined) {
      status = waiting;
    } else if (valueAt(container, 'state', 'terminated') !== undefined) {
      status = terminationReason(container);
    } else if (isReadyAndRunning(container)) {
      ready += 1;
    }
  }
  if (status === 'Completed' && ready > 0) {
    status = isMet(pod, 'Ready') ? 'Running' : 'NotReady';
  }
  return { status, ready, restarts };
}

function isReadyAndRunning(container: JsonValue): boolean {
  return (
    property(container, 'ready') === true && valueAt(container, 'state', 'running') !== undefined
  );
}

function terminationReason(container: JsonValue): string {
  const signal = countAt(container, 'state', 'terminated', 'signal') ?? 0;
  return (
    nonEmpty(stringAt(container, 'state', 'terminated', 'reason')) ??
    (signal === 0
      ? `ExitCode:${countAt(container, 'state', 'terminated', 'exitCode') ?? 0}`
      : `Signal:${signal}`)
  );
}

/** An init container that keeps running beside the others (KEP-753). */
function isSidecar(container: JsonValue): boolean {
  return stringAt(container, 'restartPolicy') === 'Always';
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
