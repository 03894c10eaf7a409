import { describe, expect, it } from 'vitest';
import { ago, condition, event, found, node, noon, pod } from '../testing/scenes.ts';

const widget = (type: string, status: string, reason: string, seconds: number) =>
  node('Widget/one', {
    status: { conditions: [condition(type, status, reason, 'No such bucket.', seconds)] },
  });

describe('failed-condition', () => {
  it('says reason and message of a condition that says that something is wrong', () => {
    expect(found('failed-condition', [widget('Stalled', 'True', 'BucketMissing', 60)])).toEqual([
      {
        rule: 'failed-condition',
        severity: 'stuck',
        uid: 'Widget/one',
        sentence: 'Widget one is stalled (BucketMissing): “No such bucket.”',
        evidence: 'status.conditions[type=Stalled]',
        since: Date.parse(ago(60)),
        kubectl: 'kubectl describe widgets/one -n shop',
      },
    ]);
  });

  it.each([
    ['ReconcileFailed', 10, 'stuck'],
    ['ReconcileFailed', 1, 'waiting'],
    ['SecretNotFound', 10, 'waiting'],
    ['SecretNotFound', 90, 'stuck'],
    ['Creating', 90, 'waiting'],
    ['Creating', 900, 'stuck'],
  ] as const)('takes not ready for %s since %d s as %s', (reason, seconds, severity) => {
    expect(found('failed-condition', [widget('Ready', 'False', reason, seconds)])).toMatchObject([
      { severity, sentence: `Widget one is not ready (${reason}): “No such bucket.”` },
    ]);
  });

  it('is silent on what is well, and on an object that is being deleted', () => {
    const leaving = node('Widget/one', {
      metadata: { name: 'one', deletionTimestamp: ago(1) },
      status: { conditions: [condition('Ready', 'False', 'Failed', '', 60)] },
    });
    expect(found('failed-condition', [widget('Ready', 'True', 'Failed', 60)])).toEqual([]);
    expect(found('failed-condition', [widget('Stalled', 'False', 'NotStalled', 60)])).toEqual([]);
    expect(found('failed-condition', [widget('Ready', 'Unknown', 'Failed', 60)])).toEqual([]);
    expect(found('failed-condition', [leaving])).toEqual([]);
  });
});

describe('failed-phase', () => {
  it('says what an object without conditions says in one word', () => {
    const failed = node('Widget/one', { status: { phase: 'Failed', message: 'No such bucket.' } });
    expect(found('failed-phase', [failed])).toMatchObject([
      { severity: 'stuck', sentence: 'Widget one says Failed: “No such bucket.”' },
    ]);
  });

  it('is silent on other words, and where conditions say it', () => {
    const conditions = [condition('Ready', 'False', 'Failed', '', 60)];
    const nodes = [
      node('Widget/one', { status: { phase: 'Provisioning' } }),
      node('Widget/two', { status: { phase: 'Failed', conditions } }),
    ] as const;
    expect(found('failed-phase', nodes)).toEqual([]);
  });
});

describe('generation-not-observed', () => {
  const behind = (seconds: number, observedGeneration: number | string = 3) =>
    node('Widget/one', {
      metadata: { name: 'one', namespace: 'shop', generation: 4 },
      status: { observedGeneration },
      countsSince: noon - 1000 * seconds,
    });

  it('says which generation the controller has looked at, also where that is text', () => {
    const sentence =
      'Widget one waits for its controller, which has not looked at generation 4 yet (observed 3)';
    expect(found('generation-not-observed', [behind(10)])).toMatchObject([
      { severity: 'waiting', sentence, since: noon - 10_000 },
    ]);
    expect(found('generation-not-observed', [behind(90, '3')])).toMatchObject([
      { severity: 'stuck', sentence },
    ]);
  });

  it('is silent for some seconds, and when the newest was looked at', () => {
    expect(found('generation-not-observed', [behind(1)])).toEqual([]);
    expect(found('generation-not-observed', [behind(90, 4)])).toEqual([]);
  });
});

describe('paused', () => {
  it('says what was told to wait, and how to let it go on', () => {
    const since = [condition('Progressing', 'Unknown', 'DeploymentPaused', '', 30)];
    const nodes = [
      node('Deployment/web', { spec: { paused: true }, status: { conditions: since } }),
      node('CronJob/report', { spec: { suspend: true } }),
    ] as const;
    expect(found('paused', nodes)).toMatchObject([
      {
        severity: 'waiting',
        sentence: 'Deployment web is paused',
        since: Date.parse(ago(30)),
        kubectl: 'kubectl rollout resume deployments/web -n shop',
      },
      {
        sentence: 'CronJob report is suspended',
        evidence: 'spec.suspend',
        kubectl: 'kubectl describe cronjobs/report -n shop',
      },
    ]);
  });

  it('is silent on what goes on', () => {
    expect(found('paused', [node('Deployment/web', { spec: { paused: false } })])).toEqual([]);
  });
});

describe('deletion-held', () => {
  const held = (seconds: number, finalizers: readonly string[]) =>
    node('Widget/one', {
      metadata: { name: 'one', namespace: 'shop', deletionTimestamp: ago(seconds), finalizers },
    });

  it('names the finalizers, and is stuck when they hold it long', () => {
    expect(found('deletion-held', [held(60, ['example.com/bucket'])])).toMatchObject([
      {
        severity: 'stuck',
        sentence: 'Widget one is being deleted and waits for finalizer example.com/bucket',
        evidence: 'metadata.finalizers',
        since: Date.parse(ago(60)),
      },
    ]);
    expect(found('deletion-held', [held(10, ['a/b', 'c/d'])])).toMatchObject([
      {
        severity: 'waiting',
        sentence: 'Widget one is being deleted and waits for finalizers a/b, c/d',
      },
    ]);
  });

  it('says that a pod is not ended by its node', () => {
    const late = node('Pod/db-0', {
      metadata: { name: 'db-0', namespace: 'shop', deletionTimestamp: ago(120) },
    });
    expect(found('deletion-held', [late])).toMatchObject([
      {
        severity: 'stuck',
        sentence: 'db-0 is being deleted and waits for its node to end its containers',
      },
    ]);
  });

  it('is silent on a pod within its time to end, and on what is not being deleted', () => {
    const metadata = { name: 'db-0', deletionTimestamp: ago(-25), finalizers: ['a/b'] };
    expect(found('deletion-held', [node('Pod/db-0', { metadata })])).toEqual([]);
    expect(found('deletion-held', [held(1, ['a/b'])])).toEqual([]);
    const kept = node('Widget/one', { metadata: { name: 'one', finalizers: ['a/b'] } });
    expect(found('deletion-held', [kept])).toEqual([]);
  });
});

describe('claim-pending', () => {
  const claim = node('PersistentVolumeClaim/data', { status: { phase: 'Pending' } });
  const uid = 'PersistentVolumeClaim/data';
  const message = 'no persistent volumes available for this claim and no storage class is set';

  it('says why there is no volume', () => {
    expect(
      found('claim-pending', [claim], [event(uid, 'FailedBinding', message, 9, 60)]),
    ).toMatchObject([
      {
        severity: 'stuck',
        sentence: `PersistentVolumeClaim data has no volume yet: “${message}”`,
        evidence: 'Event ×9',
      },
    ]);
  });

  it('is silent on one that waits for its first pod, and on one that is bound', () => {
    const waits = [event(uid, 'WaitForFirstConsumer', 'waiting for first consumer', 9, 60)];
    const bound = node('PersistentVolumeClaim/data', { status: { phase: 'Bound' } });
    expect(found('claim-pending', [claim], waits)).toEqual([]);
    expect(found('claim-pending', [bound])).toEqual([]);
  });
});

describe('warning-event', () => {
  const creating = pod('web-1', { state: { waiting: { reason: 'ContainerCreating' } } });
  const mount = (count: number, seconds: number) => [
    event('Pod/web-1', 'FailedMount', 'configmap "settings" not found', count, seconds),
  ];

  it('says what is said again and again, and is stuck where the pod cannot be made', () => {
    expect(found('warning-event', [creating], mount(8, 60))).toMatchObject([
      {
        severity: 'stuck',
        sentence: 'web-1 has warnings, FailedMount: “configmap "settings" not found”',
        evidence: 'Event ×8',
        since: Date.parse(ago(60)),
        kubectl: 'kubectl events --for pods/web-1 -n shop',
      },
    ]);
    expect(found('warning-event', [creating], mount(4, 5))).toMatchObject([
      { severity: 'waiting' },
    ]);
  });

  it('is silent on what is said once or twice, on what other rules tell, and on what is well', () => {
    const ready = pod(
      'web-1',
      { ready: true },
      {
        status: { conditions: [condition('Ready', 'True', '', '', 9)] },
      },
    );
    expect(found('warning-event', [creating], mount(2, 60))).toEqual([]);
    expect(found('warning-event', [ready], mount(8, 60))).toEqual([]);
    const backOff = [event('Pod/web-1', 'BackOff', 'Back-off restarting failed container', 9, 60)];
    expect(found('warning-event', [creating], backOff)).toEqual([]);
  });
});
