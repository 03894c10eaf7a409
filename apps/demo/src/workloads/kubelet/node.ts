import { conditionOf, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';
import type { Deed } from '../deed.ts';
import { microInstant } from '../events/event.ts';
import { timeOf } from '../time.ts';
import type { WorkloadController } from '../workload-controller.ts';
import { nameOf, statusUpdate, uidOf } from '../write.ts';

/** kubelet: nodeLeaseDurationSeconds, renewed four times as often. */
const leaseSeconds = 40;
const renewMs = 10_000;

const leaseNamespace = 'kube-node-lease';

/** Says what each node is, once, and then that it is there, by its Lease. */
export const nodeHeartbeat: WorkloadController = {
  component: 'kubelet',
  manager: 'kubelet',
  resource: 'nodes',
  triggers: [],
  decide({ object: node, view, now }) {
    const deeds: Deed[] = [];
    if (conditionOf(node, 'Ready') === undefined) {
      deeds.push(statusUpdate('nodes', node, statusOf(node, now)));
    }
    const lease = view.get('leases', `${leaseNamespace}/${nameOf(node)}`);
    const renewedAt = timeOf(stringAt(lease, 'spec', 'renewTime'));
    const dueInMs = renewedAt + renewMs - now;
    if (dueInMs > 0) return { deeds, againMs: dueInMs };
    const spec = { ...objectAt(lease, 'spec'), renewTime: microInstant(now) };
    deeds.push(
      lease === undefined
        ? { kind: 'create', resource: 'leases', object: newLease(node, now) }
        : { kind: 'update', resource: 'leases', object: { ...lease, spec } },
    );
    return { deeds, againMs: renewMs };
  },
};

function newLease(node: JsonObject, now: number): JsonObject {
  const name = nameOf(node);
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name,
      namespace: leaseNamespace,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid: uidOf(node) }],
    },
    spec: {
      holderIdentity: name,
      leaseDurationSeconds: leaseSeconds,
      renewTime: microInstant(now),
    },
  };
}

const pressures = [
  ['MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
] as const;

function statusOf(node: JsonObject, now: number): JsonObject {
  const at = instant(now);
  const name = nameOf(node);
  const number = Number(/\d+$/.exec(name)?.[0] ?? 0);
  const condition = (
    type: string,
    status: string,
    reason: string,
    message: string,
  ): JsonObject => ({
    type,
    status,
    lastHeartbeatTime: at,
    lastTransitionTime: at,
    reason,
    message,
  });
  return {
    addresses: [
      { type: 'InternalIP', address: `10.0.0.${10 + number}` },
      { type: 'Hostname', address: name },
    ],
    capacity: { cpu: '8', memory: '32Gi', pods: '110', 'ephemeral-storage': '100Gi' },
    allocatable: { cpu: '7800m', memory: '30Gi', pods: '110', 'ephemeral-storage': '90Gi' },
    conditions: [
      ...pressures.map(([type, reason, message]) => condition(type, 'False', reason, message)),
      condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
    nodeInfo: {
      architecture: 'amd64',
      bootID: uidOf(node),
      containerRuntimeVersion: 'containerd://2.2.1',
      kernelVersion: '6.12.0',
      kubeProxyVersion: '',
      kubeletVersion: 'v1.36.0',
      machineID: uidOf(node).replaceAll('-', ''),
      operatingSystem: 'linux',
      osImage: 'Demo Linux',
      systemUUID: uidOf(node),
    },
  };
}
