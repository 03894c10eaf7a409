import {
  conditionsOf,
  diffObjects,
  laneStatus,
  rolloutProgress,
  valueAt,
  type JsonObject,
} from '@kindscope/kube';
import type { RolloutRun } from '@kindscope/protocol';
import type { StateSpan } from '../timeline/revision-log.ts';

type Step = RolloutRun['steps'][number];

/** Of more the oldest are left out. */
const mostSteps = 100;

/** What happened to an object from state to state; `states`: oldest first, all of one life. */
export function stepsOf(states: readonly StateSpan[]): Step[] {
  const steps = states.slice(1).flatMap((state, place) => {
    const before = states[place]?.object;
    return before === undefined ? [] : stepsBetween(before, state.object, state.from);
  });
  return steps.slice(-mostSteps);
}

function stepsBetween(before: JsonObject, after: JsonObject, at: number): Step[] {
  const texts = [
    ...specTexts(before, after),
    ...stepTexts(before, after),
    ...conditionTexts(before, after),
    ...wordTexts(before, after),
  ];
  return texts.map((text) => ({ at, text }));
}

/** `spec.template.spec.containers[name=web].image and 2 other fields changed` */
function specTexts(before: JsonObject, after: JsonObject): string[] {
  const [first, ...rest] = diffObjects(specOf(before), specOf(after));
  if (first === undefined) return [];
  const others = rest.length === 1 ? ' and 1 other field' : ` and ${rest.length} other fields`;
  return [`${first.path}${rest.length === 0 ? '' : others} changed`];
}

export function specOf(object: JsonObject): JsonObject {
  return { spec: valueAt(object, 'spec') ?? null };
}

/** `Step 2 of 6: setWeight 60` */
function stepTexts(before: JsonObject, after: JsonObject): string[] {
  const step = rolloutProgress(after, []).step;
  if (step === undefined || step.text === rolloutProgress(before, []).step?.text) return [];
  const place = `Step ${Math.min(step.is + 1, step.of)} of ${step.of}`;
  return [step.text === '' ? `All ${step.of} steps done` : `${place}: ${step.text}`];
}

/** `Available became False: MinimumReplicasUnavailable` */
function conditionTexts(before: JsonObject, after: JsonObject): string[] {
  const earlier = new Map(conditionsOf(before).map(({ type, status }) => [type, status]));
  return conditionsOf(after)
    .filter(({ type, status }) => earlier.get(type) !== status)
    .map(({ type, status, reason }) => {
      const why = reason === undefined || reason === type ? '' : `: ${reason}`;
      return `${type} became ${status}${why}`;
    });
}

function wordTexts(before: JsonObject, after: JsonObject): string[] {
  const { word } = laneStatus(after);
  return word === laneStatus(before).word ? [] : [word];
}
