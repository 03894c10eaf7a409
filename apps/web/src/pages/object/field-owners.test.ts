import type { JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { fieldOwners } from './field-owners.ts';
import { kubectlLine } from './kubectl-line.ts';

const object: JsonObject = {
  metadata: {
    finalizers: ['example.com/hold'],
    labels: { 'app.kubernetes.io/name': 'web' },
    managedFields: [
      {
        manager: 'helm',
        operation: 'Apply',
        time: '2026-01-01T00:00:00Z',
        fieldsV1: {
          'f:metadata': {
            'f:labels': { 'f:app.kubernetes.io/name': {} },
            'f:finalizers': { 'v:"example.com/hold"': {} },
          },
          'f:spec': {
            'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {}, 'f:name': {} } },
            'f:affinity': {},
            'f:args': { 'i:1': {} },
          },
        },
      },
      {
        manager: 'kubectl-set',
        operation: 'Update',
        time: '2026-02-01T00:00:00Z',
        fieldsV1: {
          'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:image': {} } } },
        },
      },
    ],
  },
  spec: {
    containers: [{ name: 'proxy' }, { name: 'web', image: 'web:1' }],
    affinity: { nodeAffinity: { weight: 1 } },
    args: ['a', 'b'],
  },
};

const names = (path: string) => fieldOwners(object)(path).map(({ manager }) => manager);

describe('the owners of a field', () => {
  it('are those whose field set has it, who wrote last first', () => {
    expect(names('spec.containers[name=web].image')).toEqual(['kubectl-set', 'helm']);
    expect(names("metadata.labels['app.kubernetes.io/name']")).toEqual(['helm']);
  });

  it('find list items by key, by value and by place', () => {
    expect(names('spec.containers[name=web]')).toEqual(['helm']);
    expect(names('spec.containers[name=proxy].name')).toEqual([]);
    expect(names('metadata.finalizers[0]')).toEqual(['helm']);
    expect(names('spec.args[1]')).toEqual(['helm']);
    expect(names('spec.args[0]')).toEqual([]);
  });

  it('own what is inside a value that is owned whole, and not what only leads to a field', () => {
    expect(names('spec.affinity.nodeAffinity.weight')).toEqual(['helm']);
    expect(names('spec')).toEqual([]);
    expect(names('spec.containers')).toEqual([]);
  });
});

describe('the kubectl line', () => {
  it('names version and group, which a short name would leave open', () => {
    const rollouts = { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' };
    expect(kubectlLine(rollouts, 'shop', 'checkout')).toBe(
      'kubectl get rollouts.v1alpha1.argoproj.io checkout -n shop -o yaml',
    );
    expect(kubectlLine({ group: '', version: 'v1', resource: 'nodes' }, '', 'a')).toBe(
      'kubectl get nodes a -o yaml',
    );
  });
});
