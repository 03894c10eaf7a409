import type { JsonObject } from '@kindscope/kube';
import { between, pick } from '../random.ts';
import type { DemoObject } from './demo-object.ts';
import type { Team } from './teams.ts';

type Random = () => number;

/** The field managers of what brings applications out. */
const deliveryManagers = {
  argocd: 'argocd-application-controller',
  flux: 'kustomize-controller',
  Helm: 'helm',
} as const;

/** Whose new images are tried on a part of the traffic first. */
const canaried = new Set([
  'cart',
  'payments',
  'suggest',
  'ranking',
  'images',
  'profiles',
  'scoring',
]);

const tiers = ['web', 'api', 'worker'];

/** The labels every object of an application has. */
function labelsOf(team: Team, application: string, random: Random): Record<string, string> {
  return {
    app: application,
    team: team.name,
    tier: pick(random, tiers),
    env: random() < 0.8 ? 'production' : 'staging',
    'app.kubernetes.io/name': application,
    'app.kubernetes.io/managed-by': team.delivery,
  };
}

/** An application with what belongs to it: worker, flag, route, split, certificate, pipeline, settings and secret. */
export function applicationObjects(team: Team, name: string, random: Random): DemoObject[] {
  const labels = labelsOf(team, name, random);
  const manager = deliveryManagers[team.delivery];
  const tag = `${between(random, 1, 9)}.${between(random, 0, 48)}.${between(random, 0, 9)}`;
  const image = `registry.example/${name}:${tag}`;
  const host = `${name}.${team.namespace}.example.com`;
  const make = (
    apiVersion: string,
    resource: string,
    kind: string,
    suffix: string,
    content: JsonObject,
    by: string = manager,
  ): DemoObject => ({
    apiVersion,
    resource,
    manager: by,
    body: {
      apiVersion,
      kind,
      metadata: { name: `${name}${suffix}`, namespace: team.namespace, labels },
      ...content,
    },
  });
  return [
    make('apps.shop.example/v2', 'applications', 'Application', '', {
      spec: {
        replicas: between(random, 2, 12),
        strategy: pick(random, ['Canary', 'Canary', 'BlueGreen', 'Recreate']),
        owner: team.name,
        containers: [
          {
            name: 'web',
            image,
            resources: { cpu: '250m', memory: '256Mi' },
            env: [
              { name: 'LOG_LEVEL', value: 'info' },
              { name: 'REGION', value: pick(random, ['eu-1', 'us-2']) },
            ],
          },
          { name: 'proxy', image: 'registry.example/envoy:1.35.2' },
        ],
      },
    }),
    make('apps.shop.example/v1', 'workers', 'Worker', '-worker', {
      spec: {
        queue: `${name}-jobs`,
        minReplicas: 1,
        maxReplicas: between(random, 4, 20),
        image: `registry.example/${name}-worker:${tag}`,
      },
    }),
    make(
      'flags.example.dev/v1',
      'featureflags',
      'FeatureFlag',
      '-next',
      {
        spec: {
          enabled: random() < 0.6,
          rollout: between(random, 0, 20) * 5,
          description: `The next generation of ${name}.`,
          rules: [{ attribute: 'country', values: ['de', 'fr'] }],
        },
      },
      'flagctl',
    ),
    make('gateway.example.net/v1', 'apiroutes', 'ApiRoute', '', {
      spec: {
        gateway: 'public',
        hosts: [host],
        path: `/${name}`,
        backend: name,
        timeoutSeconds: between(random, 1, 30),
      },
    }),
    ...(canaried.has(name)
      ? [
          make('gateway.example.net/v1', 'trafficsplits', 'TrafficSplit', '', {
            spec: {
              route: name,
              backends: [
                { name: 'stable', image, weight: 100 },
                { name: 'canary', image, weight: 0 },
              ],
              steps: [5, 10, 25, 50, 100],
              analysis: { metric: 'http-errors', maxErrorPercent: 1 },
            },
          }),
        ]
      : []),
    make('certs.example.org/v1', 'certificates', 'Certificate', '-tls', {
      spec: {
        dnsNames: [host],
        secretName: `${name}-tls`,
        issuer: 'example-ca',
        renewBefore: '10m',
      },
    }),
    make('ci.example.dev/v1', 'pipelines', 'Pipeline', '', {
      spec: {
        repository: `git.example/${team.name}/${name}`,
        branch: 'main',
        steps: ['fetch', 'test', 'build', 'push'].map((step) => ({
          name: step,
          image: `registry.example/ci-${step}:4`,
        })),
      },
    }),
    make('v1', 'configmaps', 'ConfigMap', '-settings', {
      data: { LOG_LEVEL: 'info', CACHE_SECONDS: String(between(random, 5, 600)) },
    }),
    make(
      'v1',
      'secrets',
      'Secret',
      '-tls',
      { type: 'Opaque', stringData: { 'tls.key': `not a key, ${between(random, 1, 1e9)}` } },
      'cert-controller',
    ),
  ];
}
