import { beforeAll, expect, it } from 'vitest';
import { listAt, mapAt, type JsonMap } from '../json.ts';
import {
  collectionOf,
  CONTAINER_DEFAULTS,
  CONTAINERS,
  createBuiltInNamespace,
  POD_DEFAULTS,
  specOf,
  type Collection,
} from './built-in-objects.ts';
import type { ContractClient } from './contract-client.ts';

/** What Kubernetes writes into a pod where nothing is said. */
export function builtInPodContract(connect: () => ContractClient): void {
  let namespace = '';
  beforeAll(async () => {
    namespace = await createBuiltInNamespace(connect());
  });
  const pods = (): Collection => collectionOf(connect(), namespace, 'pods');

  it('fills in a pod', async () => {
    const pod = await pods().tried({ spec: { containers: CONTAINERS } });
    expect(specOf(pod)).toMatchObject({
      ...POD_DEFAULTS,
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
    const pod = await pods().tried({ spec: { containers: CONTAINERS } });
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
    expect(specOf(await pods().tried({ spec }))['volumes']).toBeUndefined();
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
    const pod = await pods().tried({ spec: { containers } });
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
    const pod = await pods().tried({ spec: { containers: [container], volumes } });
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
}
