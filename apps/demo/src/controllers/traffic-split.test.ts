import { countAt, healthOf, listAt, type JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { after, begun, created, edited, lookAt } from '../testing/story.ts';
import { trafficSplitController as controller } from './traffic-split.ts';

const weights = (object: JsonObject) =>
  listAt(object, 'spec', 'backends').map((backend) => countAt(backend, 'weight'));

describe('the canary controller', () => {
  it('leads a canary from nothing to all of the traffic and back to the beginning', () => {
    let object = begun(controller, created('TrafficSplit'));
    const seen: unknown[] = [];
    for (let step = 0; step < 6; step += 1) {
      object = after(object, controller.decide(lookAt(object)));
      object = after(object, controller.decide(lookAt(object, { due: false })));
      seen.push([...weights(object), countAt(object, 'status', 'step'), healthOf(object).status]);
    }
    expect(seen).toEqual([
      [80, 20, 1, 'working'],
      [60, 40, 2, 'working'],
      [40, 60, 3, 'working'],
      [20, 80, 4, 'working'],
      [0, 100, 5, 'healthy'],
      [100, 0, 0, 'healthy'],
    ]);
  });

  it('rests after a canary, and at the beginning', () => {
    const object = begun(controller, created('TrafficSplit'));
    expect(controller.decide(lookAt(object)).nextMs).toBe(6000);
    const full = begun(controller, edited(object, { backends: [backend('canary', 100)] }));
    expect(controller.decide(lookAt(full)).againMs).toBeGreaterThan(60_000);
  });

  it('goes on from the weights that somebody else has set', () => {
    const backends = [backend('stable', 67), backend('canary', 33)];
    const object = begun(controller, edited(created('TrafficSplit'), { backends }));
    expect(countAt(object, 'status', 'step')).toBe(1);
    expect(weights(after(object, controller.decide(lookAt(object))))).toEqual([60, 40]);
  });
});

function backend(name: string, weight: number): JsonObject {
  return { name, weight };
}
