import type { JsonObject } from '@kindscope/kube';
import { between, pick } from '../random.ts';
import type { DemoObject } from './demo-object.ts';
import type { Team } from './teams.ts';

type Random = () => number;

const engines = [
  { engine: 'postgres', version: '17' },
  { engine: 'postgres', version: '16' },
  { engine: 'mysql', version: '8.4' },
];

/** What stands once in the cluster. */
export function clusterObjects(teams: readonly Team[]): DemoObject[] {
  return [
    ...teams.map((team) => ({
      apiVersion: 'v1',
      resource: 'namespaces',
      manager: 'terraform',
      body: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: team.namespace,
          labels: { team: team.name, 'pod-security.kubernetes.io/enforce': 'baseline' },
        },
      },
    })),
    ...teams.map((team, index) => ({
      apiVersion: 'tenancy.example.com/v1',
      resource: 'tenants',
      manager: 'terraform',
      body: {
        apiVersion: 'tenancy.example.com/v1',
        kind: 'Tenant',
        metadata: { name: team.name, labels: { team: team.name } },
        spec: {
          namespaces: [team.namespace],
          quota: { cpu: 40, memory: '128Gi', 'requests.storage': '2Ti' },
          costCenter: String(4100 + index * 10),
          contact: `${team.name}@example.com`,
        },
      },
    })),
    {
      apiVersion: 'coordination.k8s.io/v1',
      resource: 'leases',
      manager: 'database-operator',
      body: {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: {
          name: 'database-operator',
          namespace: 'platform',
          labels: { 'app.kubernetes.io/component': 'leader-election' },
        },
        spec: { holderIdentity: 'database-operator-7c9fd', leaseDurationSeconds: 30 },
      },
    },
    ...['example-ca', 'internal-ca'].map((name) => ({
      apiVersion: 'certs.example.org/v1',
      resource: 'issuers',
      manager: 'terraform',
      body: {
        apiVersion: 'certs.example.org/v1',
        kind: 'Issuer',
        metadata: { name },
        spec: { server: `https://${name}.example.org/directory`, email: 'certs@example.com' },
      },
    })),
  ];
}

/** What a team has besides its applications: gateway, databases, topics, experiments. */
export function teamObjects(team: Team, random: Random): DemoObject[] {
  const make = (
    apiVersion: string,
    resource: string,
    kind: string,
    name: string,
    manager: string,
    spec: JsonObject,
  ): DemoObject => ({
    apiVersion,
    resource,
    manager,
    body: {
      apiVersion,
      kind,
      metadata: {
        name,
        namespace: team.namespace,
        labels: { team: team.name, tier: 'data', env: 'production' },
      },
      spec,
    },
  });
  const topic = pick(random, team.applications);
  return [
    make('gateway.example.net/v1', 'gateways', 'Gateway', 'public', 'helm', {
      class: 'envoy',
      listeners: [
        { port: 80, protocol: 'HTTP', redirectToHttps: true },
        { port: 443, protocol: 'HTTPS' },
      ],
    }),
    ...['main', 'reporting'].map((name) =>
      make('data.example.io/v1', 'clouddatabases', 'CloudDatabase', name, 'terraform', {
        ...pick(random, engines),
        storageGb: between(random, 2, 40) * 10,
        replicas: between(random, 2, 3),
        backups: true,
        parameters: { max_connections: '200', timezone: 'UTC' },
        maintenance: { day: 'Sunday', hour: between(random, 1, 5) },
      }),
    ),
    ...['events', 'commands', 'dead-letters'].map((name) =>
      make(
        'streaming.example.io/v1',
        'kafkatopics',
        'KafkaTopic',
        `${topic}-${name}`,
        'kustomize-controller',
        {
          partitions: pick(random, [3, 6, 12, 24]),
          replicas: 3,
          retentionMs: 604_800_000,
          cleanupPolicy: pick(random, ['delete', 'compact']),
          config: { 'min.insync.replicas': '2' },
        },
      ),
    ),
    make('flags.example.dev/v1', 'experiments', 'Experiment', `${topic}-layout`, 'flagctl', {
      flag: `${topic}-next`,
      variants: [
        { name: 'control', weight: 50 },
        { name: 'treatment', weight: 50 },
      ],
      metric: 'conversions',
      until: '2030-01-01T00:00:00Z',
    }),
  ];
}
