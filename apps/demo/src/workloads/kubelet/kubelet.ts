import { countAt, jsonEquals, listAt, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';
import type { ClusterView } from '../cluster-view.ts';
import type { Deed } from '../deed.ts';
import { isOver, nodeOf } from '../pods.ts';
import type { WorkloadController, WorkloadDecision, WorkloadLook } from '../workload-controller.ts';
import { isDeleted, statusUpdate } from '../write.ts';
import { announce } from './announce.ts';
import {
  createContainer,
  createRunning,
  nextAt,
  step,
  stopped,
  type Container,
  type Setting,
} from './container.ts';
import { restartPolicyOf } from './fate.ts';
import { podStatus, type Running } from './pod-status.ts';

/** What is remembered of a pod between two looks: what runs on the node. */
export interface PodMemory extends Running {
  /** When its containers will have stopped: it is being deleted. */
  readonly stopAtMs?: number;
}

/** Runs the pods of all nodes: nothing really runs, but all of it is told as if it did. */
export const kubelet: WorkloadController<PodMemory> = {
  component: 'kubelet',
  manager: 'kubelet',
  resource: 'pods',
  triggers: [],
  decide(look) {
    const { object: pod, memory } = look;
    if (nodeOf(pod) === undefined) return { deeds: [] };
    if (isDeleted(pod)) return stop(look, memory ?? { ...accept(look), containers: [] });
    if (isOver(pod)) return { deeds: [] };
    return run(look, memory ?? accept(look));
  },
};

function run(look: WorkloadLook<PodMemory>, memory: PodMemory): WorkloadDecision<PodMemory> {
  const { object: pod, now } = look;
  const steps = memory.containers.map((container) => {
    const setting = settingOf(look, container);
    const { container: next, told } = step(container, setting, now);
    return { told, before: container, next, at: nextAt(next, setting, now) };
  });
  const next = { ...memory, containers: steps.map((taken) => taken.next) };
  const announcements = steps.flatMap(({ told, before }) =>
    told.flatMap((what) => announce(pod, before, what, now - before.state.since)),
  );
  const soonest = Math.min(...steps.map(({ at }) => at ?? Number.POSITIVE_INFINITY));
  return {
    deeds: [...announcements, ...report(pod, next, now)],
    memory: next,
    againMs: Number.isFinite(soonest) ? Math.max(0, soonest - now) : undefined,
  };
}

/** Its containers get a moment to end; then its status says so, and it is gone. */
function stop(look: WorkloadLook<PodMemory>, memory: PodMemory): WorkloadDecision<PodMemory> {
  const { object: pod, now, random } = look;
  const running = memory.containers.filter(({ state }) => state.kind === 'running');
  if (memory.stopAtMs === undefined) {
    const graceMs = (countAt(pod, 'metadata', 'deletionGracePeriodSeconds') ?? 30) * 1000;
    const takesMs = running.length === 0 ? 0 : Math.min(graceMs, 400 + 1400 * random());
    return {
      deeds: running.flatMap((container) => announce(pod, container, 'killing', 0)),
      memory: { ...memory, stopAtMs: now + takesMs },
      againMs: takesMs,
    };
  }
  if (now < memory.stopAtMs) return { deeds: [], againMs: memory.stopAtMs - now };
  const next = {
    ...memory,
    containers: memory.containers.map((container) => stopped(container, now)),
  };
  const said = next.containers.length > 0 ? report(pod, next, now) : [];
  const removal: Deed = { kind: 'remove', resource: 'pods', object: pod, graceSeconds: 0 };
  return { deeds: [...said, removal], memory: next };
}

function report(pod: JsonObject, running: Running, now: number): Deed[] {
  const status = podStatus(pod, running, now);
  return jsonEquals(status, objectAt(pod, 'status')) ? [] : [statusUpdate('pods', pod, status)];
}

/** A pod that has just been given to its node. */
function accept({ object: pod, view, now, random, beginning }: WorkloadLook<PodMemory>): PodMemory {
  const node = view.get('nodes', `/${nodeOf(pod)}`);
  const address = listAt(node, 'status', 'addresses').find(
    (entry) => stringAt(entry, 'type') === 'InternalIP',
  );
  return {
    containers: listAt(pod, 'spec', 'containers').map((container) => {
      const name = stringAt(container, 'name') ?? '';
      const image = stringAt(container, 'image') ?? '';
      return beginning
        ? createRunning(name, image, now)
        : createContainer(name, image, now, random);
    }),
    hostIP: stringAt(address, 'address') ?? '',
    podIP: freeAddress(stringAt(node, 'spec', 'podCIDR') ?? '10.244.0.0/24', view),
    startTime: instant(now),
  };
}

/** The first address of the node's range that no pod has. */
function freeAddress(range: string, view: ClusterView): string {
  const prefix = range.replace(/\d+\/\d+$/, '');
  const taken = new Set(Array.from(view.all('pods'), (pod) => stringAt(pod, 'status', 'podIP')));
  let last = 2;
  while (taken.has(`${prefix}${last}`)) last += 1;
  return `${prefix}${last}`;
}

function settingOf(look: WorkloadLook<PodMemory>, container: Container): Setting {
  const { object: pod, random } = look;
  return {
    restartPolicy: restartPolicyOf(pod),
    readyMs: readyMsOf(pod, container.name, random),
    present: container.state.kind === 'creating' && isPresent(look, container.image),
    random,
  };
}

/** A readiness probe takes its delay, and a moment to be asked. */
function readyMsOf(pod: JsonObject, name: string, random: () => number): number {
  const container = listAt(pod, 'spec', 'containers').find(
    (entry) => stringAt(entry, 'name') === name,
  );
  const probe = objectAt(container, 'readinessProbe');
  if (Object.keys(probe).length === 0) return 0;
  return (countAt(probe, 'initialDelaySeconds') ?? 0) * 1000 + 500 + 1000 * random();
}

/** Another pod has brought that image to the node. */
function isPresent({ object: pod, view }: WorkloadLook<PodMemory>, image: string): boolean {
  for (const other of view.all('pods')) {
    if (nodeOf(other) !== nodeOf(pod)) continue;
    const statuses = listAt(other, 'status', 'containerStatuses');
    if (
      statuses.some(
        (status) =>
          stringAt(status, 'image') === image && 'containerID' in objectAt({ status }, 'status'),
      )
    ) {
      return true;
    }
  }
  return false;
}
