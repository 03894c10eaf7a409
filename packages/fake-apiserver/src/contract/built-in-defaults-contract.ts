import { beforeAll, expect, it } from 'vitest';
import { listAt, mapAt, type JsonMap } from '../json.ts';
import {
  collectionOf,
  CONTAINER_DEFAULTS,
  CONTAINERS,
  createBuiltInNamespace,
  LABELS,
  ownedFields,
  POD_DEFAULTS,
  podSpecOf,
  SELECTOR,
  specOf,
  TEMPLATE,
  type BuiltIn,
  type Collection,
} from './built-in-objects.ts';
import type { ContractClient } from './contract-client.ts';
import { metadataOf } from './contract-fixtures.ts';

/** What Kubernetes writes into its own kinds where nothing is said. */
export function builtInDefaultsContract(connect: () => ContractClient): void {
  let namespace = '';
  beforeAll(async () => {
    namespace = await createBuiltInNamespace(connect());
  });
  const kinds = (resource: BuiltIn): Collection => collectionOf(connect(), namespace, resource);

  it('fills in a Deployment and resets its status', async () => {
    const deployment = await kinds('deployments').tried({
      spec: { selector: SELECTOR, template: TEMPLATE },
      status: { replicas: 3 },
    });
    expect(specOf(deployment)).toEqual({
      replicas: 1,
      selector: SELECTOR,
      template: {
        metadata: { labels: LABELS },
        spec: { ...POD_DEFAULTS, containers: [{ name: 'c', image: 'i', ...CONTAINER_DEFAULTS }] },
      },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
      },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    expect(deployment['status']).toEqual({});
    expect(metadataOf(deployment)['generation']).toBe(1);
  });

  it('leaves out what is empty and writes what Go always writes', async () => {
    const deployment = await kinds('deployments').tried({
      metadata: { labels: {}, annotations: null },
      spec: {
        replicas: 0,
        paused: false,
        minReadySeconds: 0,
        selector: SELECTOR,
        template: {
          metadata: { labels: LABELS, creationTimestamp: null },
          spec: { containers: [{ name: 'c', image: 'i', args: [], env: null }], nodeName: '' },
        },
      },
    });
    expect(specOf(deployment)['replicas']).toBe(0);
    for (const key of ['paused', 'minReadySeconds']) {
      expect(specOf(deployment)[key]).toBeUndefined();
    }
    expect(metadataOf(deployment)['labels']).toBeUndefined();
    expect(podSpecOf(deployment)['nodeName']).toBeUndefined();
    expect(listAt(podSpecOf(deployment), 'containers')).toEqual([
      { name: 'c', image: 'i', ...CONTAINER_DEFAULTS },
    ]);
  });

  it('fills in the other workloads', async () => {
    const spec = { selector: SELECTOR, template: TEMPLATE };
    const replicaSet = await kinds('replicasets').tried({ spec });
    expect([specOf(replicaSet)['replicas'], replicaSet['status']]).toEqual([1, { replicas: 0 }]);
    const daemonSet = await kinds('daemonsets').tried({ spec });
    expect(specOf(daemonSet)).toMatchObject({
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      revisionHistoryLimit: 10,
    });
    expect(daemonSet['status']).toEqual({
      currentNumberScheduled: 0,
      desiredNumberScheduled: 0,
      numberMisscheduled: 0,
      numberReady: 0,
    });
    const statefulSet = await kinds('statefulsets').tried({ spec: { ...spec, serviceName: 'x' } });
    expect(specOf(statefulSet)).toMatchObject({
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    });
  });

  it('lets a job select its pods by its own uid', async () => {
    const template = { spec: { restartPolicy: 'Never', containers: CONTAINERS } };
    const job = await kinds('jobs').tried({ spec: { template } });
    const { uid, name } = metadataOf(job);
    const generated = {
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': name,
      'controller-uid': uid,
      'job-name': name,
    };
    expect(specOf(job)).toMatchObject({
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      manualSelector: false,
      podReplacementPolicy: 'TerminatingOrFailed',
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      template: { metadata: { labels: generated } },
    });
    expect(metadataOf(job)['labels']).toEqual(generated);
    const jobTemplate = { spec: { template } };
    const cronJob = await kinds('cronjobs').tried({ spec: { schedule: '@daily', jobTemplate } });
    expect(specOf(cronJob)).toMatchObject({
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
    expect(cronJob['status']).toEqual({});
  });

  it('gives a service its address and its ports', async () => {
    const service = await kinds('services').tried({ spec: { ports: [{ port: 80 }] } });
    const { clusterIP, ...rest } = specOf(service);
    expect(clusterIP).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(rest).toEqual({
      ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
      clusterIPs: [clusterIP],
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    });
    expect(service['status']).toEqual({ loadBalancer: {} });
    const spec = { type: 'NodePort', ports: [{ port: 80 }] };
    const exposed = await kinds('services').tried({ spec });
    const [port] = listAt(specOf(exposed), 'ports') as JsonMap[];
    expect(port?.['nodePort']).toBeGreaterThanOrEqual(30_000);
    expect(specOf(exposed)['externalTrafficPolicy']).toBe('Cluster');
  });

  it('fills in Secrets and Events', async () => {
    const secret = await kinds('secrets').tried({ stringData: { a: 'b' }, data: { c: 'AAAA' } });
    expect([secret['data'], secret['stringData'], secret['type']]).toEqual([
      { a: 'Yg==', c: 'AAAA' },
      undefined,
      'Opaque',
    ]);
    const involvedObject = { kind: 'Pod', name: 'x', namespace };
    const event = await kinds('events').tried({ involvedObject, reason: 'R' });
    expect(event).toMatchObject({
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: null,
      reportingComponent: '',
      reportingInstance: '',
    });
  });

  it('knows who owns what of a new object, and leaves what the server adds to nobody', async () => {
    const service = await kinds('services').tried({ spec: { ports: [{ port: 80 }] } });
    expect(ownedFields(service)).toEqual({
      'f:spec': {
        'f:internalTrafficPolicy': {},
        'f:ports': {
          '.': {},
          'k:{"port":80,"protocol":"TCP"}': {
            '.': {},
            'f:port': {},
            'f:protocol': {},
            'f:targetPort': {},
          },
        },
        'f:sessionAffinity': {},
        'f:type': {},
      },
    });
    const deployment = await kinds('deployments').tried({
      spec: { selector: SELECTOR, template: TEMPLATE },
    });
    const owned = mapAt(ownedFields(deployment), 'f:spec');
    expect(Object.keys(owned ?? {}).sort()).toEqual([
      'f:progressDeadlineSeconds',
      'f:replicas',
      'f:revisionHistoryLimit',
      'f:selector',
      'f:strategy',
      'f:template',
    ]);
    expect(owned?.['f:selector']).toEqual({});
  });
}
