import type { CrdSpec } from './crd.ts';
import {
  defaulting,
  flag,
  int,
  listMap,
  object,
  quantity,
  status,
  stringMap,
  text,
} from './schema.ts';

const group = 'apps.shop.example';

const variable = object(
  {
    name: text('The name of the variable.'),
    value: text('Its value.'),
  },
  ['name'],
);

const container = object(
  {
    name: text('The name of the container; unique in its application.'),
    image: text('The image with its tag or digest.'),
    resources: object(
      {
        cpu: quantity('How much CPU it asks for.'),
        memory: quantity('How much memory it asks for.'),
      },
      [],
      'What it asks for.',
    ),
    env: listMap(variable, ['name'], 'The environment it starts with.'),
    probe: object(
      {
        path: text('The path that answers 200 once the container can serve.'),
        periodSeconds: int('How often it is asked.', 1),
      },
      [],
      'How it is found out whether it serves.',
    ),
  },
  ['name', 'image'],
);

export const applications: readonly CrdSpec[] = [
  {
    group,
    kind: 'Application',
    plural: 'applications',
    shortNames: ['app'],
    categories: ['all', 'shop'],
    description:
      'Application is something that is deployed: which containers, how many of them, and how a new image is brought out.',
    versions: [
      { name: 'v2', storage: true },
      {
        name: 'v1',
        deprecationWarning: 'apps.shop.example/v1 Application is deprecated; use v2',
      },
      { name: 'v1alpha1', served: false },
    ],
    spec: object(
      {
        replicas: defaulting(int('How many replicas are wanted.', 0), 1),
        strategy: defaulting(
          text(
            'How a new image is brought out: a few replicas at a time, all beside the old ones, or after them.',
            ['Canary', 'BlueGreen', 'Recreate'],
          ),
          'Canary',
        ),
        containers: listMap(
          container,
          ['name'],
          'What each replica runs; the first one is released.',
        ),
        owner: text('The team that is called when it fails.'),
        paused: flag('Changes are not rolled out while true.'),
        config: object(
          {
            configMap: text('The ConfigMap its settings come from.'),
            secret: text('The Secret its keys come from.'),
          },
          [],
          'Where it gets its settings from.',
        ),
        podLabels: stringMap('Labels that its pods get besides its own.'),
      },
      ['containers'],
    ),
    status: status({
      replicas: int('How many replicas run.'),
      updatedReplicas: int('How many of them run the newest spec.'),
      availableReplicas: int('How many of them serve.'),
      image: text('The image of the first container that every replica runs.'),
    }),
    scalable: true,
    selectable: ['.spec.owner', '.spec.strategy'],
    columns: [
      { name: 'Desired', type: 'integer', jsonPath: '.spec.replicas' },
      { name: 'Current', type: 'integer', jsonPath: '.status.replicas' },
      { name: 'Up-to-date', type: 'integer', jsonPath: '.status.updatedReplicas' },
      { name: 'Available', type: 'integer', jsonPath: '.status.availableReplicas' },
      { name: 'Strategy', type: 'string', jsonPath: '.spec.strategy', priority: 1 },
      { name: 'Image', type: 'string', jsonPath: '.spec.containers[0].image', priority: 1 },
      { name: 'Owner', type: 'string', jsonPath: '.spec.owner', priority: 2 },
    ],
  },
  {
    group,
    kind: 'Worker',
    plural: 'workers',
    shortNames: ['wk'],
    categories: ['shop'],
    description:
      'Worker is a part of an application that takes jobs from a queue; there are more of them while more is waiting.',
    spec: object(
      {
        queue: text('The queue it takes its jobs from.'),
        minReplicas: defaulting(int('There are never fewer replicas.', 0), 1),
        maxReplicas: int('There are never more replicas.', 1),
        image: text('The image with its tag or digest.'),
        maxJobSeconds: int('A job that takes longer is given to another replica.', 1),
      },
      ['queue', 'maxReplicas', 'image'],
    ),
    status: status({
      replicas: int('How many replicas run.'),
      backlog: int('How many jobs are waiting.'),
    }),
    columns: [
      { name: 'Queue', type: 'string', jsonPath: '.spec.queue' },
      { name: 'Replicas', type: 'integer', jsonPath: '.status.replicas' },
      { name: 'Backlog', type: 'integer', jsonPath: '.status.backlog' },
      { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
      { name: 'Image', type: 'string', jsonPath: '.spec.image', priority: 1 },
    ],
  },
];
