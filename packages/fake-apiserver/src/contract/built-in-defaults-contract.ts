import { beforeAll, expect, it } from 'vitest';
import { listAt, mapAt, type JsonMap } from '../json.ts';
import {
  collectionOf,
  CONTAINER_DEFAULTS,
  CONTAINERS,
  createBuiltInNamespace,
  LABELS,
  ownedFields,
  PATHS,
  podSpecOf,
  SELECTOR,
  specOf,
  TEMPLATE,
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
  const kinds = (resource: keyof typeof PATHS): Collection =>
    collectionOf(connect(), namespace, resource);

  const POD_SPEC: JsonMap = {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  };

  it('fills in a pod', async () => {
    const pod = await kinds('pods').tried({ spec: { containers: CONTAINERS } });
    expect(specOf(pod)).toMatchObject({
      ...POD_SPEC,
      containers: [{ name: 'c', image: 'i', ...CONTAINER_DEFAULTS }],
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
      serviceAccount: 'default',
      serviceAccountName: 'default',
    });
    expect(listAt(specOf(pod), 'tolerations')).toEqual(
      ['not-ready', 'unreachable'].map((why) => ({
        key: `node.kubernetes.io/${why}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
    );
    expect(pod['status']).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
  });

  it('mounts the token of its service account into a pod, unless that is not wanted', async () => {
    const pod = await kinds('pods').tried({ spec: { containers: CONTAINERS } });
    const [volume] = listAt(specOf(pod), 'volumes') as JsonMap[];
    expect(volume?.['name']).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
    expect(listAt(mapAt(volume, 'projected'), 'sources')).toHaveLength(3);
    const [container] = listAt(specOf(pod), 'containers') as JsonMap[];
    expect(listAt(container, 'volumeMounts')).toEqual([
      {
        name: volume?.['name'],
        readOnly: true,
        mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      },
    ]);
    const spec = { containers: CONTAINERS, automountServiceAccountToken: false };
    expect(specOf(await kinds('pods').tried({ spec }))['volumes']).toBeUndefined();
  });

  it('pulls an image anew where its tag may change', async () => {
    const images: [string, string][] = [
      ['nginx', 'Always'],
      ['nginx:latest', 'Always'],
      ['nginx:1.2', 'IfNotPresent'],
      ['localhost:5000/nginx', 'Always'],
      ['localhost:5000/nginx:1.2', 'IfNotPresent'],
      [`nginx@sha256:${'0'.repeat(64)}`, 'IfNotPresent'],
    ];
    const containers = images.map(([image], index) => ({ name: `c${index}`, image }));
    const pod = await kinds('pods').tried({ spec: { containers } });
    const policies = (listAt(specOf(pod), 'containers') as JsonMap[]).map(
      (container) => container['imagePullPolicy'],
    );
    expect(policies).toEqual(images.map(([, policy]) => policy));
  });

  it('fills in ports, probes, volumes and amounts, each in its own form', async () => {
    const container = {
      name: 'c',
      image: 'i',
      ports: [{ containerPort: 80 }],
      livenessProbe: { httpGet: { port: 80 } },
      resources: { limits: { cpu: 0.5, memory: '1024Mi' } },
      env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    };
    const volumes = [
      { name: 'a' },
      { name: 'b', configMap: { name: 'x' } },
      { name: 'c', secret: { secretName: 'x' } },
      { name: 'd', hostPath: { path: '/x' } },
    ];
    const pod = await kinds('pods').tried({ spec: { containers: [container], volumes } });
    expect(listAt(specOf(pod), 'containers')[0]).toMatchObject({
      ports: [{ containerPort: 80, protocol: 'TCP' }],
      livenessProbe: {
        httpGet: { port: 80, path: '/', scheme: 'HTTP' },
        timeoutSeconds: 1,
        periodSeconds: 10,
        successThreshold: 1,
        failureThreshold: 3,
      },
      resources: {
        limits: { cpu: '500m', memory: '1Gi' },
        requests: { cpu: '500m', memory: '1Gi' },
      },
      env: [{ valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } }],
    });
    expect(listAt(specOf(pod), 'volumes').slice(0, 4)).toEqual([
      { name: 'a', emptyDir: {} },
      { name: 'b', configMap: { name: 'x', defaultMode: 420 } },
      { name: 'c', secret: { secretName: 'x', defaultMode: 420 } },
      { name: 'd', hostPath: { path: '/x', type: '' } },
    ]);
    expect(mapAt(pod, 'status')?.['qosClass']).toBe('Guaranteed');
  });

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
        spec: { ...POD_SPEC, containers: [{ name: 'c', image: 'i', ...CONTAINER_DEFAULTS }] },
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
