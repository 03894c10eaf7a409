import { listAt, stringAt, type JsonObject } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { between } from '../random.ts';
import { instant, withFindings, type Finding } from './conditions.ts';
import type { Controller, Decision, Fields, Look } from './controller.ts';
import { generationOf, nameOf } from './observation.ts';

/** How long a run that has ended is kept. */
const keptMs = 20 * 60_000;

/** How many of the steps fail. */
const failureShare = 0.04;

/** Pending → Running, one step after the other → Succeeded or Failed → removed. */
export const pipelineRunController: Controller = {
  manager: 'pipeline-controller',
  gvr: gvrOf('ci.example.dev/v1', 'pipelineruns'),
  decide(look) {
    const { object, due, initial, random } = look;
    const phase = stringAt(object, 'status', 'phase');
    if (phase === undefined) return initial ? past(look) : pending(look);
    if (!due) return {};
    if (phase === 'Pending') return started(look);
    if (phase !== 'Running') return { remove: true };
    const step = stringAt(object, 'status', 'step') ?? '';
    if (random() < failureShare) return ended(look, failure(step));
    const next = stepsOf(object)[stepsOf(object).indexOf(step) + 1];
    return next === undefined ? ended(look, success) : running(look, next);
  },
};

type Outcome = Omit<Finding, 'type'>;

const success: Outcome = { status: 'True', reason: 'Succeeded', message: 'Every step went well.' };

function failure(step: string): Outcome {
  const message = `The step ${step} ended with status 1.`;
  return { status: 'False', reason: 'StepFailed', message };
}

/** A run from before the demo began. */
function past(look: Look): Decision {
  const steps = stepsOf(look.object);
  const failed = look.random() < failureShare * steps.length ? steps[1] : undefined;
  const { status } = ended(look, failed === undefined ? success : failure(failed));
  const step = failed ?? steps.at(-1) ?? '';
  return {
    status: { ...status, step, startedAt: instant(look.now) },
    ...lastRun(look.object),
    againMs: keptMs * look.random(),
  };
}

function pending(look: Look): Decision {
  const waits: Outcome = { status: 'Unknown', reason: 'Pending', message: 'Waits for a builder.' };
  return { status: statusOf(look, 'Pending', waits), nextMs: 1500 };
}

function started(look: Look): Decision {
  const [first = ''] = stepsOf(look.object);
  const { status, ...rest } = running(look, first);
  return { status: { ...status, startedAt: instant(look.now) }, ...lastRun(look.object), ...rest };
}

function running(look: Look, step: string): Decision {
  const message = `The step ${step} runs.`;
  const runs: Outcome = { status: 'Unknown', reason: 'Running', message };
  return {
    status: { ...statusOf(look, 'Running', runs), step },
    nextMs: between(look.random, 2500, 6000),
  };
}

function ended(look: Look, outcome: Outcome): Decision {
  const phase = outcome.status === 'True' ? 'Succeeded' : 'Failed';
  return {
    status: { ...statusOf(look, phase, outcome), finishedAt: instant(look.now) },
    againMs: keptMs,
  };
}

function statusOf({ object, now }: Look, phase: string, outcome: Outcome): Fields {
  return {
    phase,
    observedGeneration: generationOf(object),
    conditions: withFindings(object, [{ type: 'Succeeded', ...outcome }], now),
  };
}

function lastRun(run: JsonObject): Pick<Decision, 'update'> {
  const name = stringAt(run, 'spec', 'pipeline');
  if (name === undefined) return {};
  const patch = { status: { lastRun: nameOf(run) } };
  const gvr = gvrOf('ci.example.dev/v1', 'pipelines');
  return { update: { gvr, name, patch, subresource: 'status' } };
}

function stepsOf(run: JsonObject): string[] {
  return listAt(run, 'spec', 'steps').filter((step) => typeof step === 'string');
}
