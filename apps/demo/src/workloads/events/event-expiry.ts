import { stringAt } from '@kindscope/kube';
import { timeOf } from '../time.ts';
import type { WorkloadController } from '../workload-controller.ts';

/** kube-apiserver --event-ttl: after so long without news an Event is gone. */
const keptMs = 3_600_000;

/** Lets Events go, as etcd's leases do in a real cluster. */
export const eventExpiry: WorkloadController = {
  component: 'event-expiry',
  manager: 'kube-apiserver',
  resource: 'events',
  triggers: [],
  decide({ object, now }) {
    const last =
      stringAt(object, 'series', 'lastObservedTime') ??
      stringAt(object, 'lastTimestamp') ??
      stringAt(object, 'metadata', 'creationTimestamp');
    const leftMs = timeOf(last) + keptMs - now;
    return leftMs > 0
      ? { deeds: [], againMs: leftMs }
      : { deeds: [{ kind: 'remove', resource: 'events', object }] };
  },
};
