import { countAt, listAt, stringAt, type JsonObject } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { withFindings, type Finding } from './conditions.ts';
import type { Controller, Fields, Look } from './controller.ts';
import { generationOf, isObserved } from './observation.ts';

/** The canary's share, step by step; after the last it is the stable one, and a new canary begins at 0. */
const ladder = [0, 20, 40, 60, 80, 100];

const stepMs = 6000;
const pauseMs = 7 * 60_000;

/** Now and then leads a canary from nothing to all of the traffic. */
export const trafficSplitController: Controller = {
  manager: 'canary-controller',
  gvr: gvrOf('gateway.example.net/v1', 'trafficsplits'),
  decide(look) {
    const { object, due, initial, random } = look;
    if (!isObserved(object)) {
      const status = statusOf(look);
      return due ? { status, againMs: pauseMs * (initial ? random() : 1 + random()) } : { status };
    }
    if (!due) return {};
    const weight = canaryWeight(object);
    const next = ladder.find((step) => step > weight) ?? 0;
    const spec = { backends: backendsWith(object, next) };
    return next === 0 ? { spec, againMs: pauseMs * (1 + random()) } : { spec, nextMs: stepMs };
  },
};

function statusOf({ object, now }: Look): Fields {
  const weight = canaryWeight(object);
  const message = `${weight} % of the traffic goes to the canary.`;
  const found: Finding =
    weight > 0 && weight < 100
      ? { type: 'Reconciling', status: 'True', reason: 'CanaryRuns', message }
      : { type: 'Reconciling', status: 'False', reason: 'Settled', message };
  return {
    step: ladder.filter((step) => step > 0 && step <= weight).length,
    observedGeneration: generationOf(object),
    conditions: withFindings(object, [found], now),
  };
}

function canaryWeight(object: JsonObject): number {
  const canary = listAt(object, 'spec', 'backends').find(isCanary);
  return countAt(canary, 'weight') ?? 0;
}

function backendsWith(object: JsonObject, weight: number): JsonObject[] {
  return listAt(object, 'spec', 'backends').map((backend) => ({
    name: stringAt(backend, 'name'),
    weight: isCanary(backend) ? weight : 100 - weight,
  }));
}

function isCanary(backend: Parameters<typeof stringAt>[0]): boolean {
  return stringAt(backend, 'name') === 'canary';
}
