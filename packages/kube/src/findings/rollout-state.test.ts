import { describe, expect, it } from 'vitest';
import type { SceneNode } from '../rollout/scene.ts';
import { findingsOf } from './findings.ts';
import { rolloutState } from './rollout-state.ts';
import { ago, condition, node, pod, scene } from './testing/scenes.ts';

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
});
