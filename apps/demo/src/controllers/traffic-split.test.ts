import {
  conditionOf,
  countAt,
  healthOf,
  isJsonObject,
  listAt,
  stringAt,
  type JsonObject,
} from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { after, begun, created, edited, lookAt, play } from '../testing/story.ts';
import { trafficSplitController as controller } from './traffic-split.ts';

const stable = begun(controller, created('TrafficSplit'));

/** The object with that image for its canary, as somebody sets it. */
function tried(object: JsonObject, image: string): JsonObject {
  const backends = listAt(object, 'spec', 'backends')
    .filter((backend) => isJsonObject(backend))
    .map((backend) => (backend['name'] === 'canary' ? { ...backend, image } : backend));
  return edited(object, { backends });
}

const weights = (object: JsonObject) =>
  listAt(object, 'spec', 'backends').map((backend) => countAt(backend, 'weight'));
const images = (object: JsonObject) =>
  listAt(object, 'spec', 'backends').map((backend) => stringAt(backend, 'image'));
const phase = (object: JsonObject) => stringAt(object, 'status', 'phase');

describe('the canary controller', () => {
  it('leaves a split without a canary alone', () => {
    expect(weights(stable)).toEqual([100, 0]);
    expect(phase(stable)).toBe('Stable');
    expect(healthOf(stable).status).toBe('healthy');
    expect(controller.decide(lookAt(stable))).toEqual({});
  });

  it('leads another image step by step to all of the traffic, measuring twice at each', () => {
    const told = play(controller, tried(stable, 'registry.example/x:2.0.0'), () => 0.5);
    const seen = told.map((object) => [
      ...weights(object),
      countAt(object, 'status', 'measurements'),
      healthOf(object).status,
    ]);
    expect(seen.slice(0, 6)).toEqual([
      [95, 5, 0, 'working'],
      [95, 5, 1, 'working'],
      [90, 10, 0, 'working'],
      [90, 10, 1, 'working'],
      [75, 25, 0, 'working'],
      [75, 25, 1, 'working'],
    ]);
    const promoted = told.at(-1) ?? {};
    expect(weights(promoted)).toEqual([100, 0]);
    expect(images(promoted)).toEqual(['registry.example/x:2.0.0', 'registry.example/x:2.0.0']);
    const last = after(promoted, controller.decide(lookAt(promoted, { due: false })));
    expect([phase(last), healthOf(last).status]).toEqual(['Stable', 'healthy']);
  });

  it('aborts a canary of which too many answers are errors, and says how many', () => {
    const leaky = tried(stable, 'registry.example/x:2.0.0-leaky');
    const told = play(controller, leaky, () => 0.5);
    const aborted = told.at(-1) ?? {};
    expect(told.map((object) => weights(object)[1])).toEqual([5, 5, 10, 10, 25, 25, 0]);
    expect(phase(aborted)).toBe('Aborted');
    expect(healthOf(aborted).status).toBe('failing');
    expect(conditionOf(aborted, 'Stalled')).toMatchObject({
      status: 'True',
      reason: 'AnalysisFailed',
      message: expect.stringMatching(/1\.5 % of its answers are errors, 1 % are allowed/),
    });
    expect(images(aborted)[0]).toBe(images(stable)[0]);
    expect(controller.decide(lookAt(aborted))).toEqual({});
  });

  it('is stable again when the aborted image is taken back, and tries the next one', () => {
    const aborted = play(controller, tried(stable, 'registry.example/x:2.0.0-leaky')).at(-1) ?? {};
    const back = tried(aborted, images(stable)[0] ?? '');
    const settled = after(back, controller.decide(lookAt(back, { due: false })));
    expect([phase(settled), healthOf(settled).status]).toEqual(['Stable', 'healthy']);
    const next = tried(settled, 'registry.example/x:2.0.1');
    expect(weights(after(next, controller.decide(lookAt(next, { due: false }))))).toEqual([95, 5]);
  });

  it('takes back the traffic of a canary that is withdrawn in the middle', () => {
    const running = tried(stable, 'registry.example/x:2.0.0');
    const begunRun = after(running, controller.decide(lookAt(running, { due: false })));
    const withdrawn = tried(begunRun, images(stable)[0] ?? '');
    const settled = after(withdrawn, controller.decide(lookAt(withdrawn, { due: false })));
    expect(weights(settled)).toEqual([100, 0]);
    expect(phase(settled)).toBe('Stable');
  });

  it('measures nothing before its time', () => {
    const running = tried(stable, 'registry.example/x:2.0.0');
    const once = after(running, controller.decide(lookAt(running, { due: false })));
    expect(controller.decide(lookAt(once, { due: false }))).toEqual({});
  });
});
