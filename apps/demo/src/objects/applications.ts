import { between, pick } from '../random.ts';
import { make, type Shape } from './application-part.ts';
import type { DemoObject } from './demo-object.ts';
import type { Team } from './teams.ts';

type Random = () => number;

/** Whose new images are tried on a part of the traffic first. */
const canaried = new Set(['cart', 'payments', 'suggest', 'ranking', 'images', 'profiles']);

/** Nobody reaches these from outside: they have no route, and no certificate. */
const internal = new Set([
  'indexer',
  'training',
  'scoring',
  'audit',
  'scheduler',
  'builder',
  'enrich',
  'archive',
]);

/** These do everything at once, and leave no jobs. */
const withoutJobs = new Set([
  'pricing',
  'vouchers',
  'suggest',
  'edge-eu',
  'edge-us',
  'geo',
  'waf',
  'consent',
  'sessions',
  'registry',
  'portal',
]);

/** What is not for everybody yet. */
const flagged: Readonly<Record<string, readonly string[]>> = {
  checkout: ['one-page', 'guest'],
  cart: ['shared'],
  payments: ['instant', 'crypto'],
  search: ['semantic', 'voice'],
  catalog: ['dark-images'],
  auth: ['passkeys'],
  profiles: ['avatars', 'export'],
  recommendations: ['session-based'],
  mailer: ['plain-text'],
};

const tiers = ['web', 'api', 'api', 'worker'];

const strategies = ['Canary', 'Canary', 'BlueGreen', 'Recreate'];

/** The labels every object of an application has. */
function labelsOf(team: Team, application: string, random: Random): Record<string, string> {
  return {
    app: application,
    team: team.name,
    tier: pick(random, tiers),
    env: random() < 0.8 ? 'production' : 'staging',
    'app.kubernetes.io/name': application,
    'app.kubernetes.io/part-of': team.name,
  };
}

/**
 * An application with what belongs to it: worker, flag, route, split, certificate, pipeline, settings and secret.
 * Its operator makes the route, the route's the certificate, and that one's the secret.
 */
export function applicationObjects(team: Team, name: string, random: Random): DemoObject[] {
  const labels = labelsOf(team, name, random);
  const tag = `${between(random, 1, 9)}.${between(random, 0, 48)}.${between(random, 0, 9)}`;
  const host = `${name}.${team.namespace}.example.com`;
  const shape = { name, team, labels, tag, host };
  return [
    application(shape, random),
    ...(withoutJobs.has(name) ? [] : [worker(shape, random)]),
    ...['next', ...(flagged[name] ?? [])].map((what) => flag(shape, what, random)),
    ...(canaried.has(name) ? [trafficSplit(shape)] : []),
    pipeline(shape),
    settings(shape, random),
    ...(internal.has(name)
      ? []
      : [route(shape, random), certificate(shape), secret(shape, random)]),
  ];
}

function application(shape: Shape, random: Random): DemoObject {
  const { name, team, tag } = shape;
  const made = {
    apiVersion: 'apps.shop.example/v2',
    resource: 'applications',
    kind: 'Application',
    annotations: { 'example.com/runbook': `https://runbooks.example.com/${team.name}/${name}` },
  };
  return make(shape, made, {
    spec: {
      replicas: between(random, 2, 12),
      strategy: pick(random, strategies),
      owner: team.name,
      config: { configMap: `${name}-settings`, secret: `${name}-tls` },
      containers: [
        {
          name: 'web',
          image: `registry.example/${name}:${tag}`,
          resources: { cpu: pick(random, ['250m', '500m', 1]), memory: '256Mi' },
          env: [
            { name: 'LOG_LEVEL', value: 'info' },
            { name: 'REGION', value: pick(random, ['eu-1', 'us-2']) },
          ],
          probe: { path: '/ready', periodSeconds: 10 },
        },
        {
          name: 'proxy',
          image: 'registry.example/envoy:1.35.2',
          resources: { cpu: '50m', memory: '64Mi' },
        },
      ],
    },
  });
}

function worker(shape: Shape, random: Random): DemoObject {
  const made = {
    apiVersion: 'apps.shop.example/v1',
    resource: 'workers',
    kind: 'Worker',
    suffix: '-worker',
  };
  return make(shape, made, {
    spec: {
      queue: `${shape.name}-jobs`,
      minReplicas: 1,
      maxReplicas: between(random, 4, 20),
      image: `registry.example/${shape.name}-worker:${shape.tag}`,
      maxJobSeconds: pick(random, [60, 300, 900]),
    },
  });
}

function flag(shape: Shape, what: string, random: Random): DemoObject {
  const made = {
    apiVersion: 'flags.example.dev/v1',
    resource: 'featureflags',
    kind: 'FeatureFlag',
    suffix: `-${what}`,
    manager: 'flagctl',
  };
  return make(shape, made, {
    spec: {
      enabled: random() < 0.6,
      rollout: between(random, 0, 20) * 5,
      description:
        what === 'next'
          ? `The next generation of ${shape.name}.`
          : `${shape.name}: ${what.replaceAll('-', ' ')}.`,
      rules: [
        { attribute: 'country', values: ['de', 'fr'] },
        { attribute: 'employee', values: ['true'] },
      ],
      expires: '2030-01-01T00:00:00Z',
    },
  });
}

function route(shape: Shape, random: Random): DemoObject {
  const made = {
    apiVersion: 'gateway.example.net/v1',
    resource: 'apiroutes',
    kind: 'ApiRoute',
    manager: 'application-controller',
    owner: { apiVersion: 'apps.shop.example/v2', kind: 'Application', name: shape.name },
  };
  return make(shape, made, {
    spec: {
      gateway: 'public',
      hosts: [shape.host],
      path: `/${shape.name}`,
      backend: shape.name,
      timeoutSeconds: between(random, 1, 30),
      retries: { attempts: between(random, 0, 3), backoff: '250ms' },
    },
  });
}

function trafficSplit(shape: Shape): DemoObject {
  const image = `registry.example/${shape.name}:${shape.tag}`;
  const made = {
    apiVersion: 'gateway.example.net/v1',
    resource: 'trafficsplits',
    kind: 'TrafficSplit',
  };
  return make(shape, made, {
    spec: {
      route: shape.name,
      backends: [
        { name: 'stable', image, weight: 100 },
        { name: 'canary', image, weight: 0 },
      ],
      steps: [5, 10, 25, 50, 100],
      analysis: { metric: 'http-errors', maxErrorPercent: 1 },
    },
  });
}

function certificate(shape: Shape): DemoObject {
  const made = {
    apiVersion: 'certs.example.org/v1',
    resource: 'certificates',
    kind: 'Certificate',
    suffix: '-tls',
    manager: 'cert-controller',
    owner: { apiVersion: 'gateway.example.net/v1', kind: 'ApiRoute', name: shape.name },
  };
  return make(shape, made, {
    spec: {
      dnsNames: [shape.host, `www.${shape.host}`],
      secretName: `${shape.name}-tls`,
      issuer: 'example-ca',
      renewBefore: '10m',
      privateKey: { algorithm: 'ECDSA', size: 256, rotate: true },
    },
  });
}

function pipeline(shape: Shape): DemoObject {
  const made = { apiVersion: 'ci.example.dev/v1', resource: 'pipelines', kind: 'Pipeline' };
  return make(shape, made, {
    spec: {
      repository: `git.example/${shape.team.name}/${shape.name}`,
      branch: 'main',
      steps: ['fetch', 'test', 'build', 'push'].map((step) => ({
        name: step,
        image: `registry.example/ci-${step}:4`,
        timeout: step === 'test' ? '30m' : '10m',
      })),
    },
  });
}

function settings(shape: Shape, random: Random): DemoObject {
  const made = { apiVersion: 'v1', resource: 'configmaps', kind: 'ConfigMap', suffix: '-settings' };
  return make(shape, made, {
    data: {
      LOG_LEVEL: 'info',
      CACHE_SECONDS: String(between(random, 5, 600)),
      'features.yaml': `newNavigation: ${random() < 0.5}\nmaxUploadMiB: ${between(random, 1, 64)}\n`,
    },
  });
}

function secret(shape: Shape, random: Random): DemoObject {
  const made = {
    apiVersion: 'v1',
    resource: 'secrets',
    kind: 'Secret',
    suffix: '-tls',
    manager: 'cert-controller',
    owner: { apiVersion: 'certs.example.org/v1', kind: 'Certificate', name: `${shape.name}-tls` },
  };
  const serial = between(random, 1, 1e9);
  return make(shape, made, {
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': `not a certificate, ${serial}`, 'tls.key': `not a key, ${serial}` },
  });
}
