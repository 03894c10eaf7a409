import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { ago, condition, found, node } from '../testing/scenes.ts';

const steps = [{ setWeight: 20 }, { pause: { duration: '5m' } }, { pause: {} }];

const rollout = (status: JsonObject, spec: JsonObject = {}) =>
  node('Rollout/checkout', { spec: { strategy: { canary: { steps } }, ...spec }, status });

const pausedAt = (currentStepIndex: number, reason = 'CanaryPauseStep') =>
  rollout({ currentStepIndex, pauseConditions: [{ reason, startTime: ago(40) }] });

describe('paused, of Argo Rollouts', () => {
  it('says at which step, for how long, and how to promote it', () => {
    expect(found('paused', [pausedAt(1)])).toMatchObject([
      {
        severity: 'waiting',
        sentence: 'Rollout checkout is paused at step 2 of 3 (pause 5m)',
        evidence: 'status.pauseConditions',
        since: Date.parse(ago(40)),
        kubectl: 'kubectl argo rollouts promote checkout -n shop',
      },
    ]);
    expect(found('paused', [pausedAt(2)])[0]?.sentence).toBe(
      'Rollout checkout is paused at step 3 of 3 until it is promoted',
    );
  });

  it('says what else a pause is for', () => {
    expect(found('paused', [pausedAt(0, 'InconclusiveAnalysisRun')])[0]?.sentence).toBe(
      'Rollout checkout is paused: an analysis was inconclusive',
    );
    expect(found('paused', [rollout({}, { paused: true })])[0]).toMatchObject({
      sentence: 'Rollout checkout is paused',
      kubectl: 'kubectl argo rollouts promote checkout -n shop',
    });
  });
});

describe('argo-aborted', () => {
  it('says that it was aborted and why', () => {
    const message = 'RolloutAborted: Rollout aborted update to revision 2';
    const aborted = rollout({ abort: true, abortedAt: ago(9), phase: 'Degraded', message });
    expect(found('argo-aborted', [aborted])).toMatchObject([
      {
        severity: 'stuck',
        sentence: 'Rollout checkout was aborted: “Rollout aborted update to revision 2”',
        since: Date.parse(ago(9)),
        kubectl: 'kubectl argo rollouts get rollout checkout -n shop',
      },
    ]);
  });

  it('says what else degrades it', () => {
    const message = 'InvalidSpec: The Rollout "checkout" is invalid: spec.strategy: Required value';
    const conditions = [condition('Progressing', 'False', 'InvalidSpec', '', 9)];
    expect(
      found('argo-aborted', [rollout({ phase: 'Degraded', message, conditions })]),
    ).toMatchObject([
      {
        sentence:
          'Rollout checkout is degraded: “The Rollout "checkout" is invalid: spec.strategy: Required value”',
        since: Date.parse(ago(9)),
      },
    ]);
  });

  it('is silent while it goes on', () => {
    expect(found('argo-aborted', [rollout({ phase: 'Progressing' })])).toEqual([]);
    expect(found('paused', [rollout({ phase: 'Progressing' })])).toEqual([]);
  });
});

describe('analysis-failed', () => {
  const run = (phase: string) =>
    node('AnalysisRun/checkout-2', {
      status: {
        phase,
        metricResults: [
          { name: 'latency', phase: 'Successful' },
          {
            name: 'error-rate',
            phase,
            measurements: [{ value: '0.31', finishedAt: ago(20) }],
            message: 'assessed Failed due to failed (1) > failureLimit (0)',
          },
        ],
      },
    });

  it('names the metric, what was measured and the verdict', () => {
    expect(found('analysis-failed', [run('Failed')])).toMatchObject([
      {
        severity: 'stuck',
        sentence:
          'AnalysisRun checkout-2 failed, metric error-rate measured 0.31: “assessed Failed due to failed (1) > failureLimit (0)”',
        since: Date.parse(ago(20)),
      },
    ]);
  });

  it('is a note on one of before, and silent on one that runs or went well', () => {
    const old = { ...run('Failed'), turn: 'old' as const };
    expect(found('analysis-failed', [old])).toMatchObject([{ severity: 'note' }]);
    expect(found('analysis-failed', [run('Running')])).toEqual([]);
    expect(found('analysis-failed', [run('Successful')])).toEqual([]);
  });
});
