import type { CrdSpec } from './crd.ts';
import {
  decimal,
  flag,
  instant,
  int,
  list,
  listMap,
  object,
  status,
  stringMap,
  text,
} from './schema.ts';

const resources = object({ cpu: text('CPU request.'), memory: text('Memory request.') });

const container = object(
  {
    name: text('Unique in the application.'),
    image: text('The image with its tag.'),
    resources,
    env: listMap(
      object({ name: text('Name.'), value: text('Value.') }, ['name']),
      ['name'],
      'Environment.',
    ),
  },
  ['name', 'image'],
);

/** Applications, and what decides who sees them. */
export const delivery: readonly CrdSpec[] = [
  {
    group: 'apps.shop.example',
    kind: 'Application',
    plural: 'applications',
    shortNames: ['app'],
    categories: ['all', 'shop'],
    description: 'A deployable application: its containers, how many, and how they are rolled out.',
    versions: [
      { name: 'v2', storage: true },
      { name: 'v1', deprecationWarning: 'apps.shop.example/v1 Application is deprecated; use v2' },
      { name: 'v1alpha1', served: false },
    ],
    spec: object(
      {
        replicas: int('How many should run.', 0),
        strategy: text('How a new image is brought out.', ['Canary', 'BlueGreen', 'Recreate']),
        containers: listMap(container, ['name'], 'What runs.'),
        owner: text('The team that is called.'),
      },
      ['replicas', 'containers'],
    ),
    status: status({
      replicas: int('Running now.'),
      updatedReplicas: int('Running at the newest spec.'),
      availableReplicas: int('Ready to serve.'),
      image: text('The image that is fully rolled out.'),
    }),
    columns: [
      { name: 'Desired', type: 'integer', jsonPath: '.spec.replicas' },
      { name: 'Current', type: 'integer', jsonPath: '.status.replicas' },
      { name: 'Up-to-date', type: 'integer', jsonPath: '.status.updatedReplicas' },
      { name: 'Available', type: 'integer', jsonPath: '.status.availableReplicas' },
      { name: 'Strategy', type: 'string', jsonPath: '.spec.strategy', priority: 1 },
      { name: 'Image', type: 'string', jsonPath: '.spec.containers[0].image', priority: 1 },
    ],
  },
  {
    group: 'apps.shop.example',
    kind: 'Worker',
    plural: 'workers',
    shortNames: ['wk'],
    description: 'A queue worker that scales with what waits.',
    spec: object({
      queue: text('The queue it reads.'),
      minReplicas: int('Never fewer.', 0),
      maxReplicas: int('Never more.', 1),
      image: text('The image with its tag.'),
    }),
    status: status({ replicas: int('Running now.'), backlog: int('Messages that wait.') }),
    columns: [
      { name: 'Queue', type: 'string', jsonPath: '.spec.queue' },
      { name: 'Replicas', type: 'integer', jsonPath: '.status.replicas' },
      { name: 'Backlog', type: 'integer', jsonPath: '.status.backlog' },
      { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
    ],
  },
  {
    group: 'flags.example.dev',
    kind: 'FeatureFlag',
    plural: 'featureflags',
    shortNames: ['ff', 'flag'],
    description: 'A switch that is turned without a release.',
    spec: object({
      enabled: flag('Whether it is on for anybody.'),
      rollout: int('Per cent of users that see it.', 0),
      description: text('What it switches.'),
      rules: list(
        object({ attribute: text('Which.'), values: list(text('One.'), 'Any of these.') }),
        'Who sees it in any case.',
      ),
    }),
    status: status({ evaluationsPerMinute: int('How often it was asked for.') }),
    columns: [
      { name: 'Enabled', type: 'boolean', jsonPath: '.spec.enabled' },
      {
        name: 'Rollout',
        type: 'integer',
        jsonPath: '.spec.rollout',
        description: 'Per cent of users',
      },
      { name: 'Per minute', type: 'integer', jsonPath: '.status.evaluationsPerMinute' },
      { name: 'About', type: 'string', jsonPath: '.spec.description', priority: 1 },
    ],
  },
  {
    group: 'flags.example.dev',
    kind: 'Experiment',
    plural: 'experiments',
    shortNames: ['xp'],
    description: 'Two variants of a flag, measured against each other.',
    spec: object({
      flag: text('The flag it varies.'),
      variants: listMap(
        object({ name: text('Name.'), weight: int('Share.') }, ['name']),
        ['name'],
        'Variants.',
      ),
      until: instant('When it ends.'),
    }),
    status: status({
      samples: int('How many were measured.'),
      uplift: decimal('Relative difference.'),
    }),
    columns: [
      { name: 'Flag', type: 'string', jsonPath: '.spec.flag' },
      { name: 'Samples', type: 'integer', jsonPath: '.status.samples' },
      { name: 'Uplift', type: 'number', jsonPath: '.status.uplift' },
      { name: 'Ends', type: 'string', jsonPath: '.spec.until' },
    ],
  },
  {
    group: 'tenancy.example.com',
    kind: 'Tenant',
    plural: 'tenants',
    scope: 'Cluster',
    description: 'A team with its namespaces and its budget.',
    spec: object({
      namespaces: list(text('One.'), 'Namespaces it owns.'),
      quota: stringMap('Limits by resource.'),
      contact: text('Whom to call.'),
    }),
    status: status({ usedCpu: text('CPU in use.'), namespaces: int('How many exist.') }),
    columns: [
      { name: 'Namespaces', type: 'integer', jsonPath: '.status.namespaces' },
      { name: 'CPU', type: 'string', jsonPath: '.status.usedCpu' },
      { name: 'Contact', type: 'string', jsonPath: '.spec.contact' },
    ],
  },
];
