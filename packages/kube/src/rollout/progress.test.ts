import { describe, expect, it } from 'vitest';
import { recordedRollout } from '../testing/rollouts/recorded.ts';
import { rolloutProgress } from './progress.ts';

const on = (time: string) => Date.parse(`2026-11-22T${time}Z`);

function progress(name: string): object {
  const { root, nodes } = recordedRollout(name);
  return rolloutProgress(root, nodes);
}

describe('rolloutProgress, as a real control plane rolled', () => {
  it('begins with the new ReplicaSet and ends with the condition', () => {
    const half = progress('a Deployment half way');
    expect(half).toEqual({
      ready: { is: 4, of: 3 },
      updated: { is: 1, of: 3 },
      revision: '2',
      started: on('21:40:18'),
    });
    expect(progress('a Deployment that is through')).toEqual({
      ready: { is: 3, of: 3 },
      updated: { is: 3, of: 3 },
      revision: '2',
      started: on('21:40:18'),
      ended: on('21:40:24'),
    });
  });

  it('begins with the write of the template where an earlier version is brought back', () => {
    expect(progress('a Deployment brought back and through')).toMatchObject({
      revision: '3',
      started: on('21:40:39'),
      ended: on('21:40:45'),
    });
    expect(progress('a StatefulSet brought back and through')).toEqual({
      ready: { is: 3, of: 3 },
      updated: { is: 3, of: 3 },
      revision: '3',
      started: on('21:40:39'),
    });
    expect(progress('a DaemonSet brought back, half way')).toEqual({
      ready: { is: 3, of: 3 },
      updated: { is: 1, of: 3 },
      revision: '3',
      started: on('21:40:39'),
    });
  });

  it('does not take the end of the rollout before for the end of this one', () => {
    expect(
      progress('a Deployment brought back, its condition still of the rollout before'),
    ).not.toHaveProperty('ended');
  });

  it('does not begin while nothing is made of the new template', () => {
    expect(progress('a Deployment paused with a new template')).not.toHaveProperty('started');
  });

  it('begins with the write of the template where only the root is known', () => {
    const { root } = recordedRollout('a Deployment half way');
    expect(rolloutProgress(root, [])).toMatchObject({ started: on('21:40:18') });
    const stale = 'a Deployment brought back, its condition still of the rollout before';
    expect(rolloutProgress(recordedRollout(stale).root, [])).not.toHaveProperty('ended');
  });

  it('says the step and the share of a canary', () => {
    expect(progress('a canary paused')).toEqual({
      ready: { is: 5, of: 5 },
      updated: { is: 3, of: 5 },
      step: { is: 4, of: 6, text: 'pause until promoted' },
      weight: 60,
      revision: '2',
      started: on('21:40:18'),
    });
    expect(progress('a canary aborted')).toMatchObject({
      updated: { is: 0, of: 5 },
      step: { is: 0, of: 3, text: 'aborted' },
      weight: 0,
    });
  });

  it('gives no counts of a spec that the controller has not seen', () => {
    const told = progress('a canary of which the status is of another spec');
    expect(told).not.toHaveProperty('updated');
    expect(told).not.toHaveProperty('weight');
    expect(told).toMatchObject({ revision: '3', started: on('21:41:09') });
  });

  it('goes by the Job, and for a CronJob by its last one', () => {
    expect(progress('a Job that is complete')).toEqual({
      ready: { is: 3, of: 3 },
      started: on('21:37:58'),
      ended: on('21:38:01'),
    });
    expect(progress('a Job past its deadline')).toMatchObject({
      started: on('21:42:28'),
      ended: on('21:42:31'),
    });
    expect(progress('a CronJob with a Job that runs')).not.toHaveProperty('ended');
    const status = { startTime: '2026-11-22T21:37:58Z', completionTime: '08' };
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: {}, spec: {}, status };
    expect(rolloutProgress(job, [])).not.toHaveProperty('ended');
  });
});

describe('rolloutProgress of any kind', () => {
  const metadata = {
    uid: 'a',
    generation: 2,
    creationTimestamp: '2026-11-22T10:00:00Z',
    managedFields: [
      { manager: 'kubectl', time: '2026-11-22T11:00:00Z', fieldsV1: { 'f:spec': {} } },
      {
        manager: 'hpa',
        subresource: 'scale',
        time: '2026-11-22T12:00:00Z',
        fieldsV1: { 'f:spec': {} },
      },
      {
        manager: 'operator',
        subresource: 'status',
        time: '2026-11-22T13:00:00Z',
        fieldsV1: { 'f:status': {} },
      },
    ],
  };
  const object = (lastTransitionTime: string, observedGeneration = 2) => ({
    metadata,
    status: {
      observedGeneration,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime }],
    },
  });

  it('lasts from the last write of the spec until the condition is met', () => {
    expect(rolloutProgress(object('2026-11-22T11:05:00Z'), [])).toEqual({
      started: on('11:00:00'),
      ended: on('11:05:00'),
    });
  });

  it('has no end where the condition was met before, or is of another generation', () => {
    expect(rolloutProgress(object('2026-11-22T10:05:00Z'), [])).not.toHaveProperty('ended');
    expect(rolloutProgress(object('2026-11-22T11:05:00Z', 1), [])).not.toHaveProperty('ended');
  });
});
