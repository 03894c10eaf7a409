import type { JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import type { StateSpan } from '../timeline/revision-log.ts';
import { compareRollouts, type RolloutHistory } from './comparison.ts';

const at = (seconds: number) => Date.UTC(2026, 10, 22, 14) + seconds * 1000;
const iso = (seconds: number) => new Date(at(seconds)).toISOString();

function deployment(image: string, revision: number, observed = revision, through = true) {
  const reason = through ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated';
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      uid: 'root',
      generation: revision,
      creationTimestamp: iso(0),
      annotations: { 'deployment.kubernetes.io/revision': String(observed) },
    },
    spec: {
      replicas: 1,
      progressDeadlineSeconds: 600,
      template: { spec: { containers: [{ name: 'web', image }] } },
    },
    status: {
      observedGeneration: observed,
      replicas: 1,
      updatedReplicas: 1,
      availableReplicas: 1,
      readyReplicas: 1,
      conditions: [
        { type: 'Available', status: 'True' },
        { type: 'Progressing', status: 'True', reason, lastUpdateTime: iso(50) },
      ],
    },
  } as unknown as JsonObject;
}

function replicaSet(image: string, revision: number, created: number): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `web-${revision}`,
      uid: `rs-${revision}`,
      creationTimestamp: iso(created),
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [{ uid: 'root', kind: 'Deployment', name: 'web', controller: true }],
    },
    spec: { template: { spec: { containers: [{ name: 'web', image }] } } },
  };
}

/** States one after the other; each begins where the one before it ends. */
function spans(...states: readonly (readonly [number, JsonObject])[]): StateSpan[] {
  return states.map(([from, object], place) => {
    const next = states[place + 1]?.[0];
    return { uid: 'root', from: at(from), to: next === undefined ? undefined : at(next), object };
  });
}

const image = 'spec.template.spec.containers[name=web].image';
const current = deployment('web:3', 3);
const sets = [replicaSet('web:1', 1, 0), replicaSet('web:2', 2, 100), replicaSet('web:3', 3, 200)];
const compare = (history: Partial<RolloutHistory>) =>
  compareRollouts({
    root: current,
    owned: sets,
    states: spans([200, current]),
    standing: 'healthy',
    listKeys: undefined,
    ...history,
  });

describe('a rollout beside those before it', () => {
  it('has its duration and its steps where it was watched', () => {
    const { runs, lacks } = compare({
      states: spans(
        [90, deployment('web:2', 2)],
        [200, deployment('web:3', 3, 2)],
        [201, deployment('web:3', 3, 3, false)],
        [207, current],
      ),
    });
    expect(runs[0]).toMatchObject({
      revision: '3',
      started: at(200),
      ended: at(207),
      outcome: 'healthy',
    });
    expect(runs[0]?.steps[0]).toEqual({ at: at(200), text: `${image} changed` });
    expect(runs[0]?.steps.at(-1)).toEqual({ at: at(207), text: 'Ready' });
    expect(runs.map(({ revision }) => revision)).toEqual(['3', '2', '1']);
    expect(lacks).toEqual([]);
  });

  it('is told by the revisions that are kept, where nobody watched', () => {
    const { runs, spec, lacks } = compare({});
    expect(runs.slice(1)).toEqual([
      { revision: '2', started: at(100), outcome: 'unknown', steps: [] },
      { revision: '1', started: at(0), outcome: 'unknown', steps: [] },
    ]);
    expect(spec).toEqual([{ path: image, before: 'web:2', after: 'web:3' }]);
    expect(lacks).toEqual([
      'Nobody watched the rollout before this one: how it went is not known.',
    ]);
  });

  it('took the place of one that was not through', () => {
    const { runs } = compare({
      states: spans(
        [90, deployment('web:1', 1)],
        [100, deployment('web:2', 2, 1)],
        [200, deployment('web:3', 3, 2)],
        [203, current],
      ),
    });
    expect(runs[1]).toMatchObject({ started: at(100), ended: at(200), outcome: 'superseded' });
  });

  it('does not say how one ended that was not watched to its end', () => {
    const [first, ...rest] = spans([90, deployment('web:2', 2, 1)], [200, current]);
    const states = first === undefined ? rest : [{ ...first, to: at(120) }, ...rest];
    expect(compare({ states }).runs[1]).toMatchObject({ outcome: 'unknown' });
  });

  it('is under way, or has failed, as it stands', () => {
    const outcome = (standing: RolloutHistory['standing']) =>
      compare({ standing }).runs[0]?.outcome;
    expect([outcome('stuck'), outcome('paused'), outcome('failed')]).toEqual([
      'under way',
      'under way',
      'failed',
    ]);
  });

  it('of a kind that keeps no revisions is known by its spec', () => {
    const widget = (size: number, created = 0) =>
      ({
        kind: 'Widget',
        metadata: { uid: 'root', creationTimestamp: iso(created) },
        spec: { size },
        status: { conditions: [{ type: 'Ready', status: 'True' }] },
      }) as unknown as JsonObject;
    const states = spans([10, widget(1)], [20, widget(2)]);
    const { runs, spec } = compare({ root: widget(2), owned: [], states });
    expect(runs.map(({ outcome }) => outcome)).toEqual(['healthy', 'healthy']);
    expect(spec).toEqual([{ path: 'spec.size', before: 1, after: 2 }]);
    const alone = compare({ root: widget(1), owned: [], states: spans([0, widget(1)]) });
    expect(alone.runs).toHaveLength(1);
    expect(alone).not.toHaveProperty('spec');
    expect(alone.lacks).toHaveLength(1);
  });
});
