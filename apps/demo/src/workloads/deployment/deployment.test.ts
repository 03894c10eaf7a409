import { countAt, listAt, objectAt, stringAt, valueAt, type JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import {
  activePods,
  countsOf,
  createCluster,
  deploymentIn,
  imageOf,
  judged,
  key,
  messages,
  readyPods,
  webDeployment,
  webTemplate,
} from '../testing/cluster.ts';
import { namesOf, type World } from '../testing/world.ts';
import { timeOf } from '../time.ts';
import { annotation } from './facts.ts';

function running(spec: JsonObject = {}): World {
  const world = createCluster();
  world.put('deployments', webDeployment(spec));
  world.run(30_000);
  return world;
}

function release(world: World, tag: string, cpu?: string): void {
  world.edit('deployments', key, { template: webTemplate(tag, cpu) });
}

/** What a watcher is told of the Deployment, without repetitions. */
function watch(world: World, ms: number, of: (deployment: JsonObject) => string): string[] {
  const told: string[] = [];
  const look = (): void => {
    const now = of(deploymentIn(world));
    if (now !== told.at(-1)) told.push(now);
  };
  look();
  world.run(ms, look);
  return told;
}

const progress = (deployment: JsonObject): string => judged(deployment, 'Progressing');
const revisionOf = (object: JsonObject): string | undefined =>
  stringAt(object, 'metadata', 'annotations', annotation.revision);

describe('the Deployment controller', () => {
  it('rolls out a new Deployment, and says how far it is', () => {
    const world = createCluster();
    world.put('deployments', webDeployment());
    expect(watch(world, 30_000, progress)).toEqual([
      '',
      'True NewReplicaSetCreated',
      'True ReplicaSetUpdated',
      'True NewReplicaSetAvailable',
    ]);
    const deployment = deploymentIn(world);
    expect(countsOf(deployment)).toEqual([3, 3, 3, 3, 0]);
    expect(judged(deployment, 'Available')).toBe('True MinimumReplicasAvailable');
    expect(valueAt(deployment, 'status', 'observedGeneration')).toBe(1);
    expect(revisionOf(deployment)).toBe('1');
    expect(messages(world, 'ScalingReplicaSet')).toEqual([
      'Scaled up replica set 1.0.0 from 0 to 3',
    ]);
  });

  // The messages are those that Kubernetes 1.36 wrote for the same Deployment and the same change.
  it('replaces old pods by new ones in the steps that Kubernetes takes', () => {
    const world = running();
    release(world, '2.0.0');
    world.run(60_000);
    expect(messages(world, 'ScalingReplicaSet').slice(1)).toEqual([
      'Scaled up replica set 2.0.0 from 0 to 1',
      'Scaled down replica set 1.0.0 from 3 to 2',
      'Scaled up replica set 2.0.0 from 1 to 2',
      'Scaled down replica set 1.0.0 from 2 to 1',
      'Scaled up replica set 2.0.0 from 2 to 3',
      'Scaled down replica set 1.0.0 from 1 to 0',
    ]);
    expect(activePods(world).map(imageOf)).toEqual(['2.0.0', '2.0.0', '2.0.0']);
  });

  it.each([
    { replicas: 3, maxSurge: 1, maxUnavailable: 0, most: 4, least: 3 },
    { replicas: 4, maxSurge: 0, maxUnavailable: 2, most: 4, least: 2 },
    { replicas: 10, maxSurge: '25%', maxUnavailable: '25%', most: 13, least: 8 },
    { replicas: 1, maxSurge: 0, maxUnavailable: 0, most: 1, least: 0 },
  ])(
    'keeps within maxSurge $maxSurge and maxUnavailable $maxUnavailable of $replicas',
    ({ replicas, maxSurge, maxUnavailable, most, least }) => {
      const rollingUpdate = { maxSurge, maxUnavailable };
      const world = running({ replicas, strategy: { type: 'RollingUpdate', rollingUpdate } });
      release(world, '2.0.0');
      const seen = { most: 0, least: replicas };
      world.run(120_000, () => {
        seen.most = Math.max(seen.most, activePods(world).length);
        seen.least = Math.min(seen.least, readyPods(world).length);
      });
      expect(countsOf(deploymentIn(world))).toEqual([replicas, replicas, replicas, replicas, 0]);
      expect(seen.most).toBeLessThanOrEqual(most);
      expect(seen.least).toBeGreaterThanOrEqual(least);
    },
  );

  it('gets stuck with an image that cannot be pulled, and says so after its deadline', () => {
    const world = running();
    const since = world.now;
    release(world, '2.0.0-broken');
    expect(watch(world, 90_000, progress)).toEqual([
      'True NewReplicaSetAvailable',
      'True NewReplicaSetCreated',
      'True ReplicaSetUpdated',
      'False ProgressDeadlineExceeded',
    ]);
    const deployment = deploymentIn(world);
    expect(countsOf(deployment)).toEqual([4, 1, 3, 3, 1]);
    expect(judged(deployment, 'Available')).toBe('True MinimumReplicasAvailable');
    const [condition] = listAt(deployment, 'status', 'conditions').filter(
      (entry) => stringAt(entry, 'type') === 'Progressing',
    );
    expect(stringAt(condition, 'message')).toMatch(/^ReplicaSet "web-\w+" has timed out progress/);
    const stuckMs = timeOf(stringAt(condition, 'lastTransitionTime')) - since;
    expect(stuckMs).toBeGreaterThanOrEqual(60_000);
    expect(stuckMs).toBeLessThan(65_000);
  });

  it('takes an undo for a new revision of the old ReplicaSet', () => {
    const world = running();
    const first = namesOf(world.view.all('replicasets'));
    release(world, '2.0.0-broken');
    world.run(90_000);
    release(world, '1.0.0');
    world.run(30_000);
    const sets = [...world.view.all('replicasets')];
    expect(sets.map((set) => [revisionOf(set), countAt(set, 'spec', 'replicas')])).toEqual([
      ['3', 3],
      ['2', 0],
    ]);
    expect(namesOf(sets).slice(0, 1)).toEqual(first);
    expect(stringAt(sets[0], 'metadata', 'annotations', annotation.history)).toBe('1');
    expect(revisionOf(deploymentIn(world))).toBe('3');
    expect(progress(deploymentIn(world))).toBe('True NewReplicaSetAvailable');
  });

  it('removes the oldest revisions beyond revisionHistoryLimit', () => {
    const world = running({ revisionHistoryLimit: 2 });
    for (const tag of ['2.0.0', '3.0.0', '4.0.0', '5.0.0']) {
      release(world, tag);
      world.run(60_000);
    }
    expect([...world.view.all('replicasets')].map(revisionOf)).toEqual(['3', '4', '5']);
  });

  it('does nothing but count while paused, and goes on when resumed', () => {
    const world = running();
    world.edit('deployments', key, { paused: true });
    release(world, '2.0.0');
    expect(watch(world, 90_000, progress).at(-1)).toBe('Unknown DeploymentPaused');
    expect([...world.view.all('replicasets')]).toHaveLength(1);
    expect(countsOf(deploymentIn(world))).toEqual([3, 0, 3, 3, 0]);
    world.edit('deployments', key, { paused: false });
    const told = watch(world, 60_000, progress);
    expect(told.slice(0, 2)).toEqual(['Unknown DeploymentPaused', 'Unknown DeploymentResumed']);
    expect(told.at(-1)).toBe('True NewReplicaSetAvailable');
    expect(activePods(world).map(imageOf)).toEqual(['2.0.0', '2.0.0', '2.0.0']);
  });

  it('scales without rolling out anything', () => {
    const world = running();
    world.edit('deployments', key, { replicas: 5 });
    expect(new Set(watch(world, 30_000, progress))).toEqual(
      new Set(['True NewReplicaSetAvailable']),
    );
    world.edit('deployments', key, { replicas: 0 });
    world.run(30_000);
    expect(messages(world, 'ScalingReplicaSet').slice(1)).toEqual([
      'Scaled up replica set 1.0.0 from 3 to 5',
      'Scaled down replica set 1.0.0 from 5 to 0',
    ]);
    expect(activePods(world)).toEqual([]);
  });

  it('gives each ReplicaSet its share when it is scaled in the middle of a rollout', () => {
    const rollingUpdate = { maxSurge: 3, maxUnavailable: 2 };
    const world = running({ replicas: 10, strategy: { type: 'RollingUpdate', rollingUpdate } });
    release(world, '2.0.0-broken');
    world.run(5_000);
    const sizes = () =>
      Array.from(world.view.all('replicasets'), (set) => countAt(set, 'spec', 'replicas'));
    expect(sizes()).toEqual([8, 5]);
    world.edit('deployments', key, { replicas: 15 });
    world.run(5_000);
    // The example of the documentation (Deployment, Proportional scaling).
    expect(sizes()).toEqual([11, 7]);
  });

  it('with Recreate, lets no new pod begin before the last old one has gone', () => {
    const world = running({ strategy: { type: 'Recreate' } });
    release(world, '2.0.0');
    world.run(60_000, () => {
      const images = Array.from(world.view.all('pods'), imageOf);
      expect(new Set(images).size).toBeLessThanOrEqual(1);
    });
    expect(readyPods(world).map(imageOf)).toEqual(['2.0.0', '2.0.0', '2.0.0']);
  });

  it('rests when there is nothing to do', () => {
    const world = running();
    const seen = JSON.stringify(deploymentIn(world));
    let changes = 0;
    world.run(3_600_000, () => {
      changes += 1;
    });
    // Three nodes renew their leases every ten seconds.
    expect(changes).toBe(3 * 360);
    expect(JSON.stringify(deploymentIn(world))).toBe(seen);
  });

  it('finds another name when somebody else has its ReplicaSet', () => {
    const world = running();
    const [set] = world.view.all('replicasets');
    const { metadata, spec } = set ?? {};
    world.remove('deployments', key);
    world.run(30_000);
    const { name, namespace } = objectAt({ metadata }, 'metadata');
    world.put('replicasets', {
      metadata: { name, namespace },
      spec: { ...objectAt({ spec }, 'spec'), replicas: 0 },
    });
    world.put('deployments', webDeployment());
    world.run(30_000);
    expect(valueAt(deploymentIn(world), 'status', 'collisionCount')).toBe(1);
    expect(countsOf(deploymentIn(world))).toEqual([3, 3, 3, 3, 0]);
  });
});
