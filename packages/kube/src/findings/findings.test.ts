import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import type { KubernetesEvent, SceneNode } from '../rollout/scene.ts';
import { texts } from '../testing/arbitrary.ts';
import { findingsOf } from './findings.ts';
import { rolloutState } from './rollout-state.ts';
import { ago, condition, event, node, noon, pod, scene } from './testing/scenes.ts';

describe('findingsOf', () => {
  it('is empty where all is well', () => {
    const web = node('Deployment/web', {
      spec: { replicas: 1 },
      status: {
        replicas: 1,
        updatedReplicas: 1,
        availableReplicas: 1,
        readyReplicas: 1,
        conditions: [
          condition('Available', 'True', 'MinimumReplicasAvailable', '', 90),
          condition('Progressing', 'True', 'NewReplicaSetAvailable', '', 90),
        ],
      },
    });
    expect(findingsOf(scene([web]))).toEqual([]);
  });

  it('puts what keeps the rollout first, causes before what they lead to, and notes last', () => {
    const crash = {
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: ago(9) } },
    };
    const web = node('Deployment/web', {
      spec: { replicas: 2 },
      status: {
        conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded', '', 5)],
      },
    });
    const nodes = [
      web,
      pod('old', crash, { turn: 'old' }),
      node('Deployment/other', { spec: { paused: true } }),
      pod('new', crash, { turn: 'new' }),
    ] as const;
    expect(findingsOf(scene(nodes)).map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      'stuck crash-loop',
      'stuck deadline-exceeded',
      'waiting paused',
      'note crash-loop',
    ]);
  });

  it('clips long messages, and writes lines that a shell takes as they are', () => {
    const strange = node('Widget/x', {
      metadata: { name: "it's; rm -rf", namespace: 'a b' },
      status: { conditions: [condition('Stalled', 'True', 'Bad', 'long '.repeat(100), 60)] },
    });
    const [finding] = findingsOf(scene([strange]));
    expect(finding?.sentence.length).toBeLessThan(260);
    expect(finding?.sentence).toContain('…”');
    expect(finding?.kubectl).toBe(String.raw`kubectl describe 'widgets/it'\''s; rm -rf' -n 'a b'`);
  });

  const kinds = [
    'Pod',
    'ReplicaSet',
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'Job',
    'CronJob',
    'Widget',
    'Rollout',
    'AnalysisRun',
    'PersistentVolumeClaim',
  ] as const;
  const words = fc.constantFrom(
    'True',
    'False',
    'Failed',
    'Pending',
    'Running',
    'Degraded',
    'Paused',
    'CrashLoopBackOff',
    'Ready',
    'PodScheduled',
    'Progressing',
    'ReplicaFailure',
    'Stalled',
    'web',
    ago(40),
    ago(-40),
  );
  const scalars = fc.oneof(words, texts, fc.integer(), fc.constant(null), fc.boolean());
  const members = fc.constantFrom(
    'type',
    'status',
    'reason',
    'message',
    'name',
    'state',
    'lastState',
    'waiting',
    'running',
    'terminated',
    'exitCode',
    'startedAt',
    'finishedAt',
    'lastTransitionTime',
    'restartCount',
    'ready',
    'steps',
    'pause',
    'canary',
    'strategy',
    'time',
    'fieldsV1',
  );
  const deep: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalars,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(members, tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  const fields = fc.constantFrom(
    'conditions',
    'containerStatuses',
    'initContainerStatuses',
    'phase',
    'observedGeneration',
    'readyReplicas',
    'replicas',
    'paused',
    'suspend',
    'strategy',
    'currentStepIndex',
    'pauseConditions',
    'metricResults',
    'containers',
    'message',
    'abort',
    'updateRevision',
  );
  const member = fc.oneof(fc.dictionary(fields, deep, { maxKeys: 6 }), deep);
  const metadata = fc.dictionary(
    fc.constantFrom(
      'name',
      'namespace',
      'deletionTimestamp',
      'finalizers',
      'generation',
      'labels',
      'managedFields',
      'creationTimestamp',
      'ownerReferences',
    ),
    deep,
  );
  const hostile: fc.Arbitrary<SceneNode> = fc
    .record({
      kind: fc.constantFrom(...kinds),
      uid: fc.nat(4),
      parent: fc.option(fc.nat(4), { nil: undefined }),
      spec: member,
      status: member,
      metadata: fc.oneof(metadata, deep),
      turn: fc.constantFrom('new', 'old', undefined),
      metadataOnly: fc.boolean(),
      countsSince: fc.constantFrom(noon, noon - 90_000, 0),
    })
    .map(({ kind, uid, parent, spec, status, metadata: meta, ...rest }) => {
      const { object } = node(`${kind}/x`);
      const told: JsonObject = { ...object, metadata: meta, spec, status };
      const parentUid = parent === undefined ? undefined : String(parent);
      return { ...rest, uid: String(uid), parent: parentUid, kubectlName: 'xs', object: told };
    });
  const events: fc.Arbitrary<KubernetesEvent> = fc
    .record({
      about: fc.nat(4),
      reason: fc.constantFrom('Unhealthy', 'FailedCreate', 'BackOff', 'Failed', 'Pulling', 'Odd'),
      message: texts,
      count: fc.nat(9),
      seconds: fc.integer({ min: -99, max: 999 }),
    })
    .map(({ about, reason, message, count, seconds }) =>
      event(String(about), reason, message, count, seconds),
    );

  it('never throws, whatever the objects hold', () => {
    fc.assert(
      fc.property(
        hostile,
        fc.array(hostile, { maxLength: 5 }),
        fc.array(events, { maxLength: 5 }),
        (root, rest, told) => {
          const given = scene([root, ...rest], told);
          const findings = findingsOf(given);
          const state = rolloutState(given, findings);
          expect(Number.isFinite(state.since)).toBe(true);
          expect(findings.filter(({ since }) => Number.isNaN(since))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
