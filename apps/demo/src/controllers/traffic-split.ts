import {
  countAt,
  isJsonNumber,
  listAt,
  numberText,
  objectAt,
  stringAt,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { withFindings, type Finding } from './conditions.ts';
import type { Controller, Decision, Fields, Look } from './controller.ts';
import { generationOf, isObserved } from './observation.ts';

/** Between two measurements of a canary. */
const measureMs = 4000;

/** How many measurements each step takes; the last one decides. */
const measurements = 2;

/** A version with such a tag answers with the more errors, the more traffic it gets: how a canary fails. */
const leakyTag = /-leaky$/;

/**
 * Leads a canary from step to step, and measures how many of its answers are errors.
 *
 *   another image for the canary → Progressing, step by step → its image is the stable one: Stable
 *                                      └ too many errors → Aborted, no traffic, until another image
 */
export const trafficSplitController: Controller = {
  manager: 'canary-controller',
  gvr: gvrOf('gateway.example.net/v1', 'trafficsplits'),
  decide(look) {
    const { object, due } = look;
    const phase = stringAt(object, 'status', 'phase');
    if (imageOf(object, 'canary') === imageOf(object, 'stable')) return rest(look, phase);
    if (stringAt(object, 'status', 'canaryImage') !== imageOf(object, 'canary')) return begin(look);
    if (phase === 'Progressing' && due) return judge(look);
    return isObserved(object) ? {} : { status: statusOf(look, {}) };
  },
};

/** No canary, or none any more. */
function rest(look: Look, phase: string | undefined): Decision {
  if (phase === 'Stable' && isObserved(look.object)) return {};
  const progress = {
    phase: 'Stable',
    canaryImage: null,
    step: 0,
    measurements: 0,
    errorPercent: null,
  } as const;
  return weightOf(look.object) > 0
    ? shift(look, withWeight(look.object, 0), progress)
    : { status: statusOf(look, progress) };
}

function begin(look: Look): Decision {
  const backends = withWeight(look.object, stepsOf(look.object)[0] ?? 100);
  const canaryImage = imageOf(look.object, 'canary');
  const progress = { canaryImage, step: 1, measurements: 0, errorPercent: 0 };
  return { ...shift(look, backends, { ...progress, phase: 'Progressing' }), nextMs: measureMs };
}

function judge(look: Look): Decision {
  const { object } = look;
  const errorPercent = measure(look);
  const measured = (countAt(object, 'status', 'measurements') ?? 0) + 1;
  const found = { measurements: measured, errorPercent };
  if (measured < measurements) return { status: statusOf(look, found), nextMs: measureMs };
  if (errorPercent > limitOf(object)) {
    return shift(look, withWeight(object, 0), { ...found, phase: 'Aborted', step: 0 });
  }
  const step = (countAt(object, 'status', 'step') ?? 0) + 1;
  const weight = stepsOf(object)[step - 1];
  if (weight === undefined) return { spec: { backends: promoted(object) } };
  const backends = withWeight(object, weight);
  return { ...shift(look, backends, { ...found, step, measurements: 0 }), nextMs: measureMs };
}

/** Shares the traffic anew, and says so of the spec as it is then. */
function shift(look: Look, backends: JsonObject[], progress: Progress): Decision {
  const { object } = look;
  const shifted = {
    ...object,
    metadata: { ...objectAt(object, 'metadata'), generation: generationOf(object) + 1 },
    spec: { ...objectAt(object, 'spec'), backends },
  };
  return { spec: { backends }, status: statusOf({ ...look, object: shifted }, progress) };
}

/** Per cent with one digit. */
function measure({ object, random }: Look): number {
  const leak = leakyTag.test(imageOf(object, 'canary')) ? 0.2 + weightOf(object) * 0.045 : 0;
  return Math.round((0.1 + leak + 0.2 * random()) * 10) / 10;
}

type Progress = {
  readonly phase?: 'Stable' | 'Progressing' | 'Aborted';
  readonly canaryImage?: string | null;
  readonly step?: number;
  readonly measurements?: number;
  readonly errorPercent?: number | null;
};

function statusOf({ object, now }: Look, progress: Progress): Fields {
  const phase = progress.phase ?? stringAt(object, 'status', 'phase') ?? 'Stable';
  const errors = progress.errorPercent ?? decimalOf(valueAt(object, 'status', 'errorPercent'), 0);
  return {
    ...progress,
    canaryWeight: phase === 'Progressing' ? weightOf(object) : 0,
    observedGeneration: generationOf(object),
    conditions: withFindings(object, findings(object, phase, errors), now),
  };
}

function findings(object: JsonObject, phase: string, errors: number): readonly Finding[] {
  const canary = imageOf(object, 'canary');
  const measured = `${errors} % of its answers are errors, ${limitOf(object)} % are allowed`;
  const clear: Finding = {
    type: 'Stalled',
    status: 'False',
    reason: 'NotStalled',
    message: 'Nothing is in the way.',
  };
  const type = 'Reconciling';
  switch (phase) {
    case 'Progressing': {
      const message = `${weightOf(object)} % of the traffic goes to ${canary}; ${measured}.`;
      return [{ type, status: 'True', reason: 'CanaryRuns', message }, clear];
    }
    case 'Aborted': {
      const message = `${canary} was aborted: ${measured}. All traffic is back on ${imageOf(object, 'stable')}.`;
      return [
        { type, status: 'False', reason: 'Aborted', message: 'Waits for another image.' },
        { type: 'Stalled', status: 'True', reason: 'AnalysisFailed', message },
      ];
    }
    default: {
      const message = `All traffic goes to ${imageOf(object, 'stable')}.`;
      return [{ type, status: 'False', reason: 'Settled', message }, clear];
    }
  }
}

function imageOf(object: JsonObject, name: 'stable' | 'canary'): string {
  return stringAt(backendsOf(object).find(isNamed(name)), 'image') ?? '';
}

function weightOf(object: JsonObject): number {
  return countAt(backendsOf(object).find(isNamed('canary')), 'weight') ?? 0;
}

function stepsOf(object: JsonObject): number[] {
  return listAt(object, 'spec', 'steps').map(Number);
}

function limitOf(object: JsonObject): number {
  return decimalOf(valueAt(object, 'spec', 'analysis', 'maxErrorPercent'), 1);
}

function decimalOf(value: JsonValue | undefined, otherwise: number): number {
  return isJsonNumber(value) ? Number(numberText(value)) : otherwise;
}

function withWeight(object: JsonObject, canary: number): JsonObject[] {
  return ['stable', 'canary'].map((name) => ({
    name,
    image: imageOf(object, name === 'canary' ? 'canary' : 'stable'),
    weight: name === 'canary' ? canary : 100 - canary,
  }));
}

function promoted(object: JsonObject): JsonObject[] {
  return withWeight(object, 0).map((backend) => ({
    ...backend,
    image: imageOf(object, 'canary'),
  }));
}

function backendsOf(object: JsonObject): readonly JsonValue[] {
  return listAt(object, 'spec', 'backends');
}

function isNamed(name: string): (backend: JsonValue) => boolean {
  return (backend) => stringAt(backend, 'name') === name;
}
