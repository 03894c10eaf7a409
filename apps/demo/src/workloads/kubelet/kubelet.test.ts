import {
  conditionOf,
  countAt,
  isMet,
  listAt,
  objectAt,
  stringAt,
  type JsonObject,
} from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { createCluster, waitingReason } from '../testing/cluster.ts';
import type { World } from '../testing/world.ts';

function put(tag: string, spec: JsonObject = {}, container: JsonObject = {}): World {
  const world = createCluster();
  const main = { name: 'main', image: `registry.example/main:${tag}`, ...container };
  world.put('pods', {
    metadata: { name: 'one', namespace: 't' },
    spec: { containers: [main], ...spec },
  });
  return world;
}

const pod = ({ view }: World): JsonObject => view.get('pods', 't/one') ?? {};
const status = (world: World): JsonObject =>
  objectAt({ first: listAt(pod(world), 'status', 'containerStatuses')[0] }, 'first');

/** As `kubectl get pods -w` would tell it, without repetitions. */
function watch(world: World, ms: number): string[] {
  const told: string[] = [];
  world.run(ms, () => {
    const one = pod(world);
    const terminated = stringAt(status(world), 'state', 'terminated', 'reason');
    const phase = stringAt(one, 'status', 'phase');
    const isLeaving = stringAt(one, 'metadata', 'deletionTimestamp') !== undefined;
    const shown = waitingReason(one) ?? terminated ?? (isLeaving ? 'Terminating' : phase);
    const line = `${isMet(one, 'Ready') ? 'ready' : '-'} ${shown} ${countAt(status(world), 'restartCount') ?? 0}`;
    if (line !== told.at(-1)) told.push(line);
  });
  return told;
}

const reasons = (world: World): string[] => world.events.map(({ reason }) => reason);

describe('the kubelet', () => {
  it('pulls, starts, and finds a container ready', () => {
    const world = put('1.0.0', {}, { readinessProbe: { initialDelaySeconds: 3 } });
    expect(watch(world, 10_000)).toEqual([
      '- undefined 0',
      '- ContainerCreating 0',
      '- Running 0',
      'ready Running 0',
    ]);
    expect(reasons(world)).toEqual(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);
    expect(pod(world)['status']).toMatchObject({
      phase: 'Running',
      hostIP: '10.0.0.11',
      podIP: '10.244.1.2',
      podIPs: [{ ip: '10.244.1.2' }],
      qosClass: 'BestEffort',
      containerStatuses: [{ ready: true, started: true, restartCount: 0, lastState: {} }],
    });
    expect(
      listAt(pod(world), 'status', 'conditions').map((entry) => stringAt(entry, 'type')),
    ).toEqual([
      'PodReadyToStartContainers',
      'Initialized',
      'Ready',
      'ContainersReady',
      'PodScheduled',
    ]);
  });

  it('finds an image present that another pod has brought to the node', () => {
    const world = put('1.0.0');
    world.run(10_000);
    const containers = [{ name: 'main', image: 'registry.example/main:1.0.0' }];
    world.put('pods', {
      metadata: { name: 'two', namespace: 't' },
      spec: { containers, nodeName: 'node-1' },
    });
    world.run(10_000);
    expect(world.events.at(-3)?.message).toBe(
      'Container image "registry.example/main:1.0.0" already present on machine and can be accessed by the pod',
    );
    expect(stringAt(world.view.get('pods', 't/two'), 'status', 'podIP')).toBe('10.244.1.3');
  });

  it('tries an image that cannot be pulled again and again, ever later', () => {
    const world = put('1-broken');
    expect(watch(world, 60_000)).toEqual([
      '- undefined 0',
      '- ContainerCreating 0',
      '- ErrImagePull 0',
      '- ImagePullBackOff 0',
      '- ErrImagePull 0',
      '- ImagePullBackOff 0',
      '- ErrImagePull 0',
      '- ImagePullBackOff 0',
    ]);
    expect(stringAt(pod(world), 'status', 'phase')).toBe('Pending');
    expect(stringAt(status(world), 'state', 'waiting', 'message')).toMatch(
      /^Back-off pulling image "registry\.example\/main:1-broken": ErrImagePull: rpc error: code = NotFound/,
    );
    expect(reasons(world).slice(1, 6)).toEqual([
      'Pulling',
      'Failed',
      'Failed',
      'BackOff',
      'Failed',
    ]);
  });

  it('restarts what crashes: once at once, then after 10 s, 20 s, 40 s', () => {
    const world = put('1-crashing');
    expect(watch(world, 90_000).filter((line) => line.includes('Running'))).toEqual([
      'ready Running 0',
      'ready Running 1',
      'ready Running 2',
      'ready Running 3',
      'ready Running 4',
    ]);
    expect(status(world)['state']).toMatchObject({
      waiting: {
        reason: 'CrashLoopBackOff',
        message: expect.stringMatching(
          /^back-off 1m20s restarting failed container=main pod=one_t\(uid-\d+\)$/,
        ),
      },
    });
    expect(status(world)['lastState']).toMatchObject({
      terminated: { exitCode: 1, reason: 'Error' },
    });
    expect(conditionOf(pod(world), 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [main]',
    });
  });

  it('never finds ready, by its probe, what is about to crash', () => {
    const world = put('1-crashing', {}, { readinessProbe: { initialDelaySeconds: 0 } });
    expect(watch(world, 90_000).filter((line) => line.startsWith('ready'))).toEqual([]);
  });

  it.each([
    ['1.0.0', 'Never', 'Succeeded', 'Completed', 'PodCompleted', 0],
    ['1-failing', 'Never', 'Failed', 'Error', 'PodFailed', 0],
    ['1.0.0', 'OnFailure', 'Succeeded', 'Completed', 'PodCompleted', 0],
  ])(
    'lets %s with restartPolicy %s end as %s',
    (tag, restartPolicy, phase, reason, why, restarts) => {
      const world = put(tag, { restartPolicy });
      world.run(60_000);
      expect(stringAt(pod(world), 'status', 'phase')).toBe(phase);
      expect(status(world)).toMatchObject({
        state: { terminated: { reason } },
        ready: false,
        restartCount: restarts,
      });
      expect(conditionOf(pod(world), 'Ready')?.reason).toBe(why);
    },
  );

  it('stops the containers of a pod that is deleted, says that they have, and lets it go', () => {
    const world = put('1.0.0');
    world.run(10_000);
    world.remove('pods', 't/one');
    expect(watch(world, 10_000).slice(0, 2)).toEqual(['ready Terminating 0', '- Completed 0']);
    expect(world.view.get('pods', 't/one')).toBeUndefined();
    expect(world.events.at(-1)).toMatchObject({
      reason: 'Killing',
      message: 'Stopping container main',
      fieldPath: 'spec.containers{main}',
      host: 'node-1',
    });
  });
});
