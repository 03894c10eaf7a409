import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { ago, condition, event, found, node, pod } from '../testing/scenes.ts';

const crashed = (exitCode: number, reason: string, message: string): JsonObject => ({
  terminated: { exitCode, reason, message, startedAt: ago(32), finishedAt: ago(30) },
});
const waiting = (reason: string, message = ''): JsonObject => ({ waiting: { reason, message } });
const lastWords = crashed(1, 'Error', 'DATABASE_URL is not set');

describe('crash-loop', () => {
  const looping = { restartCount: 5, state: waiting('CrashLoopBackOff'), lastState: lastWords };

  it('says how the container ended, how often, and how to see its log', () => {
    const events = [event('Pod/web-1', 'BackOff', 'Back-off restarting failed container', 7, 60)];
    expect(found('crash-loop', [pod('web-1', looping)], events)).toEqual([
      {
        rule: 'crash-loop',
        severity: 'stuck',
        uid: 'Pod/web-1',
        sentence:
          'web-1 restarts over and over (CrashLoopBackOff ×5): exit 1, “DATABASE_URL is not set”',
        evidence: 'Event ×7',
        since: Date.parse(ago(60)),
        kubectl: 'kubectl logs web-1 -n shop -c web --previous',
      },
    ]);
  });

  it('says that it ran out of memory', () => {
    const container = { ...looping, lastState: crashed(137, 'OOMKilled', '') };
    expect(found('crash-loop', [pod('web-1', container)])[0]?.sentence).toBe(
      'web-1 restarts over and over (CrashLoopBackOff ×5): exit 137, OOMKilled',
    );
  });

  it('names the init container', () => {
    const init = { name: 'migrate', image: 'm:1', ...looping };
    const status = { initContainerStatuses: [init], containerStatuses: [] };
    expect(found('crash-loop', [pod('web-1', {}, { status })])[0]).toMatchObject({
      sentence:
        'web-1 restarts over and over in init container migrate (CrashLoopBackOff ×5): exit 1, “DATABASE_URL is not set”',
      evidence: 'status.initContainerStatuses[name=migrate].lastState.terminated',
    });
  });

  it('goes on saying so while the container runs again, until it has lived longer than before', () => {
    const running = (seconds: number) => ({
      restartCount: 5,
      state: { running: { startedAt: ago(seconds) } },
      lastState: lastWords,
    });
    expect(found('crash-loop', [pod('web-1', running(3))])).toHaveLength(1);
    expect(found('crash-loop', [pod('web-1', running(20))])).toEqual([]);
  });

  it('believes one that is ready sooner, and does not say that it is held back', () => {
    const long = { exitCode: 1, reason: 'Error', startedAt: ago(400), finishedAt: ago(60) };
    const ready = (seconds: number) => ({
      ready: true,
      restartCount: 5,
      state: { running: { startedAt: ago(seconds) } },
      lastState: { terminated: long },
    });
    expect(found('crash-loop', [pod('web-1', ready(40))])).toEqual([]);
    expect(found('crash-loop', [pod('web-1', ready(20))])[0]?.sentence).toBe(
      'web-1 restarts over and over (5 restarts): exit 1',
    );
    const [one, other] = [pod('web-1', ready(20)), pod('web-2', ready(20))];
    expect(found('crash-loop', [one, other])[0]?.sentence).toBe(
      'web-1 and 1 other restart over and over: exit 1',
    );
    expect(found('crash-loop', [pod('web-1', { ...ready(40), ready: false })])).toHaveLength(1);
  });

  it('is silent on a container that did well in the end', () => {
    const done = { exitCode: 0, reason: 'Completed', finishedAt: ago(1) };
    const container = { restartCount: 1, state: { terminated: done }, lastState: lastWords };
    expect(found('crash-loop', [pod('load-1', container)])).toEqual([]);
  });

  it('is silent on one restart, and on restarts after long runs', () => {
    const once = {
      restartCount: 1,
      state: { running: { startedAt: ago(3) } },
      lastState: lastWords,
    };
    const long = { exitCode: 1, startedAt: ago(90_000), finishedAt: ago(30) };
    const seldom = { ...once, restartCount: 4, lastState: { terminated: long } };
    expect(found('crash-loop', [pod('web-1', once), pod('web-2', seldom)])).toEqual([]);
  });

  it('is a note on an old pod, and nothing on one that is on its way out', () => {
    const leaving = { deletionTimestamp: ago(0), name: 'web-2' };
    const nodes = [
      pod('web-1', looping, { turn: 'old' }),
      pod('web-2', looping, { metadata: leaving }),
    ] as const;
    expect(found('crash-loop', nodes)).toMatchObject([{ uid: 'Pod/web-1', severity: 'note' }]);
  });

  it('tells 2,000 pods with the same trouble in one sentence', () => {
    const [first, ...rest] = Array.from({ length: 2000 }, (_, at) => pod(`web-${at}`, looping));
    const findings = first === undefined ? [] : found('crash-loop', [first, ...rest]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.others).toHaveLength(1999);
    expect(findings[0]?.sentence).toBe(
      'web-0 and 1,999 others restart over and over (CrashLoopBackOff): exit 1, “DATABASE_URL is not set”',
    );
  });
});

describe('container-waiting', () => {
  it('says which image cannot be pulled, the same for the error and the back-off from it', () => {
    const events = [event('Pod/web-1', 'Failed', 'Error: ErrImagePull', 3, 40)];
    const nodes = [
      pod('web-1', { state: waiting('ImagePullBackOff', 'Back-off pulling image "web:1.42"') }),
      pod('web-2', { state: waiting('ErrImagePull', 'not found') }),
    ] as const;
    expect(found('container-waiting', nodes, events)).toMatchObject([
      {
        severity: 'stuck',
        others: ['Pod/web-1'],
        sentence: 'web-2 and 1 other cannot pull image web:1.42: “not found”',
        kubectl: 'kubectl describe pods/web-2 -n shop',
      },
    ]);
  });

  it('says what configuration is missing', () => {
    const container = { state: waiting('CreateContainerConfigError', 'secret "db" not found') };
    expect(found('container-waiting', [pod('web-1', container)])[0]).toMatchObject({
      sentence:
        'web-1 cannot start container web (CreateContainerConfigError): “secret "db" not found”',
      evidence: 'status.containerStatuses[name=web].state.waiting',
    });
  });

  it('waits for a moment, since what is missing may be on its way', () => {
    const container = { state: waiting('CreateContainerConfigError', 'secret "db" not found') };
    const events = [event('Pod/web-1', 'Failed', 'Error: secret "db" not found', 1, 1)];
    expect(found('container-waiting', [pod('web-1', container)], events)).toMatchObject([
      { severity: 'waiting', since: Date.parse(ago(1)) },
    ]);
  });

  it('is silent while containers are being made', () => {
    const creating = { state: waiting('ContainerCreating') };
    const initializing = { state: waiting('PodInitializing') };
    const nodes = [pod('web-1', creating), pod('web-2', initializing)] as const;
    expect(found('container-waiting', nodes)).toEqual([]);
  });
});

describe('unschedulable', () => {
  const message = '0/3 nodes are available: 3 Insufficient cpu.';
  const unplaced = (seconds: number, reason = 'Unschedulable', text = message) => ({
    status: {
      phase: 'Pending',
      conditions: [condition('PodScheduled', 'False', reason, text, seconds)],
    },
  });
  const rule = (...args: Parameters<typeof unplaced>) =>
    found('unschedulable', [node('Pod/web-1', unplaced(...args))])[0];

  it('says what the scheduler says', () => {
    expect(rule(30)).toEqual({
      rule: 'unschedulable',
      severity: 'stuck',
      uid: 'Pod/web-1',
      sentence: `web-1 cannot be scheduled: “${message}”`,
      evidence: 'status.conditions[type=PodScheduled]',
      since: Date.parse(ago(30)),
      kubectl: 'kubectl describe pods/web-1 -n shop',
    });
  });

  it('waits for a moment, for a volume, and for a node that is being made', () => {
    expect(rule(2)?.severity).toBe('waiting');
    expect(
      rule(30, 'Unschedulable', 'pod has unbound immediate PersistentVolumeClaims'),
    ).toMatchObject({ severity: 'waiting' });
    const scaleUp = [event('Pod/web-1', 'TriggeredScaleUp', 'pod triggered scale-up', 1, 20)];
    expect(found('unschedulable', [node('Pod/web-1', unplaced(90))], scaleUp)).toMatchObject([
      { severity: 'waiting' },
    ]);
  });

  it('waits while an old pod leaves, or is to leave when a new one is ready', () => {
    const old = pod('old', { ready: true }, { turn: 'old' });
    const leaving = { name: 'old', deletionTimestamp: ago(-20) };
    const starting = pod(
      'new',
      {},
      {
        turn: 'new',
        status: { conditions: [condition('PodScheduled', 'True', '', '', 5)] },
      },
    );
    const blocked = node('Pod/web-1', { ...unplaced(30), turn: 'new' });
    expect(found('unschedulable', [blocked, old])).toMatchObject([{ severity: 'stuck' }]);
    expect(found('unschedulable', [blocked, old, starting])).toMatchObject([
      { severity: 'waiting' },
    ]);
    const gone = pod('old', {}, { turn: 'old', metadata: leaving });
    expect(found('unschedulable', [blocked, gone])).toMatchObject([{ severity: 'waiting' }]);
  });

  it('waits for whoever set a scheduling gate', () => {
    expect(rule(90, 'SchedulingGated', '')).toMatchObject({
      severity: 'waiting',
      sentence: 'web-1 is held back by a scheduling gate',
    });
  });

  it('is silent on a pod that was placed', () => {
    const placed = { conditions: [condition('PodScheduled', 'True', '', '', 5)] };
    expect(found('unschedulable', [pod('web-1', {}, { status: placed })])).toEqual([]);
  });
});

describe('not-ready', () => {
  const probe = 'Readiness probe failed: HTTP probe failed with statuscode: 503';
  const running = (seconds: number) =>
    pod('web-1', { state: { running: { startedAt: ago(seconds) } } });
  const unhealthy = (count: number, seconds: number) => [
    event('Pod/web-1', 'Unhealthy', probe, count, seconds),
  ];

  it('says which probe fails, and is stuck when a start would be over', () => {
    expect(found('not-ready', [running(120)], unhealthy(12, 115))).toMatchObject([
      {
        severity: 'stuck',
        sentence: `web-1 does not get ready: “${probe}”`,
        evidence: 'Event ×12',
        since: Date.parse(ago(115)),
      },
    ]);
    expect(found('not-ready', [running(30)], unhealthy(5, 25))[0]?.severity).toBe('waiting');
  });

  it('gives a pod the time that its own probes give it', () => {
    const probes = { startupProbe: { periodSeconds: 10, failureThreshold: 30 } };
    const slow = pod(
      'web-1',
      { state: { running: { startedAt: ago(200) } } },
      {
        spec: { containers: [{ name: 'web', ...probes }] },
      },
    );
    expect(found('not-ready', [slow], unhealthy(20, 195))[0]?.severity).toBe('waiting');
  });

  it('says which readiness gate is shut', () => {
    const text = 'the status of pod readiness gate "lb" is not "True", but False';
    const gated = pod(
      'web-1',
      { ready: true, state: { running: { startedAt: ago(200) } } },
      {
        status: { conditions: [condition('Ready', 'False', 'ReadinessGatesNotReady', text, 190)] },
      },
    );
    expect(found('not-ready', [gated])).toMatchObject([
      { severity: 'stuck', sentence: `web-1 does not get ready: “${text}”` },
    ]);
  });

  it('is silent on a probe that failed once, and on a pod that is ready', () => {
    const ready = pod(
      'web-1',
      { ready: true, state: { running: { startedAt: ago(90) } } },
      {
        status: { conditions: [condition('Ready', 'True', '', '', 80)] },
      },
    );
    expect(found('not-ready', [running(5)], unhealthy(1, 2))).toEqual([]);
    expect(found('not-ready', [ready], unhealthy(5, 80))).toEqual([]);
  });
});

describe('pod-failed', () => {
  const end = crashed(3, 'Error', 'no such table');
  const failed = (parent?: string) =>
    pod('load-1', { state: end }, { status: { phase: 'Failed' }, ...(parent && { parent }) });

  it('says how it ended', () => {
    expect(found('pod-failed', [failed()])).toMatchObject([
      {
        severity: 'stuck',
        sentence: 'load-1 failed with exit 3, “no such table”',
        kubectl: 'kubectl logs load-1 -n shop -c web',
      },
    ]);
  });

  it('says why it was put off its node', () => {
    const status = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' };
    const evicted = node('Pod/load-1', { status });
    expect(found('pod-failed', [evicted])[0]?.sentence).toBe(
      'load-1 failed, Evicted: “The node was low on memory.”',
    );
  });

  it('waits while its Job tries again, and leaves it to the Job that has given up', () => {
    const job = (conditions: readonly JsonObject[]) => node('Job/load', { status: { conditions } });
    expect(found('pod-failed', [job([]), failed('Job/load')])).toMatchObject([
      { severity: 'waiting' },
    ]);
    const over = job([{ type: 'Failed', status: 'True' }]);
    expect(found('pod-failed', [over, failed('Job/load')])).toEqual([]);
  });

  it('is a note where another pod takes its place, and silent on one that did well', () => {
    const done = node('Pod/load-2', { status: { phase: 'Succeeded' } });
    expect(
      found('pod-failed', [node('ReplicaSet/load'), failed('ReplicaSet/load'), done]),
    ).toMatchObject([{ severity: 'note', uid: 'Pod/load-1' }]);
  });
});
