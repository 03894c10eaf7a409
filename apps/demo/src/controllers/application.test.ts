import { conditionOf, countAt, healthOf, isMet, stringAt, type JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { after, begun, created, edited, lookAt, play } from '../testing/story.ts';
import { applicationController as controller } from './application.ts';

function application(strategy: string, replicas: number): JsonObject {
  return begun(controller, edited(created('Application'), { strategy, replicas }));
}

function withImage(object: JsonObject, image: string): JsonObject {
  return edited(object, { containers: [{ name: 'web', image }] });
}

const counts = (object: JsonObject) =>
  ['replicas', 'updatedReplicas', 'availableReplicas'].map((field) =>
    countAt(object, 'status', field),
  );

describe('the application controller', () => {
  it('takes an application that was there before it for complete', () => {
    const object = application('Canary', 4);
    expect(counts(object)).toEqual([4, 4, 4]);
    expect(healthOf(object)).toMatchObject({ status: 'healthy' });
    expect(controller.decide(lookAt(object))).toEqual({});
  });

  it('rolls out an application that is new', () => {
    const told = play(
      controller,
      edited(created('Application'), { strategy: 'Canary', replicas: 3 }),
    );
    expect(told.map(counts)).toEqual([
      [3, 0, 2],
      [3, 1, 2],
      [3, 2, 2],
      [3, 3, 3],
    ]);
  });

  it('brings out a new image step by step, and says so until it is through', () => {
    const told = play(
      controller,
      withImage(application('Canary', 5), 'registry.example/new:2.0.0'),
    );
    expect(told.map(counts)).toEqual([
      [5, 0, 4],
      [5, 1, 4],
      [5, 2, 4],
      [5, 3, 4],
      [5, 4, 4],
      [5, 5, 5],
    ]);
    expect(told.map((object) => isMet(object, 'Reconciling'))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    const last = told.at(-1) ?? {};
    expect(stringAt(last, 'status', 'image')).toBe('registry.example/new:2.0.0');
    expect(healthOf(last).status).toBe('healthy');
  });

  it('takes no more than seven steps for many replicas', () => {
    const told = play(
      controller,
      withImage(application('Canary', 60), 'registry.example/new:2.0.0'),
    );
    expect(told).toHaveLength(7);
  });

  it('serves nothing while it recreates, and everything while it goes from blue to green', () => {
    const image = 'registry.example/new:2.0.0';
    const [recreated] = play(controller, withImage(application('Recreate', 3), image));
    expect(counts(recreated ?? {})).toEqual([0, 0, 0]);
    expect(isMet(recreated ?? {}, 'Available')).toBe(false);
    const blueGreen = play(controller, withImage(application('BlueGreen', 3), image));
    expect(blueGreen.map(counts)).toEqual([
      [3, 0, 3],
      [4, 1, 3],
      [5, 2, 3],
      [3, 3, 3],
    ]);
  });

  it.each([
    ['Canary', [4, 1, 3]],
    ['BlueGreen', [5, 1, 4]],
    ['Recreate', [1, 1, 0]],
  ])('is stalled at the first replica of an image that is broken (%s)', (strategy, expected) => {
    const broken = withImage(application(strategy, 4), 'registry.example/new:2.0.0-broken');
    const stalled = play(controller, broken).at(-1) ?? {};
    expect(counts(stalled)).toEqual(expected);
    expect(conditionOf(stalled, 'Stalled')).toMatchObject({
      status: 'True',
      reason: 'ImagePullFailed',
    });
    expect(healthOf(stalled).status).toBe('failing');
    expect(controller.decide(lookAt(stalled))).toEqual({});
  });

  it.each(['Canary', 'BlueGreen', 'Recreate'])(
    'is whole again after the broken image is taken back (%s)',
    (strategy) => {
      const before = application(strategy, 4);
      const image = stringAt(before, 'status', 'image') ?? '';
      const stalled = play(controller, withImage(before, 'registry.example/x:1.0.0-broken')).at(-1);
      const told = play(controller, withImage(stalled ?? {}, image));
      expect(counts(told.at(-1) ?? {})).toEqual([4, 4, 4]);
      expect(healthOf(told.at(-1) ?? {}).status).toBe('healthy');
      expect(isMet(told.at(-1) ?? {}, 'Stalled')).toBe(false);
    },
  );

  it('scales without replacing anything', () => {
    const more = play(controller, edited(application('Canary', 2), { replicas: 4 }));
    expect(more.map(counts)).toEqual([
      [2, 2, 2],
      [3, 3, 3],
      [4, 4, 4],
    ]);
    expect(conditionOf(more[0] ?? {}, 'Reconciling')?.reason).toBe('Scaling');
    const none = play(controller, edited(application('Canary', 2), { replicas: 0 }));
    expect(counts(none.at(-1) ?? {})).toEqual([0, 0, 0]);
    expect(isMet(none.at(-1) ?? {}, 'Reconciling')).toBe(false);
  });

  it('begins anew when another image comes in the middle', () => {
    const [, once = {}] = play(
      controller,
      withImage(application('Canary', 5), 'r.example/a:1.0.0'),
    );
    const again = withImage(once, 'r.example/a:1.0.1');
    const decision = controller.decide(lookAt(again, { due: false }));
    expect(counts(after(again, decision))).toEqual([5, 0, 4]);
  });

  it('does nothing before the time it asked for', () => {
    const [first = {}] = play(controller, withImage(application('Canary', 5), 'r.example/a:1.0.0'));
    expect(controller.decide(lookAt(first, { due: false }))).toEqual({});
  });
});
