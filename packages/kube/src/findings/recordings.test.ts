import { describe, expect, it } from 'vitest';
import type { RolloutScene } from '../rollout/scene.ts';
import type { RolloutFinding } from './finding.ts';
import { findingsOf } from './findings.ts';
import { rolloutState, type RolloutStanding } from './rollout-state.ts';
import { recordings } from './testing/recordings.ts';
import { replay, type Recording } from './testing/replay.ts';

type Name = keyof typeof recordings;

interface Moment {
  readonly scene: RolloutScene;
  readonly findings: readonly RolloutFinding[];
  readonly state: RolloutStanding;
}

const known = new Map<Recording, readonly Moment[]>();

function momentsOf(recording: Recording): readonly Moment[] {
  const moments = known.get(recording) ?? Array.from(replay(recording), judge);
  known.set(recording, moments);
  return moments;
}

function judge(scene: RolloutScene): Moment {
  const findings = findingsOf(scene);
  return { scene, findings, state: rolloutState(scene, findings) };
}

/** When something was first recorded. */
function evidenceOf(recording: Recording, text: string): number {
  return recording.steps.find((step) => JSON.stringify(step).includes(text))?.at ?? Number.NaN;
}

describe('what was recorded of a real control plane', () => {
  const healthy: readonly Name[] = [
    'deployment',
    'stateful-set',
    'daemon-set',
    'job',
    'cron-job',
    'canary',
    'room',
    'paused',
  ];
  it.each(healthy)('never calls a healthy rollout stuck: %s', (name) => {
    const moments = momentsOf(recordings[name]);
    const called = moments.filter(
      ({ findings, state }) =>
        findings.some(({ severity }) => severity === 'stuck') ||
        !/^(?:healthy|progressing|paused)$/.test(state.kind),
    );
    expect(called).toEqual([]);
    expect(moments.at(-1)?.state.kind).toBe('healthy');
    expect(moments.at(-1)?.findings).toEqual([]);
  });

  const broken: readonly (readonly [Name, string, string, RegExp])[] = [
    [
      'crash-loop',
      'CrashLoopBackOff',
      'stuck',
      /^web-5f4ff95d66-\w+ restarts over and over \(CrashLoopBackOff ×\d+\): exit 1, “DATABASE_URL is not set”$/,
    ],
    [
      'unschedulable',
      'Unschedulable',
      'stuck',
      /^web-5c7b7d877b-\w+ cannot be scheduled: “0\/3 nodes are available: 3 Insufficient cpu\./,
    ],
    [
      'quota',
      'exceeded quota',
      'stuck',
      /^ReplicaSet web-7cfbdc7555 cannot create its pods: “pods "web-7cfbdc7555-\w+" is forbidden: exceeded quota: limit, requested: pods=1/,
    ],
    [
      'quota-stateful-set',
      'exceeded quota',
      'stuck',
      /^StatefulSet db cannot create its pods: “Create Pod db-1 in StatefulSet db failed error: pods "db-1" is forbidden: exceeded quota/,
    ],
    [
      'admission',
      'denied request',
      'stuck',
      /^ReplicaSet web-5b4fbb49b6 cannot create its pods: “.*images must not be tagged latest”$/,
    ],
    [
      'job-failed',
      'BackoffLimitExceeded',
      'failed',
      /^Job migrate failed \(BackoffLimitExceeded\): pod migrate-\w+ ended with exit 3, “DATABASE_URL is not set”$/,
    ],
    [
      'canary-aborted',
      '"abort":true',
      'failed',
      /^Rollout checkout was aborted(?:: “Rollout aborted update to revision 2”)?$/,
    ],
    [
      'canary-analysis',
      '"abort":true',
      'failed',
      /^Rollout checkout was aborted: “Rollout aborted update to revision 2: .*Metric "smoke-test" assessed Failed/,
    ],
    [
      'stateful-set-blocked',
      'CrashLoopBackOff',
      'stuck',
      /^(?:db-2 restarts over and over|StatefulSet db does not replace db-2, which is of another revision)/,
    ],
  ];
  it.each(broken)('explains %s first within 5 s of the evidence, and from then on', (...row) => {
    const [name, evidence, kind, sentence] = row;
    const told = evidenceOf(recordings[name], evidence);
    const moments = momentsOf(recordings[name]);
    const before = moments.filter(({ scene }) => scene.now < told);
    const after = moments.filter(({ scene }) => scene.now >= told + 5000);
    expect(before.filter(({ state }) => state.kind === kind)).toEqual([]);
    expect(after.length).toBeGreaterThan(0);
    for (const { findings, state } of after) {
      expect(findings[0]?.sentence).toMatch(sentence);
      expect(findings[0]?.severity).toBe('stuck');
      expect(state.kind).toBe(kind);
    }
  });

  it('waits while a quota lets a rollout go on pod by pod, and calls it stuck when it does not', () => {
    const moments = momentsOf(recordings['quota-tight']);
    const firstStuck = moments.findIndex(({ state }) => state.kind === 'stuck');
    const last = recordings['quota-tight'].steps.at(-1)?.at ?? 0;
    expect(moments[firstStuck]?.scene.now).toBeGreaterThan(last);
    expect(moments[firstStuck]?.findings[0]?.rule).toBe('creation-refused');
    expect(moments.slice(firstStuck).every(({ state }) => state.kind === 'stuck')).toBe(true);
  });

  it('tells of each pause of a canary, and how it ends', () => {
    const told = momentsOf(recordings.canary).flatMap(({ findings }) =>
      findings.filter(({ rule }) => rule === 'paused').map(({ sentence }) => sentence),
    );
    expect([...new Set(told)]).toEqual([
      'Rollout checkout is paused at step 2 of 6 (pause 3s)',
      'Rollout checkout is paused at step 4 of 6 until it is promoted',
      'Rollout checkout is paused at step 6 of 6 (pause 2s)',
    ]);
  });

  it('says since when no later than it is told', () => {
    const late = Object.values(recordings).flatMap((recording) =>
      momentsOf(recording).filter(({ scene, findings, state }) =>
        [state, ...findings].some(({ since }) => (since ?? 0) > scene.now),
      ),
    );
    expect(late).toEqual([]);
  });
});
