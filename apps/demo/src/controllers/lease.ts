import { gvrOf } from '../gvr.ts';
import type { Controller } from './controller.ts';

/** The heartbeat of an operator that leads: nothing but a time that moves. */
export const leaseHolder: Controller = {
  manager: 'database-operator',
  gvr: gvrOf('coordination.k8s.io/v1', 'leases'),
  labelSelector: 'app.kubernetes.io/component=leader-election',
  decide({ due, now }) {
    if (!due) return {};
    // Leases alone have times in microseconds.
    const renewTime = new Date(now).toISOString().replace('Z', '000Z');
    return { spec: { renewTime }, nextMs: 10_000 };
  },
};
