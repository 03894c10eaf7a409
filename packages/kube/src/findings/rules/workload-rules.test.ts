import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { ago, condition, event, found, node, noon, pod } from '../testing/scenes.ts';

const quota = 'pods "web-85fd6-x" is forbidden: exceeded quota: limit, requested: pods=1';

describe('creation-refused', () => {
  const refused = (seconds: number) => ({
    status: { conditions: [condition('ReplicaFailure', 'True', 'FailedCreate', quota, seconds)] },
  });

  it('says what the API server refused, at the ReplicaSet and not again at its Deployment', () => {
    const deployment = node('Deployment/web', refused(30));
    const replicaSet = node('ReplicaSet/web-85fd6', { ...refused(30), parent: 'Deployment/web' });
    expect(found('creation-refused', [deployment, replicaSet])).toMatchObject([
      {
        severity: 'stuck',
        uid: 'ReplicaSet/web-85fd6',
        sentence: `ReplicaSet web-85fd6 cannot create its pods: “${quota}”`,
        evidence: 'status.conditions[type=ReplicaFailure]',
        since: Date.parse(ago(30)),
      },
    ]);
    expect(found('creation-refused', [deployment])).toMatchObject([{ uid: 'Deployment/web' }]);
  });

  it('goes by the Events of owners that have no such condition', () => {
    const events = [event('StatefulSet/db', 'FailedCreate', quota, 9, 20)];
    expect(found('creation-refused', [node('StatefulSet/db')], events)).toMatchObject([
      { severity: 'stuck', evidence: 'Event ×9', since: Date.parse(ago(20)) },
    ]);
  });

  it('is silent on an Event about what says that it is well since', () => {
    const conditions = [condition('Ready', 'True', 'Ready', '', 60)];
    const whole = { replicas: 1, readyReplicas: 1, currentReplicas: 1 };
    const db = node('StatefulSet/db', { spec: { replicas: 1 }, status: whole });
    const about = (uid: string) => [event(uid, 'FailedCreate', quota, 9, 1500)];
    expect(found('creation-refused', [db], about('StatefulSet/db'))).toEqual([]);
    const widget = node('Widget/one', { status: { conditions } });
    expect(found('creation-refused', [widget], about('Widget/one'))).toEqual([]);
  });

  it('goes by the Events of what counts as healthy whatever becomes of it', () => {
    const running = node('Job/load', { status: { startTime: ago(20) } });
    const refused = [
      event('Job/load', 'FailedCreate', quota, 9, 20),
      event('CronJob/report', 'FailedCreate', quota, 1, 20),
    ];
    expect(found('creation-refused', [running], refused)).toMatchObject([{ severity: 'stuck' }]);
    expect(found('creation-refused', [node('CronJob/report')], refused)).toMatchObject([
      { severity: 'stuck' },
    ]);
  });

  it('waits for a moment, and is silent when the next one could be made', () => {
    expect(found('creation-refused', [node('ReplicaSet/web', refused(1))])).toMatchObject([
      { severity: 'waiting' },
    ]);
    const events = [
      event('StatefulSet/db', 'FailedCreate', quota, 9, 20),
      event('StatefulSet/db', 'SuccessfulCreate', 'create Pod db-1', 1, 1),
    ];
    expect(found('creation-refused', [node('StatefulSet/db')], events)).toEqual([]);
    expect(found('creation-refused', [node('ReplicaSet/web')])).toEqual([]);
  });
});

describe('job-failed', () => {
  const failed = condition('Failed', 'True', 'DeadlineExceeded', 'Job was active too long', 9);

  it('says why the Job has given up', () => {
    expect(
      found('job-failed', [node('Job/load', { status: { conditions: [failed] } })]),
    ).toMatchObject([
      {
        severity: 'stuck',
        sentence: 'Job load failed (DeadlineExceeded): “Job was active too long”',
        evidence: 'status.conditions[type=Failed]',
        since: Date.parse(ago(9)),
        kubectl: 'kubectl describe jobs/load -n shop',
      },
    ]);
  });

  it('is silent on a Job that runs or is complete', () => {
    const complete = { conditions: [condition('Complete', 'True', '', '', 9)] };
    const jobs = [
      node('Job/a', { status: { active: 1 } }),
      node('Job/b', { status: complete }),
    ] as const;
    expect(found('job-failed', jobs)).toEqual([]);
  });
});

describe('deadline-exceeded', () => {
  const progressing = (status: string, reason: string) => ({
    spec: { progressDeadlineSeconds: 600 },
    status: { conditions: [condition('Progressing', status, reason, 'It has timed out.', 9)] },
  });

  it('says that the controller gave up hope', () => {
    const late = node('Deployment/web', progressing('False', 'ProgressDeadlineExceeded'));
    expect(found('deadline-exceeded', [late])).toMatchObject([
      {
        severity: 'stuck',
        sentence: 'Deployment web made no progress within 600 s: “It has timed out.”',
      },
    ]);
  });

  it('is silent while there is progress', () => {
    const goes = node('Deployment/web', progressing('True', 'ReplicaSetUpdated'));
    expect(found('deadline-exceeded', [goes])).toEqual([]);
  });
});

describe('counts-not-moving', () => {
  const rolling = (seconds: number, spec: JsonObject = {}) =>
    node('StatefulSet/db', {
      spec: { replicas: 3, ...spec },
      status: { replicas: 3, readyReplicas: 2 },
      countsSince: noon - 1000 * seconds,
    });
  const ready = pod(
    'db-0',
    { ready: true },
    {
      parent: 'StatefulSet/db',
      status: { conditions: [condition('Ready', 'True', '', '', 500)] },
    },
  );

  it('waits for what is missing, and is stuck when nothing has moved for a minute', () => {
    expect(found('counts-not-moving', [rolling(10), ready])).toMatchObject([
      { severity: 'waiting', sentence: 'StatefulSet db waits: 2 of 3 ready' },
    ]);
    expect(found('counts-not-moving', [rolling(90), ready])).toMatchObject([
      {
        severity: 'stuck',
        sentence: 'StatefulSet db does not move: 2 of 3 ready',
        since: noon - 90_000,
      },
    ]);
  });

  it('goes by the deadline of the object where it has one', () => {
    const nodes = [rolling(90, { progressDeadlineSeconds: 600 }), ready] as const;
    expect(found('counts-not-moving', nodes)).toMatchObject([{ severity: 'waiting' }]);
  });

  it('waits while a pod is on its way to ready, and where no pod is known', () => {
    const starting = pod(
      'db-1',
      { state: { running: { startedAt: ago(20) } } },
      {
        parent: 'StatefulSet/db',
      },
    );
    expect(found('counts-not-moving', [rolling(90), ready, starting])).toMatchObject([
      { severity: 'waiting' },
    ]);
    expect(found('counts-not-moving', [rolling(90)])).toMatchObject([{ severity: 'waiting' }]);
  });

  it('says at which step a canary waits', () => {
    const canary = node('Rollout/web', {
      spec: { replicas: 4, strategy: { canary: { steps: [{ setWeight: 25 }, { pause: {} }] } } },
      status: { currentStepIndex: 0, replicas: 4, readyReplicas: 3, phase: 'Progressing' },
    });
    expect(found('counts-not-moving', [canary])[0]?.sentence).toBe(
      'Rollout web waits at step 1 of 2 (setWeight 25): 3 of 4 ready',
    );
  });

  it('is silent on what is whole, paused, or told by its owner', () => {
    const owned = node('ReplicaSet/db', {
      parent: 'Deployment/db',
      spec: { replicas: 3 },
      status: { replicas: 3, readyReplicas: 1 },
    });
    expect(found('counts-not-moving', [owned])).toHaveLength(1);
    const whole = {
      spec: { replicas: 1 },
      status: { replicas: 1, readyReplicas: 1, currentReplicas: 1 },
    };
    const nodes = [node('StatefulSet/whole', whole), rolling(90, { paused: true })] as const;
    expect(found('counts-not-moving', nodes)).toEqual([]);
    expect(
      found('counts-not-moving', [node('Deployment/db', { spec: { paused: true } }), owned]),
    ).toEqual([]);
  });
});

describe('stateful-set-blocked', () => {
  const set = (spec: JsonObject = {}) =>
    node('StatefulSet/db', { spec, status: { updateRevision: 'db-good' } });
  const broken = (revision: string) =>
    pod(
      'db-2',
      { state: { waiting: { reason: 'ImagePullBackOff' } } },
      {
        parent: 'StatefulSet/db',
        metadata: {
          name: 'db-2',
          namespace: 'shop',
          labels: { 'controller-revision-hash': revision },
        },
      },
    );

  it('says that a broken pod of another revision has to be deleted by hand', () => {
    expect(found('stateful-set-blocked', [set(), broken('db-bad')])).toMatchObject([
      {
        severity: 'stuck',
        sentence:
          'StatefulSet db does not replace db-2, which is of another revision, before it is ready: delete the pod',
        kubectl: 'kubectl delete pods/db-2 -n shop',
      },
    ]);
  });

  it('is silent on a pod of the revision that is wanted, and where order does not matter', () => {
    expect(found('stateful-set-blocked', [set(), broken('db-good')])).toEqual([]);
    const parallel = set({ podManagementPolicy: 'Parallel' });
    expect(found('stateful-set-blocked', [parallel, broken('db-bad')])).toEqual([]);
  });
});

describe('nothing-wanted', () => {
  const daemons = (desiredNumberScheduled: number) =>
    node('DaemonSet/agent', { status: { observedGeneration: 1, desiredNumberScheduled } });

  it('notes a DaemonSet that fits no node, and is silent on others', () => {
    expect(found('nothing-wanted', [daemons(0)])).toMatchObject([
      {
        severity: 'note',
        sentence: 'DaemonSet agent wants no pod: no node matches its node selector and affinity',
      },
    ]);
    expect(found('nothing-wanted', [daemons(3)])).toEqual([]);
  });
});
