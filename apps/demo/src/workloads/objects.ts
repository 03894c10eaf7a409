import type { JsonObject } from '@kindscope/kube';
import type { DemoObject } from '../objects/demo-object.ts';

/** The nodes, and what runs on them besides the applications: the platform's own. */
export function workloadObjects(): DemoObject[] {
  return [...nodes(), ...deployments(), usageReport()];
}

function nodes(): DemoObject[] {
  return ['a', 'b', 'c'].map((zone, index) => ({
    apiVersion: 'v1',
    resource: 'nodes',
    manager: 'kubelet',
    body: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: `node-${index + 1}`,
        labels: {
          'kubernetes.io/arch': 'amd64',
          'kubernetes.io/hostname': `node-${index + 1}`,
          'kubernetes.io/os': 'linux',
          'topology.kubernetes.io/zone': `eu-1${zone}`,
        },
      },
      spec: { podCIDR: `10.244.${index + 1}.0/24`, podCIDRs: [`10.244.${index + 1}.0/24`] },
    },
  }));
}

interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly team: string;
  readonly replicas: number;
  readonly containers: readonly Container[];
  readonly strategy: JsonObject;
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly cpu: string;
  readonly memory: string;
  /** Where it says that it is ready; undefined: when it has started. */
  readonly port?: number;
}

const shares = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };

const workloads: readonly Workload[] = [
  {
    name: 'ingress',
    namespace: 'edge',
    team: 'edge',
    replicas: 4,
    strategy: shares,
    containers: [
      {
        name: 'envoy',
        image: 'registry.example/envoy:1.35.2',
        cpu: '250m',
        memory: '256Mi',
        port: 8080,
      },
      {
        name: 'config-reloader',
        image: 'registry.example/config-reloader:0.7.1',
        cpu: '20m',
        memory: '32Mi',
      },
    ],
  },
  {
    // It holds a lock: two of them must never run side by side.
    name: 'mail-relay',
    namespace: 'ops',
    team: 'operations',
    replicas: 1,
    strategy: { type: 'Recreate' },
    containers: [
      {
        name: 'postfix',
        image: 'registry.example/postfix:3.10.1',
        cpu: '50m',
        memory: '128Mi',
        port: 25,
      },
    ],
  },
  {
    name: 'artifact-cache',
    namespace: 'platform',
    team: 'platform',
    replicas: 2,
    strategy: shares,
    containers: [
      {
        name: 'cache',
        image: 'registry.example/artifact-cache:2.4.0',
        cpu: '200m',
        memory: '512Mi',
        port: 8081,
      },
    ],
  },
  {
    name: 'stream-gateway',
    namespace: 'data',
    team: 'streaming',
    replicas: 3,
    strategy: shares,
    containers: [
      {
        name: 'gateway',
        image: 'registry.example/stream-gateway:5.1.3',
        cpu: '150m',
        memory: '256Mi',
        port: 9092,
      },
    ],
  },
];

function deployments(): DemoObject[] {
  return workloads.map((workload) => {
    const { name, namespace, team, replicas, strategy } = workload;
    const labels = { app: name, team, env: 'production', 'app.kubernetes.io/managed-by': 'Helm' };
    return {
      apiVersion: 'apps/v1',
      resource: 'deployments',
      manager: 'helm',
      body: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace, labels },
        spec: {
          replicas,
          strategy,
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name, team } },
            spec: { containers: workload.containers.map(containerOf) },
          },
        },
      },
    };
  });
}

function containerOf({ name, image, cpu, memory, port }: Container): JsonObject {
  const probe = { tcpSocket: { port: port ?? 0 }, initialDelaySeconds: 1, periodSeconds: 5 };
  return {
    name,
    image,
    resources: { requests: { cpu, memory }, limits: { memory } },
    ...(port !== undefined && {
      ports: [{ containerPort: port, protocol: 'TCP' }],
      readinessProbe: probe,
    }),
  };
}

/** A Job now and then. */
function usageReport(): DemoObject {
  const labels = { app: 'usage-report', team: 'operations' };
  const container = {
    name: 'report',
    image: 'registry.example/usage-report:1.9.0',
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
  };
  return {
    apiVersion: 'batch/v1',
    resource: 'cronjobs',
    manager: 'helm',
    body: {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'usage-report', namespace: 'ops', labels },
      spec: {
        schedule: '*/10 * * * *',
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          metadata: { labels },
          spec: {
            backoffLimit: 2,
            template: {
              metadata: { labels },
              spec: { restartPolicy: 'Never', containers: [container] },
            },
          },
        },
      },
    },
  };
}
