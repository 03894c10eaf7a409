import type { Change } from '@kindscope/protocol';

let last = 0;

/** A change of an imaginary Rollout; tests say what matters to them. */
export function aChange(facts: Partial<Change> = {}): Change {
  last += 1;
  return {
    id: last,
    resource: { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' },
    kind: 'Rollout',
    namespace: 'shop',
    name: 'checkout',
    uid: 'uid-checkout',
    from: '1001',
    to: '1002',
    seen: 'watch',
    time: '2026-11-22T14:12:08.412Z',
    classes: ['status'],
    fields: [],
    managers: [],
    ...facts,
  };
}
