import { healthOf, stringAt, type JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { runOf } from '../objects/index.ts';
import { seededRandom } from '../random.ts';
import { after, begun, created, lookAt, play } from '../testing/story.ts';
import { pipelineRunController as controller } from './pipeline-run.ts';

const lucky = (): number => 0.99;
const unlucky = (): number => 0;

const run = runOf(created('Pipeline'), {
  random: seededRandom(1),
  trigger: 'push',
  manager: 'git-webhook',
}).body;

const phaseAndStep = (object: JsonObject) => [
  stringAt(object, 'status', 'phase'),
  stringAt(object, 'status', 'step'),
];

describe('a pipeline run', () => {
  it('belongs to its pipeline and has its steps', () => {
    const pipeline = stringAt(created('Pipeline'), 'metadata', 'name');
    expect(run.metadata['ownerReferences']).toMatchObject([{ kind: 'Pipeline', name: pipeline }]);
    expect(run['spec']).toMatchObject({ pipeline, steps: ['fetch', 'test', 'build', 'push'] });
  });

  it('goes through its steps', () => {
    const told = play(controller, run, lucky);
    expect(told.map(phaseAndStep)).toEqual([
      ['Pending', undefined],
      ['Running', 'fetch'],
      ['Running', 'test'],
      ['Running', 'build'],
      ['Running', 'push'],
      ['Succeeded', 'push'],
    ]);
    expect(told.map((object) => healthOf(object).status)).toEqual([
      ...Array.from({ length: 5 }, () => 'working'),
      'healthy',
    ]);
  });

  it('now and then fails at a step, with a reason', () => {
    const told = play(controller, run, unlucky);
    expect(told.map(phaseAndStep).at(-1)).toEqual(['Failed', 'fetch']);
    expect(healthOf(told.at(-1) ?? {})).toEqual({ status: 'failing', reason: 'StepFailed' });
  });

  it('is the last run of its pipeline from when it starts', () => {
    const [pending = {}] = play(controller, run, lucky);
    expect(controller.decide(lookAt(pending)).update).toMatchObject({
      name: stringAt(run, 'spec', 'pipeline'),
      subresource: 'status',
      patch: { status: { lastRun: run.metadata.name } },
    });
  });

  it('goes when it is old', () => {
    const last = play(controller, run, lucky).at(-1) ?? {};
    expect(controller.decide(lookAt(last, { due: false }))).toEqual({});
    expect(controller.decide(lookAt(last))).toEqual({ remove: true });
  });

  it('has ended if it was there at the beginning', () => {
    expect(['Succeeded', 'Failed']).toContain(stringAt(begun(controller, run), 'status', 'phase'));
    const failed = after(run, controller.decide(lookAt(run, { initial: true, random: unlucky })));
    expect(phaseAndStep(failed)).toEqual(['Failed', 'test']);
  });
});
