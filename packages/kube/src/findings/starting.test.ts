import { describe, expect, it } from 'vitest';
import type { SceneNode } from '../rollout/scene.ts';
import { ago, condition, event, found, node, noon, pod } from './testing/scenes.ts';

/** A pod that runs for so many seconds, and was never ready. */
function started(seconds: number, rest: Parameters<typeof pod>[2] = {}, restartCount = 0) {
  const conditions = [condition('Ready', 'False', 'ContainersNotReady', '', seconds + 2)];
  const running = { restartCount, state: { running: { startedAt: ago(seconds) } } };
  return pod('web-1', running, { status: { conditions }, ...rest });
}

function severity(...nodes: readonly [SceneNode, ...SceneNode[]]) {
  const failing = event('Pod/web-1', 'Unhealthy', 'Readiness probe failed', 9, 95);
  return found('not-ready', nodes, [failing])[0]?.severity;
}

describe('a pod that was never ready and has not restarted', () => {
  const parent = 'Deployment/web';

  it('may take as long as its workload allows', () => {
    const deployment = node('Deployment/web', { spec: { progressDeadlineSeconds: 300 } });
    const replicaSet = node('ReplicaSet/web', { parent });
    const owned = (seconds: number) => started(seconds, { parent: 'ReplicaSet/web' });
    expect(severity(deployment, replicaSet, owned(299))).toBe('waiting');
    expect(severity(deployment, replicaSet, owned(301))).toBe('stuck');
  });

  it('may take ten minutes where its workload has no deadline', () => {
    const endless = node('Deployment/web', { spec: { progressDeadlineSeconds: 2 ** 31 - 1 } });
    expect(severity(node('StatefulSet/web'), started(599, { parent: 'StatefulSet/web' }))).toBe(
      'waiting',
    );
    expect(severity(endless, started(599, { parent }))).toBe('waiting');
    expect(severity(endless, started(601, { parent }))).toBe('stuck');
  });

  it('is waited for by what counts it, unless it was there before', () => {
    const set = node('StatefulSet/web', {
      spec: { replicas: 1 },
      status: { replicas: 1, readyReplicas: 0 },
      countsSince: noon - 110_000,
    });
    const of = (turn: 'new' | 'old') =>
      found('counts-not-moving', [set, started(110, { parent: 'StatefulSet/web', turn })]);
    expect(of('new')).toMatchObject([{ severity: 'waiting' }]);
    expect(of('old')).toMatchObject([{ severity: 'stuck' }]);
  });

  it('is given up with its workload', () => {
    const conditions = [condition('Progressing', 'False', 'ProgressDeadlineExceeded', '', 1)];
    const late = { spec: { progressDeadlineSeconds: 600 }, status: { conditions } };
    expect(severity(node('Deployment/web', late), started(100, { parent }))).toBe('stuck');
  });

  it('is another than one that restarted, or that was ready before', () => {
    const conditions = [condition('Ready', 'False', 'ContainersNotReady', '', 90)];
    const deployment = node('Deployment/web', { spec: { progressDeadlineSeconds: 600 } });
    expect(severity(deployment, started(100, { parent }, 1))).toBe('stuck');
    expect(severity(deployment, started(100, { parent, status: { conditions } }))).toBe('stuck');
  });
});
