import { describe, expect, it } from 'vitest';
import { diffObjects } from '../diff.ts';
import { recordedRollout } from '../testing/rollouts/recorded.ts';
import { podTemplateOf } from './pod-template.ts';
import { templatesOf } from './templates.ts';

function templates(name: string) {
  const { root, owned } = recordedRollout(name);
  return templatesOf(root, owned);
}

/** Each version's difference from the one before it. */
function differences(name: string): unknown {
  const list = templates(name);
  return list.slice(0, -1).map((one, at) => {
    const before = list[at + 1]?.template ?? {};
    return [one.revision, one.current, diffObjects(before, one.template).map(({ path }) => path)];
  });
}

describe('templatesOf, as a real control plane rolled', () => {
  it('has what somebody changed, and nothing of what the controller adds', () => {
    expect(differences('a Deployment past its deadline')).toEqual([
      ['5', true, ['spec.nodeSelector']],
      ['4', false, ['spec.containers[name=web].image']],
      ['3', false, ['spec.containers[name=web].image']],
    ]);
    expect(differences('a StatefulSet half way')).toEqual([
      ['2', true, ['spec.containers[name=db].image']],
    ]);
    expect(differences('a DaemonSet brought back, half way')).toEqual([
      ['3', true, ['spec.containers[name=agent].image']],
    ]);
  });

  it('has nothing of the labels that Argo puts on canary and stable pods', () => {
    expect(differences('a canary aborted')).toEqual([
      ['4', true, ['spec.containers[name=shop].image']],
      ['3', false, ['spec.containers[name=shop].image']],
      ['2', false, ['spec.containers[name=shop].image']],
    ]);
    expect(templates('a canary aborted')[0]?.template['metadata']).toEqual({
      labels: { app: 'shop' },
    });
  });

  it('orders by revision, so that what was brought back is the newest', () => {
    expect(templates('a Deployment brought back and through').map(({ name }) => name)).toEqual([
      'web-6444769cf',
      'web-85d5b476dd',
    ]);
  });

  it('leaves out what another object owns, and is empty for any other kind', () => {
    const { root, owned } = recordedRollout('a Deployment half way');
    const other = { ...root, metadata: { name: 'web', uid: 'another' } };
    expect(templatesOf(other, owned)).toEqual([]);
    expect(templatesOf(recordedRollout('a Job that is complete').root, owned)).toEqual([]);
  });
});

describe('podTemplateOf', () => {
  it('leaves out the rule with which Argo keeps versions apart on nodes, and no other', () => {
    const term = (key: string) => ({
      topologyKey: 'kubernetes.io/hostname',
      labelSelector: { matchExpressions: [{ key, operator: 'NotIn', values: ['1'] }] },
    });
    const replicaSet = (...terms: readonly object[]) =>
      podTemplateOf({
        metadata: { labels: { 'rollouts-pod-template-hash': '1' } },
        spec: {
          template: {
            spec: {
              affinity: {
                podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms },
              },
            },
          },
        },
      } as never);
    const injected = term('rollouts-pod-template-hash');
    expect(replicaSet(injected)).toEqual({ spec: {} });
    expect(JSON.stringify(replicaSet(injected, term('app')))).toBe(
      JSON.stringify(replicaSet(term('app'))),
    );
  });
});
