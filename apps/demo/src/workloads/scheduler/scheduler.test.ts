import { conditionOf, stringAt, type JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { nodeOf } from '../pods.ts';
import { createCluster } from '../testing/cluster.ts';
import type { World } from '../testing/world.ts';
import { quantity } from './quantity.ts';

function put(world: World, name: string, requests: JsonObject, spec: JsonObject = {}): void {
  const containers = [{ name: 'main', image: 'registry.example/main:1', resources: { requests } }];
  world.put('pods', { metadata: { name, namespace: 't' }, spec: { containers, ...spec } });
  world.run(1_000);
}

const pod = (world: World, name: string): JsonObject => world.view.get('pods', `t/${name}`) ?? {};
const whyNot = (world: World, name: string): string | undefined =>
  conditionOf(pod(world, name), 'PodScheduled')?.message;

describe('the scheduler', () => {
  it('spreads pods over the nodes', () => {
    const world = createCluster();
    for (const name of ['a', 'b', 'c', 'd']) put(world, name, { cpu: '100m' });
    const nodes = ['a', 'b', 'c', 'd'].map((name) => nodeOf(pod(world, name)));
    expect(nodes).toEqual(['node-1', 'node-2', 'node-3', 'node-1']);
    expect(world.events.filter(({ reason }) => reason === 'Scheduled')[3]?.message).toBe(
      'Successfully assigned t/d to node-1',
    );
  });

  // The words are those of kube-scheduler 1.36 for the same pod.
  it('says why a pod fits nowhere', () => {
    const world = createCluster();
    put(world, 'large', { cpu: '100' });
    const message =
      '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
    expect(conditionOf(pod(world, 'large'), 'PodScheduled')).toMatchObject({
      status: 'False',
      reason: 'Unschedulable',
      message,
    });
    expect(world.events).toMatchObject([
      { type: 'Warning', reason: 'FailedScheduling', message, action: 'Scheduling' },
    ]);
    world.run(600_000);
    expect(world.events).toHaveLength(1);
  });

  it('says so when there would be room if others went, and uses it when they go', () => {
    const world = createCluster();
    for (const name of ['a', 'b', 'c']) put(world, name, { cpu: '7' });
    put(world, 'late', { cpu: '2', memory: '1Gi' });
    expect(whyNot(world, 'late')).toBe(
      '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
    );
    world.remove('pods', 't/b');
    world.run(5_000);
    expect(nodeOf(pod(world, 'late'))).toBe('node-2');
    expect(stringAt(pod(world, 'late'), 'status', 'phase')).toBe('Running');
  });

  it('passes over nodes that are cordoned or not selected', () => {
    const world = createCluster();
    world.edit('nodes', '/node-1', { unschedulable: true });
    const nodeSelector = { 'kubernetes.io/hostname': 'node-2' };
    put(world, 'picky', { cpu: '1' }, { nodeSelector });
    expect(nodeOf(pod(world, 'picky'))).toBe('node-2');
    put(world, 'lost', { memory: '64Ti' }, { nodeSelector });
    expect(whyNot(world, 'lost')).toContain(
      "0/3 nodes are available: 1 Insufficient memory, 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) were unschedulable.",
    );
  });

  it('leaves pods of another scheduler alone', () => {
    const world = createCluster();
    put(world, 'foreign', {}, { schedulerName: 'other' });
    expect(nodeOf(pod(world, 'foreign'))).toBeUndefined();
  });

  it.each([
    ['250m', 0.25],
    ['2', 2],
    [3, 3],
    ['64Mi', 67_108_864],
    ['1.5Gi', 1_610_612_736],
    ['1e3', 1000],
    ['2k', 2000],
    ['nonsense', 0],
    [undefined, 0],
  ])('reads the quantity %s', (text, value) => {
    expect(quantity(text)).toBe(value);
  });
});
