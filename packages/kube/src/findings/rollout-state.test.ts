import { describe, expect, it } from 'vitest';
import type { SceneNode } from '../rollout/scene.ts';
import { findingsOf } from './findings.ts';
import { rolloutState } from './rollout-state.ts';
import { ago, condition, node, noon, pod, scene } from './testing/scenes.ts';

function state(...nodes: readonly [SceneNode, ...SceneNode[]]) {
  const given = scene(nodes);
  return rolloutState(given, findingsOf(given));
}

const readyPod = (name: string, parent: string) =>
  pod(
    name,
    { ready: true },
    {
      parent,
      status: { conditions: [condition('Ready', 'True', '', '', 50)] },
    },
  );

describe('rolloutState', () => {
  it('is progressing while replicas are missing, with how many there are', () => {
    const web = node('StatefulSet/web', { spec: { replicas: 3 }, status: { replicas: 1 } });
    expect(state(web)).toMatchObject({ kind: 'progressing', reason: '1 of 3 created' });
  });

  it('is stuck since the first that keeps it', () => {
    const web = node('StatefulSet/web', { spec: { replicas: 1 }, status: { replicas: 1 } });
    const waiting = { state: { waiting: { reason: 'CreateContainerConfigError' } } };
    const broken = pod('web-0', waiting, {
      parent: 'StatefulSet/web',
      status: { startTime: ago(70) },
    });
    expect(state(web, broken)).toEqual({
      kind: 'stuck',
      since: Date.parse(ago(70)),
      reason: '0 of 1 ready',
    });
  });

  it('is paused at the step of a canary', () => {
    const canary = node('Rollout/web', {
      spec: { replicas: 2, strategy: { canary: { steps: [{ pause: {} }] } } },
      status: {
        phase: 'Paused',
        currentStepIndex: 0,
        pauseConditions: [{ reason: 'CanaryPauseStep', startTime: ago(30) }],
      },
    });
    expect(state(canary)).toEqual({
      kind: 'paused',
      since: Date.parse(ago(30)),
      reason: 'step 1 of 1 (pause until promoted)',
    });
  });

  it('is failed when nothing goes on by itself', () => {
    const conditions = [condition('Failed', 'True', 'BackoffLimitExceeded', '', 9)];
    expect(state(node('Job/load', { status: { conditions } }))).toMatchObject({
      kind: 'failed',
      since: Date.parse(ago(9)),
    });
    expect(state(node('Rollout/web', { status: { abort: true } })).kind).toBe('failed');
  });

  it('goes on while a Job runs, and is healthy when it is complete', () => {
    expect(state(node('Job/load', { status: { startTime: ago(9), active: 1 } })).kind).toBe(
      'progressing',
    );
    const complete = { conditions: [condition('Complete', 'True', '', '', 4)] };
    expect(state(node('Job/load', { status: complete }))).toMatchObject({
      kind: 'healthy',
      since: Date.parse(ago(4)),
    });
  });

  it('stands as what it owns where the object says nothing of itself', () => {
    const widget = node('Widget/one');
    const ready = readyPod('one-0', 'Widget/one');
    const starting = pod('one-1', {}, { parent: 'Widget/one' });
    expect(state(widget).kind).toBe('unknown');
    expect(state(widget, ready)).toMatchObject({ kind: 'healthy', since: Date.parse(ago(50)) });
    expect(state(widget, ready, starting)).toMatchObject({
      kind: 'progressing',
      reason: '1 of 2 owned healthy',
    });
  });

  it('is told of however many pods, be they well or not', () => {
    const types = ['Ready', 'ContainersReady', 'Initialized', 'PodScheduled', 'Seen'];
    const conditions = types.map((type) => condition(type, 'True', '', '', 60));
    const many = Array.from({ length: 30_000 }, (_, n) =>
      pod(`p${n}`, { ready: true }, { parent: 'Widget/w', status: { conditions } }),
    );
    const all = scene([node('Widget/w'), ...many]);
    expect(rolloutState(all, [])).toMatchObject({ kind: 'healthy', since: noon - 60_000 });
    const finding = {
      rule: 'x',
      sentence: '',
      evidence: '',
      kubectl: '',
      severity: 'stuck',
    } as const;
    const findings = Array.from({ length: 150_000 }, (_, n) => ({
      ...finding,
      uid: `p${n}`,
      since: noon - n,
    }));
    expect(rolloutState(all, findings)).toMatchObject({ kind: 'stuck', since: noon - 149_999 });
  });

  describe('of an object whose runs end', () => {
    const pipeline = (rest: Parameters<typeof node>[1] = {}) => node('Pipeline/ci', rest);
    const well = { status: { conditions: [condition('Ready', 'True', 'Ready', '', 900)] } };
    const run = (name: string, status: string, made: number, ended: number) =>
      node(`PipelineRun/${name}`, {
        parent: 'Pipeline/ci',
        metadata: { name, creationTimestamp: ago(made) },
        status: { conditions: [condition('Succeeded', status, 'StepFailed', '', ended)] },
      });
    const failed = run('one', 'False', 400, 300);

    it('is healthy where the object is well in spite of one that failed', () => {
      expect(state(pipeline(well), failed).kind).toBe('healthy');
      const said = node('PipelineRun/one', {
        parent: 'Pipeline/ci',
        status: { phase: 'Failed' },
      });
      expect(state(pipeline(well), said).kind).toBe('healthy');
    });

    it('is healthy below an object that says nothing of itself, where its own owner is well', () => {
      const shop = node('Widget/shop');
      expect(state(shop, pipeline({ ...well, parent: 'Widget/shop' }), failed).kind).toBe(
        'healthy',
      );
    });

    it('goes by the run that was made since, with what hangs under the failed one', () => {
      const step = node('Job/step', {
        parent: 'PipelineRun/one',
        status: { conditions: [condition('Failed', 'True', 'BackoffLimitExceeded', '', 310)] },
      });
      const unready = { conditions: [condition('Ready', 'False', 'Running', '', 20)] };
      const next = run('two', 'Unknown', 200, 200);
      const good = run('two', 'True', 200, 100);
      expect(state(pipeline(), failed, step, good).kind).toBe('healthy');
      expect(state(pipeline({ status: unready }), failed, step, next).kind).toBe('progressing');
    });

    it('is stuck where the last one failed, or one of several that were made together', () => {
      expect(state(pipeline(), run('zero', 'True', 600, 500), failed).kind).toBe('stuck');
      expect(state(pipeline(), failed, run('two', 'True', 399, 200)).kind).toBe('stuck');
      expect(
        state(
          pipeline({
            ...well,
            metadata: { generation: 2 },
            status: { ...well.status, observedGeneration: 1 },
          }),
          failed,
        ).kind,
      ).toBe('stuck');
    });

    it('is stuck where something fails that goes on, however well the object says it is', () => {
      const unready = node('Database/one', {
        parent: 'Pipeline/ci',
        status: { conditions: [condition('Ready', 'False', 'DiskFailed', '', 300)] },
      });
      expect(state(pipeline(well), unready).kind).toBe('stuck');
    });
  });
});
