import { countAt, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import type { Controller, Decision, Look } from '../controllers/controller.ts';
import { demoObjects } from '../objects/index.ts';
import { randomOf } from '../random.ts';

/** When every story begins. */
export const start = Date.parse('2026-03-01T12:00:00Z');

/** The first object of that kind that the demo begins with, as the API server would have created it. */
export function created(kind: string, where?: (object: JsonObject) => boolean): JsonObject {
  for (const { body } of demoObjects(1)) {
    const metadata = { ...body.metadata, uid: 'uid', generation: 1 };
    const object = { ...body, metadata };
    if (body['kind'] === kind && (where === undefined || where(object))) return object;
  }
  throw new Error(`The demo begins with no such ${kind}.`);
}

/** As the API server would after this change of the spec. */
export function edited(object: JsonObject, spec: JsonObject): JsonObject {
  const generation = (countAt(object, 'metadata', 'generation') ?? 0) + 1;
  return {
    ...object,
    metadata: { ...objectAt(object, 'metadata'), generation },
    spec: { ...objectAt(object, 'spec'), ...spec },
  };
}

export function lookAt(object: JsonObject, given: Partial<Look> = {}): Look {
  const random = randomOf(stringAt(object, 'metadata', 'name') ?? '');
  return { object, now: start, due: true, initial: false, random, ...given };
}

/** The object after what was decided about it. */
export function after(object: JsonObject, decision: Decision): JsonObject {
  const { spec, status } = decision;
  const written = spec === undefined ? object : edited(object, spec);
  return status === undefined
    ? written
    : { ...written, status: { ...objectAt(written, 'status'), ...status } };
}

/** The object as its controller finds it when the demo begins. */
export function begun(controller: Controller, object: JsonObject): JsonObject {
  return after(object, controller.decide(lookAt(object, { initial: true })));
}

/**
 * Lets the controller look again and again, each time when it has asked to, until it asks no more for the
 * next step of a story; returns the object after each look. A minute of looks is taken for endless.
 */
export function play(
  controller: Controller,
  object: JsonObject,
  random?: () => number,
): JsonObject[] {
  const told: JsonObject[] = [];
  let current = object;
  let now = start;
  for (let looks = 0; looks < 50; looks += 1) {
    const given = { now, ...(random !== undefined && { random }) };
    const decision = controller.decide(lookAt(current, given));
    current = after(current, decision);
    told.push(current);
    if (decision.nextMs === undefined) return told;
    now += decision.nextMs;
  }
  throw new Error('The story does not end.');
}
