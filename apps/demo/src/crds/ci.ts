import type { CrdSpec } from './crd.ts';
import { duration, instant, int, list, listMap, object, status, text } from './schema.ts';

const group = 'ci.example.dev';

const step = object(
  {
    name: text('The name of the step.'),
    image: text('The image that the step runs in.'),
    timeout: duration('After how long the step has failed.'),
  },
  ['name', 'image'],
);

/** How images come to be. */
export const ci: readonly CrdSpec[] = [
  {
    group,
    kind: 'Pipeline',
    plural: 'pipelines',
    shortNames: ['pl'],
    categories: ['ci'],
    description: 'Pipeline says how a repository is tested and built into an image.',
    spec: object(
      {
        repository: text('Where the source is.'),
        branch: text('Which branch is built when somebody pushes to it.'),
        steps: listMap(step, ['name'], 'What is done, one after the other.'),
      },
      ['repository', 'steps'],
    ),
    status: status({
      lastRun: text('The newest PipelineRun.'),
      successRate: int('How many per cent of the last 20 runs have succeeded.'),
    }),
    columns: [
      { name: 'Repository', type: 'string', jsonPath: '.spec.repository' },
      { name: 'Last run', type: 'string', jsonPath: '.status.lastRun' },
      { name: 'Success %', type: 'integer', jsonPath: '.status.successRate' },
      { name: 'Branch', type: 'string', jsonPath: '.spec.branch', priority: 1 },
    ],
  },
  {
    group,
    kind: 'PipelineRun',
    plural: 'pipelineruns',
    shortNames: ['plr'],
    categories: ['ci'],
    description: 'PipelineRun is one build: the steps of a pipeline, done for one commit.',
    spec: object(
      {
        pipeline: text('The Pipeline that is run.'),
        revision: { ...text('The commit that is built.'), pattern: '^[0-9a-f]{40}$' },
        trigger: text('What has started it.', ['push', 'schedule', 'manual']),
        steps: list(text('The name of a step.'), 'What is done, one after the other.'),
      },
      ['pipeline', 'revision'],
    ),
    status: status({
      phase: text('What it is at.', ['Pending', 'Running', 'Succeeded', 'Failed']),
      step: text('The step it is at, or ended with.'),
      startedAt: instant('When its first step began.'),
      finishedAt: instant('When its last step ended.'),
    }),
    selectable: ['.spec.trigger', '.status.phase'],
    columns: [
      { name: 'Pipeline', type: 'string', jsonPath: '.spec.pipeline' },
      { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
      { name: 'Step', type: 'string', jsonPath: '.status.step' },
      { name: 'Started', type: 'date', jsonPath: '.status.startedAt', priority: 1 },
      { name: 'Revision', type: 'string', jsonPath: '.spec.revision', priority: 1 },
    ],
  },
];
