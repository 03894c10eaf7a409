import { describe, expect, it } from 'vitest';
import { nameOf, recordedRollout } from '../testing/rollouts/recorded.ts';
import { laneFacts } from './lane-facts.ts';

function recorded(scene: string, name?: string): object {
  const { root, owned } = recordedRollout(scene);
  const object = name === undefined ? root : owned.find((it) => nameOf(it) === name);
  return laneFacts(object ?? {});
}

describe('laneFacts, as a real control plane rolled', () => {
  it('counts what is ready, and gives generations, revision and hash', () => {
    const scene = 'a Deployment half way';
    expect(recorded(scene)).toEqual({
      ready: { is: 4, of: 3 },
      generation: 2,
      observedGeneration: 2,
      revision: '2',
    });
    expect(recorded(scene, 'web-85d5b476dd')).toEqual({
      ready: { is: 1, of: 1 },
      generation: 1,
      observedGeneration: 1,
      revision: '2',
      templateHash: '85d5b476dd',
    });
    expect(recorded(scene, 'web-85d5b476dd-kfbxg')).toEqual({
      ready: { is: 1, of: 1 },
      generation: 1,
      templateHash: '85d5b476dd',
    });
  });

  it('leaves the owner’s name out of the hash of a StatefulSet’s revisions', () => {
    const scene = 'a StatefulSet half way';
    expect(recorded(scene)).toMatchObject({ templateHash: '86d9d467b7' });
    expect(recorded(scene, 'db-2')).toMatchObject({ templateHash: '86d9d467b7' });
    expect(recorded(scene, 'db-86d9d467b7')).toEqual({ revision: '2', templateHash: '86d9d467b7' });
  });

  it('reads the observed generation that Argo writes as text', () => {
    expect(recorded('a canary paused')).toEqual({
      ready: { is: 5, of: 5 },
      generation: 4,
      observedGeneration: 4,
      revision: '2',
      templateHash: '5594ffccb4',
    });
  });

  it('says what an analysis measured last', () => {
    expect(recorded('a canary aborted', 'shop-86cb77c478-4-1')).toMatchObject({
      note: 'error-rate 0.31',
    });
  });

  it('counts the nodes of a DaemonSet, and completions of a Job', () => {
    expect(recorded('a DaemonSet brought back, half way')).toMatchObject({
      ready: { is: 3, of: 3 },
    });
    expect(recorded('a Job that is complete')).toMatchObject({ ready: { is: 3, of: 3 } });
    expect(recorded('a CronJob with a Job that runs')).toMatchObject({ note: '1 active' });
    expect(recorded('a claim that nothing can bind')).toEqual({ note: 'Pending' });
  });
});

function facts(apiVersion: string, kind: string, fields: object): object {
  return laneFacts({ apiVersion, kind, ...fields });
}

describe('laneFacts', () => {
  it('has a note for a pod that is through, and for a Job without a number', () => {
    const containers = [{ name: 'a' }];
    expect(facts('v1', 'Pod', { spec: { containers }, status: { phase: 'Succeeded' } })).toEqual({
      note: 'Succeeded',
    });
    expect(
      facts('batch/v1', 'Job', { spec: { parallelism: 3 }, status: { succeeded: 2 } }),
    ).toEqual({
      note: '2 succeeded',
    });
    expect(facts('batch/v1', 'CronJob', { spec: { suspend: true } })).toEqual({
      note: 'Suspended',
    });
    expect(facts('v1', 'Service', { spec: { type: 'ClusterIP' } })).toEqual({ note: 'ClusterIP' });
  });

  it('knows no count of a DaemonSet before its controller has seen it', () => {
    expect(facts('apps/v1', 'DaemonSet', { status: { desiredNumberScheduled: 0 } })).toEqual({});
  });

  it('adds up the templates of an Experiment', () => {
    const spec = { templates: [{ name: 'a', replicas: 2 }, { name: 'b' }] };
    const status = { templateStatuses: [{ name: 'a', readyReplicas: 1 }, { name: 'b' }] };
    expect(facts('argoproj.io/v1alpha1', 'Experiment', { spec, status })).toEqual({
      ready: { is: 1, of: 3 },
    });
  });

  it('finds the counts of any kind, whatever they count', () => {
    const any = (spec: object, status: object) =>
      facts('example.com/v1', 'Widget', { spec, status });
    expect(any({ replicas: 3 }, { readyReplicas: 2 })).toEqual({ ready: { is: 2, of: 3 } });
    expect(any({ replicas: 3 }, { replicas: 3 })).toEqual({ ready: { is: 0, of: 3 } });
    expect(any({ replicas: 3 }, { replicas: 4, availableReplicas: 3 })).toEqual({
      ready: { is: 3, of: 3 },
    });
    expect(any({ instances: 3 }, { instances: 3, readyInstances: 1 })).toEqual({
      ready: { is: 1, of: 3 },
    });
    expect(any({}, { readyBrokers: 1, brokers: 3 })).toEqual({ ready: { is: 1, of: 3 } });
    expect(any({ replicas: 3 }, {})).toEqual({});
    expect(any({ replicas: 3 }, { readyReplicas: 'two' })).toEqual({});
  });

  it('finds the observed generation in conditions', () => {
    const conditions = [
      { type: 'Accepted', observedGeneration: 3 },
      { type: 'Programmed', observedGeneration: 2 },
    ];
    expect(
      facts('gateway.networking.k8s.io/v1', 'Gateway', {
        metadata: { generation: 3 },
        status: { conditions },
      }),
    ).toEqual({ generation: 3, observedGeneration: 3 });
  });
});
