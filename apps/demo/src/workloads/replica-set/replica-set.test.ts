import { countAt, type JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { instant } from '../../controllers/conditions.ts';
import { activePods, createCluster, key, messages, webTemplate } from '../testing/cluster.ts';
import { namesOf, start, type World } from '../testing/world.ts';
import { givenUpFirst } from './ranking.ts';

function replicaSet(spec: JsonObject): World {
  const world = createCluster();
  const metadata = { name: 'web', namespace: 't' };
  world.put('replicasets', { metadata, spec: { template: webTemplate('1.0.0'), ...spec } });
  return world;
}

const statusOf = ({ view }: World): unknown => view.get('replicasets', key)?.['status'];

describe('the ReplicaSet controller', () => {
  it('creates as many pods as asked for, named after it and controlled by it', () => {
    const world = replicaSet({ replicas: 2 });
    world.run(30_000);
    const pods = activePods(world);
    expect(namesOf(pods)).toEqual([
      expect.stringMatching(/^web-[b-z2-9]{5}$/),
      expect.stringMatching(/^web-[b-z2-9]{5}$/),
    ]);
    expect(pods[0]?.['metadata']).toMatchObject({
      generateName: 'web-',
      labels: { app: 'web' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: 'web',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    });
    expect(statusOf(world)).toEqual({
      availableReplicas: 2,
      fullyLabeledReplicas: 2,
      observedGeneration: 1,
      readyReplicas: 2,
      replicas: 2,
      terminatingReplicas: 0,
    });
  });

  it('puts another in the place of a pod that is deleted, and counts it until it has gone', () => {
    const world = replicaSet({ replicas: 2 });
    world.run(30_000);
    const [gone = ''] = namesOf(activePods(world));
    world.remove('pods', `t/${gone}`);
    const terminating = new Set<unknown>();
    world.run(30_000, () => {
      terminating.add(countAt(world.view.get('replicasets', key), 'status', 'terminatingReplicas'));
    });
    expect(terminating).toEqual(new Set([0, 1]));
    expect(activePods(world)).toHaveLength(2);
    expect(namesOf(activePods(world))).not.toContain(gone);
  });

  it('removes what is too much, and says which', () => {
    const world = replicaSet({ replicas: 3 });
    world.run(30_000);
    const before = namesOf(activePods(world));
    world.edit('replicasets', key, { replicas: 1 });
    world.run(30_000);
    const after = namesOf(activePods(world));
    const removed = before.filter((name) => !after.includes(name));
    expect(after).toHaveLength(1);
    expect(messages(world, 'SuccessfulDelete').sort()).toEqual(
      removed.map((name) => `Deleted pod: ${name}`).sort(),
    );
  });

  it('counts a pod as available only when it has been ready for minReadySeconds', () => {
    const world = replicaSet({ replicas: 1, minReadySeconds: 20 });
    world.run(10_000);
    expect(statusOf(world)).toMatchObject({ readyReplicas: 1 });
    expect(statusOf(world)).not.toHaveProperty('availableReplicas');
    world.run(20_000);
    expect(statusOf(world)).toMatchObject({ availableReplicas: 1 });
  });

  it('gives up in this order: unplaced, pending, unready, cheap, crowded, young', () => {
    const pod = (
      name: string,
      spec: JsonObject,
      ready: boolean,
      ageMs: number,
      cost = 0,
    ): JsonObject => {
      const at = instant(start - ageMs);
      const annotations = { 'controller.kubernetes.io/pod-deletion-cost': String(cost) };
      const condition = { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: at };
      const phase = name === 'pending' ? 'Pending' : 'Running';
      return {
        metadata: { name, uid: name, creationTimestamp: at, annotations },
        spec,
        status: { phase, conditions: [condition] },
      };
    };
    const hour = 3_600_000;
    const pods = [
      pod('old', { nodeName: 'node-1' }, true, 10 * hour),
      pod('young', { nodeName: 'node-2' }, true, hour),
      pod('crowded-1', { nodeName: 'node-3' }, true, 20 * hour),
      pod('crowded-2', { nodeName: 'node-3' }, true, 200 * hour),
      pod('cheap', { nodeName: 'node-4' }, true, 10 * hour, -1),
      pod('unready', { nodeName: 'node-1' }, false, 10 * hour),
      pod('pending', { nodeName: 'node-1' }, false, 10 * hour),
      pod('unplaced', {}, false, 10 * hour),
    ];
    expect(namesOf(givenUpFirst(pods, start))).toEqual([
      'unplaced',
      'pending',
      'unready',
      'cheap',
      'crowded-1',
      'crowded-2',
      'young',
      'old',
    ]);
  });
});
