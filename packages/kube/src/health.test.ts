import { describe, expect, it } from 'vitest';
import { healthOf } from './health.ts';
import type { JsonObject } from './json.ts';
import { parseJson } from './lossless-json.ts';
import { podStatus } from './pod-status.ts';
import upstream from './testing/upstream/health.json' with { type: 'json' };

const words: Record<string, string> = {
  Current: 'healthy',
  InProgress: 'working',
  Terminating: 'working',
  Failed: 'failing',
  Unknown: 'unknown',
};

/** Where we are meant to be stricter than kstatus; undefined where we are not. */
function stricter(object: JsonObject, status: string): string | undefined {
  const text = JSON.stringify(object['status'] ?? null);
  switch (object['kind']) {
    case 'Pod':
      // kstatus has a failed pod as current, and an image that cannot be pulled as in progress.
      if (status === 'healthy' && text.includes('"phase":"Failed"')) {
        return 'failing';
      }
      return status === 'working' && /ImagePullBackOff|Unschedulable|CrashLoopBackOff/.test(text)
        ? 'failing'
        : undefined;
    case 'StatefulSet':
      // kstatus asks nothing of one that updates on delete.
      return text !== 'null' && JSON.stringify(object['spec']).includes('"OnDelete"')
        ? 'working'
        : undefined;
    case 'Job':
      // Both at once: the failure counts.
      return text.includes('"type":"Failed","status":"True"') ? 'failing' : undefined;
    case 'Widget':
      if (text.includes('"type":"Stalled","status":"True"')) {
        return 'failing';
      }
      return text === 'null' || text === '{}' || text === '{"conditions":[]}'
        ? 'unknown'
        : undefined;
    default:
      return undefined;
  }
}

function status(fields: object, kind = 'Widget', apiVersion = 'example.com/v1'): object {
  return healthOf({ apiVersion, kind, metadata: { generation: 2 }, ...fields });
}

describe('healthOf', () => {
  it('says what kstatus says, but where it is meant to be stricter', () => {
    for (const { object: text, status: expected } of upstream) {
      const object = parseJson(text) as JsonObject;
      const word = words[expected] ?? '';
      const allowed = [word, stricter(object, word)];
      expect([text, allowed]).toEqual([text, expect.arrayContaining([healthOf(object).status])]);
    }
  });

  it('knows nothing of an object that says nothing of its state', () => {
    expect(status({ spec: { a: 1 } })).toEqual({ status: 'unknown' });
    expect(status({ status: { phase: 'Running' } })).toEqual({ status: 'unknown' });
    expect(status({}, 'ConfigMap', 'v1')).toEqual({ status: 'healthy' });
  });

  it('goes by observedGeneration, as a number or as text', () => {
    expect(status({ status: { observedGeneration: 1 } })).toMatchObject({ status: 'working' });
    expect(status({ status: { observedGeneration: '2' } })).toEqual({ status: 'healthy' });
    const big = parseJson(
      '{"metadata":{"generation":9007199254740993},"status":{"observedGeneration":9007199254740992}}',
    );
    expect(healthOf(big as JsonObject)).toMatchObject({ status: 'working' });
  });

  it('goes by conditions, and gives their reason', () => {
    const conditions = (...list: readonly (readonly [string, string, string?])[]) =>
      status({
        status: {
          conditions: list.map(([type, state, reason]) => ({
            type,
            status: state,
            ...(reason === undefined ? {} : { reason }),
          })),
        },
      });
    expect(conditions(['Ready', 'True', 'Fine'])).toEqual({ status: 'healthy', reason: 'Ready' });
    expect(conditions(['Ready', 'False', 'Pulling'])).toEqual({
      status: 'working',
      reason: 'Pulling',
    });
    expect(conditions(['Ready', 'True'], ['Degraded', 'True', 'Disk'])).toEqual({
      status: 'failing',
      reason: 'Disk',
    });
    expect(conditions(['Available', 'True'], ['Progressing', 'True', 'ReplicaSetUpdated'])).toEqual(
      { status: 'working', reason: 'ReplicaSetUpdated' },
    );
    expect(
      conditions(['Available', 'True'], ['Progressing', 'True', 'NewReplicaSetAvailable']),
    ).toEqual({ status: 'healthy', reason: 'Available' });
    expect(conditions(['Progressing', 'False', 'ProgressDeadlineExceeded'])).toMatchObject({
      status: 'failing',
    });
    expect(conditions(['Succeeded', 'False', 'Error'])).toEqual({
      status: 'failing',
      reason: 'Error',
    });
  });

  it('does not wait for an update that waits for somebody, but for pods', () => {
    const statefulSet = (readyReplicas: number) =>
      status(
        {
          spec: { replicas: 2, updateStrategy: { type: 'OnDelete' } },
          status: { replicas: 2, readyReplicas, currentRevision: 'a', updateRevision: 'b' },
        },
        'StatefulSet',
        'apps/v1',
      );
    expect(statefulSet(2)).toEqual({ status: 'healthy', reason: '2 of 2 ready' });
    expect(statefulSet(1)).toEqual({ status: 'working', reason: '1 of 2 ready' });
    const counts = { currentNumberScheduled: 2, numberAvailable: 2, numberReady: 2 };
    const daemonSet = (type: string) =>
      status(
        {
          spec: { updateStrategy: { type } },
          status: { observedGeneration: 2, desiredNumberScheduled: 2, ...counts },
        },
        'DaemonSet',
        'apps/v1',
      );
    expect(daemonSet('OnDelete')).toEqual({ status: 'healthy', reason: '2 of 2 ready' });
    expect(daemonSet('RollingUpdate')).toEqual({ status: 'working', reason: '0 of 2 updated' });
  });

  it('goes by replica counts where there are no conditions', () => {
    expect(status({ spec: { replicas: 3 }, status: { readyReplicas: 1 } })).toEqual({
      status: 'working',
      reason: '1 of 3 ready',
    });
    expect(status({ spec: { replicas: 3 }, status: { replicas: 3 } })).toEqual({
      status: 'healthy',
      reason: '3 of 3 created',
    });
  });
});

describe('healthOf what Argo Rollouts makes', () => {
  const argo = (kind: string, fields: object) => {
    return healthOf({ apiVersion: 'argoproj.io/v1alpha1', kind, ...fields });
  };

  it('goes by the phase of a Rollout', () => {
    const rollout = (phase: string, more: object = {}) =>
      argo('Rollout', { status: { phase, ...more } });
    expect(rollout('Healthy')).toEqual({ status: 'healthy', reason: 'Healthy' });
    expect(rollout('Progressing', { message: 'more replicas need to be updated' })).toEqual({
      status: 'working',
      reason: 'more replicas need to be updated',
    });
    expect(rollout('Degraded', { message: 'RolloutAborted: Rollout aborted update' })).toEqual({
      status: 'failing',
      reason: 'RolloutAborted',
    });
    expect(rollout('Paused', { pauseConditions: [{ reason: 'CanaryPauseStep' }] })).toEqual({
      status: 'working',
      reason: 'Paused',
    });
    expect(argo('Rollout', { metadata: { generation: 1 } })).toMatchObject({ status: 'working' });
  });

  it('has a Rollout with a spec that is not valid as failing', () => {
    const conditions = [{ type: 'InvalidSpec', status: 'True', reason: 'InvalidSpec' }];
    expect(argo('Rollout', { status: { conditions } })).toEqual({
      status: 'failing',
      reason: 'InvalidSpec',
    });
  });

  it('goes by the conditions of a Rollout that has no phase, as before v1.0', () => {
    const conditions = [
      { type: 'Available', status: 'True' },
      { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
    ];
    expect(argo('Rollout', { status: { observedGeneration: 'abc', conditions } })).toEqual({
      status: 'healthy',
      reason: 'Available',
    });
  });

  it('goes by the phase of an analysis', () => {
    const run = (phase?: string) => argo('AnalysisRun', { status: { phase } });
    expect(run().status).toBe('working');
    expect(run('Running').status).toBe('working');
    expect(run('Successful').status).toBe('healthy');
    expect(run('Failed').status).toBe('failing');
    expect(run('Error').status).toBe('failing');
    expect(run('Inconclusive').status).toBe('unknown');
  });
});

describe('podStatus', () => {
  it('says what kubectl get pods shows', () => {
    const pods = upstream.filter(({ pod }) => pod !== undefined);
    expect(pods.length).toBeGreaterThan(30);
    for (const { object: text, pod } of pods) {
      const said = podStatus(parseJson(text) as JsonObject);
      const cells = [`${said.ready}/${said.containers}`, said.status, String(said.restarts)];
      expect([text, cells]).toEqual([text, pod]);
    }
  });
});
