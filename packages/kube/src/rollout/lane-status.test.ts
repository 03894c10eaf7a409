import { describe, expect, it } from 'vitest';
import { nameOf, recordedRollout } from '../testing/rollouts/recorded.ts';
import { laneStatus } from './lane-status.ts';
import { turnsOf } from './turns.ts';

/** The words of a recorded rollout: of the root, then of what it owns, by name. */
function lanes(name: string): readonly [string, Record<string, string>] {
  const { root, nodes } = recordedRollout(name);
  const turns = turnsOf(root, nodes);
  const told = ({ status, word }: ReturnType<typeof laneStatus>) => `${status}: ${word}`;
  const owned = nodes.map(({ uid, object }) => [
    nameOf(object),
    told(laneStatus(object, turns.get(uid))),
  ]);
  return [told(laneStatus(root)), Object.fromEntries(owned)];
}

describe('laneStatus, as a real control plane rolled', () => {
  it('says of a Deployment that it is on its way, and of its ReplicaSets what they are for', () => {
    expect(lanes('a Deployment half way')).toEqual([
      'working: Progressing',
      {
        'web-6444769cf': 'healthy: Serving',
        'web-6444769cf-ntksm': 'healthy: Ready',
        'web-85d5b476dd': 'working: Ready, not available yet',
        'web-85d5b476dd-kfbxg': 'healthy: Ready',
      },
    ]);
    expect(lanes('a Deployment that is through')).toMatchObject([
      'healthy: Ready',
      { 'web-6444769cf': 'healthy: Scaled down', 'web-85d5b476dd': 'healthy: Ready' },
    ]);
    expect(lanes('a Deployment paused with a new template')[0]).toBe('working: Paused');
    expect(lanes('a Deployment past its deadline')).toMatchObject([
      'failing: Progress deadline exceeded',
      {
        'web-74cd95c7cc': 'healthy: Serving',
        'web-5484b6bc58': 'working: Scaling up, 1 not ready',
        'web-5484b6bc58-72rrw': 'failing: Unschedulable',
      },
    ]);
  });

  it('says where pods are refused', () => {
    const [root, owned] = lanes('a Deployment that a quota holds up');
    expect(root).toBe('working: Cannot create pods');
    expect(owned['many-6444769cf']).toBe('failing: Cannot create pods');
  });

  it('says of StatefulSets and DaemonSets whether they are through', () => {
    expect(lanes('a StatefulSet half way')[0]).toBe('working: Progressing');
    expect(lanes('a StatefulSet brought back and through')[0]).toBe('healthy: Ready');
    expect(lanes('a DaemonSet brought back, half way')[0]).toBe('working: Progressing');
  });

  it('says the step of a canary, and how it was judged', () => {
    expect(lanes('a canary paused')).toMatchObject([
      'working: Paused at step 5 of 6',
      { 'shop-5594ffccb4-2-2': 'healthy: Successful', 'shop-6757d59c7c': 'healthy: Serving' },
    ]);
    expect(lanes('a canary aborted')).toMatchObject([
      'failing: Aborted',
      { 'shop-86cb77c478-4-1': 'failing: Failed: error-rate 0.31' },
    ]);
    expect(lanes('a canary of which the status is of another spec')[0]).toBe(
      'working: Progressing',
    );
    expect(lanes('a blue-green Rollout with a spec that is not valid')[0]).toBe(
      'failing: Invalid spec',
    );
  });

  it('says of Jobs how far they are', () => {
    expect(lanes('a Job that is complete')[0]).toBe('healthy: Completed');
    expect(lanes('a Job past its deadline')[0]).toBe('failing: Deadline exceeded');
    expect(lanes('a CronJob with a Job that runs')[0]).toBe('healthy: Running');
    expect(lanes('a claim that nothing can bind')[0]).toBe('working: Pending');
  });
});

function lane(kind: string, fields: object, turn?: 'new' | 'old'): string {
  const [name = '', group] = kind.split(/\.(.*)/);
  const apiVersion = group === undefined ? 'v1' : `${group}/v1`;
  const { status, word } = laneStatus({ apiVersion, kind: name, ...fields }, turn);
  return `${status}: ${word}`;
}

describe('the lane of a pod', () => {
  const pod = (phase: string, container: object, more: object = {}) =>
    lane('Pod', {
      spec: { containers: [{ name: 'web' }] },
      status: { phase, containerStatuses: [{ name: 'web', ready: false, ...container }], ...more },
    });

  it('says why a container waits, and how often it was started again', () => {
    const waiting = (reason: string) => ({ state: { waiting: { reason } } });
    expect(pod('Pending', waiting('ContainerCreating'))).toBe('working: ContainerCreating');
    expect(pod('Running', { restartCount: 5, ...waiting('CrashLoopBackOff') })).toBe(
      'failing: CrashLoopBackOff ×5',
    );
    expect(pod('Pending', waiting('ImagePullBackOff'))).toBe('failing: ImagePullBackOff');
    expect(pod('Pending', waiting('ErrImageNeverPull'))).toBe('failing: ErrImageNeverPull');
    expect(pod('Running', waiting('CreateContainerError'))).toBe('failing: CreateContainerError');
  });

  it('says how a container ended', () => {
    const ended = (reason: string) => ({
      restartCount: 2,
      state: { terminated: { reason, exitCode: 1 } },
    });
    expect(pod('Running', ended('Error'))).toBe('working: Error ×2');
    expect(pod('Running', ended('OOMKilled'))).toBe('working: OOMKilled ×2');
    expect(pod('Failed', { ...ended('Error'), restartCount: 0 })).toBe('failing: Error');
    expect(pod('Failed', {}, { reason: 'Evicted' })).toBe('failing: Evicted');
    expect(pod('Succeeded', { state: { terminated: { reason: 'Completed', exitCode: 0 } } })).toBe(
      'healthy: Completed',
    );
  });

  it('says that it runs and is not ready', () => {
    const running = { state: { running: {} } };
    const ready = (status: string) => ({ conditions: [{ type: 'Ready', status }] });
    expect(pod('Running', running, ready('False'))).toBe('working: Not ready');
    expect(pod('Running', { ...running, restartCount: 3 }, ready('False'))).toBe(
      'working: Not ready, restarted ×3',
    );
    expect(pod('Running', { ...running, ready: true }, ready('True'))).toBe('healthy: Ready');
  });

  it('says where it has no node', () => {
    const scheduled = (reason: string) => ({
      conditions: [{ type: 'PodScheduled', status: 'False', reason }],
    });
    expect(lane('Pod', { status: { phase: 'Pending', ...scheduled('Unschedulable') } })).toBe(
      'failing: Unschedulable',
    );
    expect(lane('Pod', { status: { phase: 'Pending', ...scheduled('SchedulingGated') } })).toBe(
      'working: Scheduling gated',
    );
    expect(lane('Pod', { status: { phase: 'Pending' } })).toBe('working: Pending');
  });

  it('says of anything that goes that it does', () => {
    const metadata = { deletionTimestamp: '2026-11-22T10:00:00Z' };
    expect(lane('Pod', { metadata, status: { phase: 'Running' } })).toBe('working: Terminating');
    expect(lane('Widget.example.com', { metadata })).toBe('working: Terminating');
  });
});

describe('the lane of a workload', () => {
  const set = (replicas: number, ready: number, turn?: 'new' | 'old', there = replicas) =>
    lane(
      'ReplicaSet.apps',
      {
        spec: { replicas },
        status: {
          replicas: there,
          readyReplicas: ready,
          availableReplicas: ready,
          fullyLabeledReplicas: there,
        },
      },
      turn,
    );

  it('of a ReplicaSet comes up when it is new, and serves when it is old', () => {
    expect(set(3, 1, 'new')).toBe('working: Scaling up, 2 not ready');
    expect(set(3, 1, 'old')).toBe('working: Serving, 2 not ready');
    expect(set(3, 0, 'old')).toBe('working: 3 not ready');
    expect(set(3, 3)).toBe('healthy: Ready');
    expect(set(3, 3, 'old', 5)).toBe('healthy: Serving');
    expect(set(3, 3, 'new', 5)).toBe('working: Scaling down, 2 to go');
    expect(set(0, 0, 'old', 2)).toBe('working: Scaling down, 2 to go');
    expect(set(0, 0, 'new')).toBe('healthy: Scaled down');
  });

  it('of a Deployment that was through says how many are not ready', () => {
    const deployment = (readyReplicas: number, replicas = 3) =>
      lane('Deployment.apps', {
        spec: { replicas },
        status: {
          replicas,
          updatedReplicas: replicas,
          readyReplicas,
          availableReplicas: readyReplicas,
          conditions: [
            { type: 'Available', status: 'True' },
            { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
          ],
        },
      });
    expect(deployment(2)).toBe('working: 1 not ready');
    expect(deployment(3)).toBe('healthy: Ready');
    expect(deployment(0, 0)).toBe('healthy: Scaled down');
  });

  it('of a StatefulSet says where its update stops', () => {
    const statefulSet = (updateStrategy: object, updatedReplicas: number, readyReplicas = 3) =>
      lane('StatefulSet.apps', {
        spec: { replicas: 3, updateStrategy },
        status: {
          replicas: 3,
          readyReplicas,
          updatedReplicas,
          currentRevision: 'a',
          updateRevision: 'b',
        },
      });
    const partitioned = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
    expect(statefulSet(partitioned, 1)).toBe('healthy: Partitioned, 1 of 3 updated');
    expect(statefulSet(partitioned, 0)).toBe('working: Progressing');
    expect(statefulSet({ type: 'OnDelete' }, 0)).toBe('healthy: Updates on delete');
    expect(statefulSet({ type: 'OnDelete' }, 0, 2)).toBe('working: 1 not ready');
  });

  it('of a DaemonSet says that no node is meant', () => {
    const status = { observedGeneration: 1, desiredNumberScheduled: 0 };
    expect(lane('DaemonSet.apps', { metadata: { generation: 1 }, status })).toBe(
      'healthy: No node to run on',
    );
  });

  it('of a DaemonSet says that its update waits for somebody', () => {
    const status = {
      desiredNumberScheduled: 2,
      currentNumberScheduled: 2,
      numberAvailable: 2,
      numberReady: 2,
      observedGeneration: 1,
    };
    const daemonSet = (type: string) =>
      lane('DaemonSet.apps', {
        metadata: { generation: 1 },
        spec: { updateStrategy: { type } },
        status,
      });
    expect(daemonSet('OnDelete')).toBe('healthy: Updates on delete');
    expect(daemonSet('RollingUpdate')).toBe('working: Progressing');
  });

  it('of a Rollout says why it pauses', () => {
    const rollout = (reason: string, spec: object = {}) =>
      lane('Rollout.argoproj.io', {
        spec,
        status: { phase: 'Paused', controllerPause: true, pauseConditions: [{ reason }] },
      });
    expect(rollout('BlueGreenPause')).toBe('working: Paused before promotion');
    expect(rollout('InconclusiveAnalysisRun')).toBe('working: Paused, analysis inconclusive');
    expect(
      lane('Rollout.argoproj.io', {
        status: { phase: 'Paused', controllerPause: true, pauseConditions: [] },
      }),
    ).toBe('working: Progressing');
    expect(
      lane('Rollout.argoproj.io', { spec: { paused: true }, status: { phase: 'Paused' } }),
    ).toBe('working: Paused');
    expect(lane('Rollout.argoproj.io', {})).toBe('working: Progressing');
  });

  it('of a Job says that it runs, and what failed on the way', () => {
    const startTime = '2026-11-22T10:00:00Z';
    expect(lane('Job.batch', { status: { startTime } })).toBe('working: Running');
    expect(lane('Job.batch', { status: { startTime, failed: 2 } })).toBe(
      'working: Running, 2 failed',
    );
    expect(lane('Job.batch', { spec: { suspend: true }, status: {} })).toBe('working: Suspended');
    expect(lane('Job.batch', {})).toBe('working: Not started');
    expect(lane('CronJob.batch', { spec: { suspend: true } })).toBe('healthy: Suspended');
    expect(lane('CronJob.batch', {})).toBe('healthy: Scheduled');
  });
});

describe('the lane of any other kind', () => {
  const widget = (status: object) =>
    lane('Widget.example.com', { metadata: { generation: 2 }, status });
  const condition = (type: string, status: string, reason?: string) =>
    widget({ observedGeneration: 2, conditions: [{ type, status, reason }] });

  it('says the reason of its condition in words', () => {
    expect(condition('Ready', 'False', 'WaitingForDNS')).toBe('working: Waiting for DNS');
    expect(condition('Ready', 'False')).toBe('working: Not ready');
    expect(condition('Ready', 'True', 'Fine')).toBe('healthy: Ready');
    expect(condition('Stalled', 'True', 'ArtifactFailed')).toBe('failing: Artifact failed');
    expect(widget({ observedGeneration: 1 })).toBe('working: Generation not observed yet');
    expect(widget({ observedGeneration: 2 })).toBe('healthy: Ready');
  });

  it('says its phase where that is all it has, and that it is there where it says nothing', () => {
    expect(widget({ phase: 'Running' })).toBe('unknown: Running');
    expect(widget({ phase: ' ' })).toBe('unknown: Present');
    expect(lane('Widget.example.com', {})).toBe('unknown: Present');
    expect(lane('ConfigMap', {})).toBe('healthy: Present');
    expect(lane('PersistentVolumeClaim', { status: { phase: 'Lost' } })).toBe('failing: Lost');
  });
});
