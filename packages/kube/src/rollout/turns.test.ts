import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { nameOf, recordedRollout } from '../testing/rollouts/recorded.ts';
import { turnsOf } from './turns.ts';

/** The turns of a recorded rollout, by name. */
function turns(name: string): Record<string, string> {
  const { root, nodes } = recordedRollout(name);
  const told = turnsOf(root, nodes);
  return Object.fromEntries(
    nodes.map(({ uid, object }) => [nameOf(object), told.get(uid) ?? 'none']),
  );
}

describe('turnsOf, as a real control plane rolled', () => {
  it('takes the ReplicaSet of a Deployment that makes the same pods for the new one', () => {
    expect(turns('a Deployment half way')).toEqual({
      'web-6444769cf': 'old',
      'web-6444769cf-ntksm': 'old',
      'web-85d5b476dd': 'new',
      'web-85d5b476dd-kfbxg': 'new',
    });
  });

  it('does so before the controller says it, when an old version is brought back', () => {
    expect(
      turns('a Deployment brought back, its condition still of the rollout before'),
    ).toMatchObject({ 'web-6444769cf': 'new', 'web-85d5b476dd': 'old' });
  });

  it('has no new ReplicaSet while a paused Deployment makes none of its new template', () => {
    expect(turns('a Deployment paused with a new template')).toMatchObject({
      'web-6444769cf': 'old',
      'web-85d5b476dd': 'old',
    });
  });

  it('goes by the revisions of a StatefulSet and of a DaemonSet', () => {
    expect(turns('a StatefulSet half way')).toMatchObject({
      'db-6bcb98b9b4': 'old',
      'db-86d9d467b7': 'new',
      'db-0': 'old',
      'db-2': 'new',
    });
    expect(turns('a DaemonSet brought back, half way')).toMatchObject({
      'agent-bfb574866': 'new',
      'agent-5f67f9d5b9': 'old',
    });
  });

  it('goes by the hash in the status of a Rollout, analyses too', () => {
    expect(turns('a canary paused')).toMatchObject({
      'shop-6757d59c7c': 'old',
      'shop-5594ffccb4': 'new',
      'shop-5594ffccb4-2-2': 'new',
    });
  });

  it('goes by the revision while that status is of another spec', () => {
    expect(turns('a canary of which the status is of another spec')).toMatchObject({
      'shop-6757d59c7c': 'old',
      'shop-5594ffccb4': 'old',
      'shop-5594ffccb4-2-2': 'old',
      'shop-54cb6dcc4c': 'new',
    });
  });

  it('keeps the aborted version for the new one', () => {
    expect(turns('a canary aborted')).toMatchObject({
      'shop-6757d59c7c': 'old',
      'shop-86cb77c478': 'new',
      'shop-86cb77c478-4-1': 'new',
    });
  });

  it('takes the last Job of a CronJob for the new one', () => {
    const jobs = recordedRollout('a CronJob with a Job that runs').nodes;
    const told = turns('a CronJob with a Job that runs');
    expect(Object.values(told).filter((turn) => turn === 'none')).toEqual([]);
    const last = jobs
      .map(({ object }) => nameOf(object))
      .filter((name) => !/-\w{5}$/.test(name))
      .sort()
      .at(-1);
    expect(told[last ?? '']).toBe('new');
  });
});

const reference = (uid: string, kind: string, more: object = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { uid, name: uid, generation: 1, ...more },
  status: { observedGeneration: 1 },
});

describe('turnsOf', () => {
  it('tells apart what a nested workload owns, and keeps what is under an old one old', () => {
    const annotations = (revision: string) => ({
      annotations: { 'deployment.kubernetes.io/revision': revision },
    });
    const root = { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { uid: 'shop' } };
    const nodes = [
      { uid: 'web', parent: 'shop', object: reference('web', 'Deployment') },
      { uid: 'a', parent: 'web', object: reference('a', 'ReplicaSet', annotations('9')) },
      { uid: 'b', parent: 'web', object: reference('b', 'ReplicaSet', annotations('10')) },
      { uid: 'nested', parent: 'a', object: reference('nested', 'Deployment') },
      { uid: 'c', parent: 'nested', object: reference('c', 'ReplicaSet', annotations('1')) },
    ];
    expect(Object.fromEntries(turnsOf(root, nodes))).toEqual({
      a: 'old',
      b: 'new',
      nested: 'old',
      c: 'old',
    });
  });

  it('ends where owners go round in a circle, and leaves out what hangs in the air', () => {
    const root = { ...reference('a', 'Deployment'), metadata: { uid: 'a' } };
    const nodes = [
      { uid: 'a', parent: 'b', object: root },
      { uid: 'b', parent: 'a', object: reference('b', 'ReplicaSet') },
      { uid: 'x', parent: 'gone', object: reference('x', 'ReplicaSet') },
    ];
    expect([...turnsOf(root, nodes).keys()]).toEqual(['b']);
  });

  it('tells nothing apart under any other kind', () => {
    const root = { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { uid: 'shop' } };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { uid: 'pod' } };
    expect(turnsOf(root, [{ uid: 'pod', parent: 'shop', object: pod }]).size).toBe(0);
  });
});
