import type { JsonObject } from '@kindscope/kube';
import type { DemoObject } from './demo-object.ts';

interface Running {
  readonly name: string;
  readonly namespace: string;
  readonly team: string;
  readonly component: string;
  readonly version: string;
  readonly replicas: number;
  readonly port: number;
  readonly description: string;
}

const running: readonly Running[] = [
  {
    name: 'storefront',
    namespace: 'shop',
    team: 'checkout',
    component: 'frontend',
    version: '4.18.2',
    replicas: 6,
    port: 8080,
    description: 'Renders the pages of the shop.',
  },
  {
    name: 'query-api',
    namespace: 'search',
    team: 'discovery',
    component: 'api',
    version: '2.7.0',
    replicas: 4,
    port: 9000,
    description: 'Answers what people search for.',
  },
  {
    name: 'login',
    namespace: 'identity',
    team: 'identity',
    component: 'frontend',
    version: '1.31.5',
    replicas: 3,
    port: 8080,
    description: 'Signs people in, and out again.',
  },
  {
    name: 'embeddings',
    namespace: 'ml',
    team: 'insight',
    component: 'model-server',
    version: '0.9.12',
    replicas: 2,
    port: 8500,
    description: 'Turns texts into vectors.',
  },
];

/** What runs as ordinary Deployments. */
export function deploymentObjects(): DemoObject[] {
  return running.map((one) => ({
    apiVersion: 'apps/v1',
    resource: 'deployments',
    manager: 'argocd-application-controller',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: one.name,
        namespace: one.namespace,
        labels: labelsOf(one),
        annotations: {
          'argocd.argoproj.io/tracking-id': `${one.team}:apps/Deployment:${one.namespace}/${one.name}`,
          'example.com/description': one.description,
        },
      },
      spec: specOf(one),
    },
  }));
}

function labelsOf({ name, team, component, version }: Running): Record<string, string> {
  return {
    app: name,
    team,
    env: 'production',
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/version': version,
    'app.kubernetes.io/managed-by': 'argocd',
  };
}

function specOf(one: Running): JsonObject {
  return {
    replicas: one.replicas,
    revisionHistoryLimit: 3,
    // Short, so that a rollout that does not come on is told while somebody still looks.
    progressDeadlineSeconds: 20,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    selector: { matchLabels: { app: one.name } },
    template: {
      metadata: { labels: { app: one.name, team: one.team, env: 'production' } },
      spec: {
        containers: [
          {
            name: one.name,
            image: `registry.example/${one.name}:${one.version}`,
            ports: [{ name: 'http', containerPort: one.port, protocol: 'TCP' }],
            env: [
              { name: 'LOG_LEVEL', value: 'info' },
              { name: 'PORT', value: String(one.port) },
            ],
            resources: {
              requests: { cpu: '100m', memory: '128Mi' },
              limits: { memory: '256Mi' },
            },
            readinessProbe: {
              httpGet: { path: '/ready', port: 'http' },
              initialDelaySeconds: 2,
              periodSeconds: 5,
            },
          },
        ],
      },
    },
  };
}
