import type { CrdSpec } from './crd.ts';
import {
  decimal,
  defaulting,
  duration,
  flag,
  int,
  list,
  listMap,
  object,
  set,
  status,
  text,
} from './schema.ts';

const group = 'gateway.example.net';

const listener = object(
  {
    port: { ...int('The port that is open.', 1), maximum: 65_535 },
    protocol: text('What is spoken there.', ['HTTP', 'HTTPS', 'TCP']),
    redirectToHttps: flag('Whether plain requests are sent to the HTTPS listener.'),
  },
  ['port', 'protocol'],
);

const backend = object(
  {
    name: text('stable is what serves, canary is what is tried.', ['stable', 'canary']),
    image: text('The image with its tag.'),
    weight: { ...int('How many per cent of the requests it gets.', 0), maximum: 100 },
  },
  ['name'],
);

/** How traffic comes in, and where it goes. */
export const gateway: readonly CrdSpec[] = [
  {
    group,
    kind: 'Gateway',
    plural: 'gateways',
    shortNames: ['gw'],
    categories: ['network'],
    description: 'Gateway is where traffic comes in: an address with open ports.',
    spec: object(
      {
        class: text('Which kind of proxy it is made of.'),
        listeners: listMap(listener, ['port'], 'The ports that are open.'),
        externalTraffic: defaulting(
          text('Whether requests may be passed on between nodes.', ['Cluster', 'Local']),
          'Cluster',
        ),
      },
      ['class', 'listeners'],
    ),
    status: status({
      address: text('The address it is reached at.'),
      routes: int('How many routes are attached to it.'),
    }),
    columns: [
      { name: 'Class', type: 'string', jsonPath: '.spec.class' },
      { name: 'Address', type: 'string', jsonPath: '.status.address' },
      { name: 'Routes', type: 'integer', jsonPath: '.status.routes' },
      { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
    ],
  },
  {
    group,
    kind: 'ApiRoute',
    plural: 'apiroutes',
    shortNames: ['route'],
    categories: ['network'],
    description: 'ApiRoute says which requests go to which application.',
    spec: object(
      {
        gateway: text('The Gateway that the requests come in by.'),
        hosts: set(text('A host name.'), 'The hosts the requests are for.'),
        path: defaulting(text('What their path begins with.'), '/'),
        backend: text('The application that answers them.'),
        timeoutSeconds: int('After how long a request is given up.', 1),
        retries: object(
          {
            attempts: int('How often a request is tried again.', 0),
            backoff: duration('How long is waited before.'),
          },
          [],
          'What is done about a request that fails.',
        ),
      },
      ['gateway', 'hosts', 'backend'],
    ),
    status: status({
      requestsPerSecond: int('How many requests come now.'),
      p99Millis: int('99 of 100 are answered within so many milliseconds.'),
    }),
    columns: [
      { name: 'Host', type: 'string', jsonPath: '.spec.hosts[0]' },
      { name: 'Req/s', type: 'integer', jsonPath: '.status.requestsPerSecond' },
      { name: 'P99 ms', type: 'integer', jsonPath: '.status.p99Millis' },
      { name: 'Path', type: 'string', jsonPath: '.spec.path', priority: 1 },
      { name: 'Backend', type: 'string', jsonPath: '.spec.backend', priority: 1 },
      { name: 'Gateway', type: 'string', jsonPath: '.spec.gateway', priority: 1 },
    ],
  },
  {
    group,
    kind: 'TrafficSplit',
    plural: 'trafficsplits',
    shortNames: ['split'],
    categories: ['network'],
    description:
      'TrafficSplit shares the traffic of a route between the version that serves and one that is tried, and aborts what fails.',
    spec: object(
      {
        route: text('The ApiRoute whose traffic is shared.'),
        backends: listMap(backend, ['name'], 'Who gets the traffic, and how much of it.'),
        steps: list(
          int('Per cent of the traffic.', 1),
          'The shares that a canary goes through, the smallest first.',
        ),
        analysis: object(
          {
            metric: text('What is measured at each step.'),
            maxErrorPercent: decimal('A canary with more errors than this is aborted.'),
          },
          [],
          'What decides whether a canary goes on.',
        ),
      },
      ['route', 'backends'],
    ),
    status: status({
      phase: text('Where the canary is.', ['Stable', 'Progressing', 'Aborted']),
      canaryImage: text('The image that is tried, or that was aborted.'),
      canaryWeight: int('How many per cent of the requests it gets.'),
      step: int('Which step it is at; 0 where no canary runs.'),
      measurements: int('How often was measured at this step.'),
      errorPercent: decimal('How many per cent of its answers are errors.'),
    }),
    columns: [
      { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
      { name: 'Canary %', type: 'integer', jsonPath: '.spec.backends[?(@.name=="canary")].weight' },
      { name: 'Errors %', type: 'number', jsonPath: '.status.errorPercent' },
      {
        name: 'Stable',
        type: 'string',
        jsonPath: '.spec.backends[?(@.name=="stable")].image',
        priority: 1,
      },
      { name: 'Tried', type: 'string', jsonPath: '.status.canaryImage', priority: 1 },
    ],
  },
];
