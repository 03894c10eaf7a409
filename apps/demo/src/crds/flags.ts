import type { CrdSpec } from './crd.ts';
import {
  decimal,
  defaulting,
  flag,
  instant,
  int,
  list,
  listMap,
  object,
  set,
  status,
  text,
} from './schema.ts';

const group = 'flags.example.dev';

const rule = object(
  {
    attribute: text('What is looked at, such as the country of who asks.'),
    values: set(text('A value.'), 'It holds when the attribute has one of these.'),
  },
  ['attribute', 'values'],
);

const variant = object(
  {
    name: text('The name of the variant.'),
    weight: int('How many per cent get it.', 0),
  },
  ['name'],
);

/** Who sees what. */
export const flags: readonly CrdSpec[] = [
  {
    group,
    kind: 'FeatureFlag',
    plural: 'featureflags',
    shortNames: ['ff', 'flag'],
    description:
      'FeatureFlag turns a part of an application on or off, for all who use it or for some, without a release.',
    spec: object({
      enabled: defaulting(flag('Nobody sees it while false, whatever else is said.'), false),
      rollout: { ...int('How many per cent of those who use it see it.', 0), maximum: 100 },
      description: text('What it turns on.'),
      rules: list(rule, 'Who sees it before anybody else does.'),
      expires: { ...instant('When the flag should be gone from the code.'), nullable: true },
    }),
    status: status({
      evaluationsPerMinute: int('How often applications have asked for it in the last minute.'),
    }),
    selectable: ['.spec.enabled'],
    columns: [
      { name: 'Enabled', type: 'boolean', jsonPath: '.spec.enabled' },
      {
        name: 'Rollout',
        type: 'integer',
        jsonPath: '.spec.rollout',
        description: 'Per cent of those who use it.',
      },
      { name: 'Per minute', type: 'integer', jsonPath: '.status.evaluationsPerMinute' },
      { name: 'About', type: 'string', jsonPath: '.spec.description', priority: 1 },
    ],
  },
  {
    group,
    kind: 'Experiment',
    plural: 'experiments',
    shortNames: ['xp'],
    description:
      'Experiment shows the variants of a flag to different people and compares what they do.',
    spec: object(
      {
        flag: text('The FeatureFlag whose variants are compared.'),
        variants: listMap(
          variant,
          ['name'],
          'What is compared; the first one is how it was before.',
        ),
        metric: text('What is compared by.'),
        until: instant('When it ends.'),
      },
      ['flag', 'variants'],
    ),
    status: status({
      samples: int('How many people were counted.'),
      uplift: decimal('How much better the second variant does than the first; 0.05 is 5 %.'),
    }),
    columns: [
      { name: 'Flag', type: 'string', jsonPath: '.spec.flag' },
      { name: 'Samples', type: 'integer', jsonPath: '.status.samples' },
      { name: 'Uplift', type: 'number', jsonPath: '.status.uplift' },
      { name: 'Metric', type: 'string', jsonPath: '.spec.metric', priority: 1 },
      { name: 'Ends', type: 'string', jsonPath: '.spec.until', priority: 1 },
    ],
  },
];
