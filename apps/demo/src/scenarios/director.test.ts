import type { JsonObject } from '@kindscope/kube';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RefusedError, type Client } from '../client.ts';
import { gvrOf } from '../gvr.ts';
import { createReservations } from '../reservations.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createDirector } from './director.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

const gvr = gvrOf('v1', 'configmaps');
const target = { gvr, namespace: 'shop', name: 'settings' };

/** A client of an API server that holds one object and does what it is told. */
function createClient() {
  const patch = vi.fn<Client['patch']>(async () => ({}));
  const get = vi.fn<Client['get']>(async () => ({ kind: 'ConfigMap' }) satisfies JsonObject);
  const refuse = (): Promise<never> => Promise.reject(new Error('not in this story'));
  return {
    get,
    patch,
    list: refuse,
    create: refuse,
    replace: refuse,
    remove: refuse,
    bind: refuse,
  };
}

describe('the director', () => {
  const clock = createFakeClock(Date.parse('2026-03-01T12:00:00Z'));
  let client: ReturnType<typeof createClient>;
  let people: ReturnType<typeof createReservations>;
  let logged: unknown[];
  let ending: AbortController;

  beforeEach(() => {
    client = createClient();
    people = createReservations();
    logged = [];
    ending = new AbortController();
  });

  function direct(play: (stage: Stage) => Promise<void>) {
    const scenario: Scenario = {
      name: 'story',
      title: 'A story',
      description: 'It happens.',
      subjects: [target],
      play,
    };
    const ignore = (): void => undefined;
    const log = {
      debug: ignore,
      info: ignore,
      warn: ignore,
      error: (fields: object) => void logged.push(fields),
    };
    const factory = {
      acquire: () => expect.fail('nobody watches here'),
      informers: () => [],
      stop: async () => undefined,
    };
    const controllers = createReservations();
    const deps = { factory, client, clock, log, people, controllers, scenarios: [scenario] };
    return { scenario, director: createDirector(deps, ending.signal) };
  }

  it('plays a story, says what happens, and then puts back what it changed, the last first', async () => {
    const undone: string[] = [];
    const { scenario, director } = direct(async (stage) => {
      stage.putBack(async () => void undone.push('first'));
      stage.putBack(async () => void undone.push('second'));
      stage.tell('It begins.');
      await stage.pause(1000);
    });
    expect(director.standing(scenario)).toEqual({ state: 'idle' });
    expect(director.start(scenario)).toBe('started');
    expect(director.standing(scenario)).toEqual({
      state: 'running',
      message: 'It begins.',
      startedAt: '2026-03-01T12:00:00Z',
    });
    expect(undone).toEqual([]);
    clock.advance(1000);
    await director.idle();
    expect(undone).toEqual(['second', 'first']);
    expect(director.standing(scenario)).toMatchObject({
      state: 'done',
      message: 'It has ended.',
      endedAt: '2026-03-01T12:00:01Z',
    });
  });

  it('plays each story once at a time, and again when it is through', async () => {
    const { scenario, director } = direct((stage) => stage.pause(1000));
    expect([director.start(scenario), director.start(scenario)]).toEqual(['started', 'already']);
    clock.advance(1000);
    await director.idle();
    expect(director.start(scenario)).toBe('started');
    director.end(scenario);
    await director.idle();
  });

  it('ends a story early and puts back all the same', async () => {
    const { scenario, director } = direct(async (stage) => {
      stage.putBack((restoring) => restoring.patch(target, 'somebody', { data: null }));
      await stage.stay();
    });
    director.start(scenario);
    director.end(scenario);
    director.end(scenario);
    await director.idle();
    expect(client.patch).toHaveBeenCalledTimes(1);
    expect(director.standing(scenario)).toMatchObject({
      state: 'done',
      message: 'It was ended early.',
    });
    director.end(scenario);
    expect(director.standing(scenario).state).toBe('done');
  });

  it('leaves everything where it is when the demo ends, and starts nothing any more', async () => {
    const undo = vi.fn<(stage: Stage) => Promise<void>>();
    const { scenario, director } = direct(async (stage) => {
      stage.putBack((restoring) => restoring.patch(target, 'somebody', {}));
      stage.putBack(undo);
      await stage.stay();
    });
    director.start(scenario);
    ending.abort();
    await director.idle();
    expect(client.patch).not.toHaveBeenCalled();
    expect(director.start(scenario)).toBe('over');
    expect(logged).toEqual([]);
  });

  it('keeps people off what a story is about until everything is put back', async () => {
    const undone = Promise.withResolvers<void>();
    const { scenario, director } = direct(async (stage) => stage.putBack(() => undone.promise));
    director.start(scenario);
    await Promise.resolve();
    expect(people.has(gvr, 'shop/settings')).toBe(true);
    undone.resolve();
    await director.idle();
    expect(people.has(gvr, 'shop/settings')).toBe(false);
  });

  it('fails with the words of the API server when what a story is about is gone', async () => {
    client.get.mockRejectedValue(
      new RefusedError(404, 'GET …: 404 configmaps "settings" not found'),
    );
    const { scenario, director } = direct(async (stage) => void (await stage.read(target)));
    director.start(scenario);
    await director.idle();
    expect(director.standing(scenario)).toMatchObject({
      state: 'failed',
      message: 'It could not go on: GET …: 404 configmaps "settings" not found',
    });
    expect(logged).toEqual([]);
  });

  it('takes it for put back when what was changed is gone, and goes on with the rest', async () => {
    const undo = vi.fn<(stage: Stage) => Promise<void>>(async () => undefined);
    const { scenario, director } = direct(async (stage) => {
      stage.putBack(undo);
      stage.putBack((restoring) => restoring.patch(target, 'somebody', {}));
    });
    client.patch.mockRejectedValue(new RefusedError(404, 'gone'));
    director.start(scenario);
    await director.idle();
    expect(undo).toHaveBeenCalledTimes(1);
    expect(director.standing(scenario).state).toBe('done');
  });

  it('says so when something could not be put back, and goes on with the rest', async () => {
    const undo = vi.fn<(stage: Stage) => Promise<void>>(async () => undefined);
    const { scenario, director } = direct(async (stage) => {
      stage.putBack(undo);
      stage.putBack((restoring) => restoring.patch(target, 'somebody', {}));
    });
    client.patch.mockRejectedValue(new RefusedError(422, 'invalid'));
    director.start(scenario);
    await director.idle();
    expect(undo).toHaveBeenCalledTimes(1);
    expect(director.standing(scenario)).toMatchObject({
      state: 'failed',
      message: 'Not everything could be put back: invalid',
    });
  });

  it('survives a bug in a story, and logs it', async () => {
    const { scenario, director } = direct(() => Promise.reject(new TypeError('no such thing')));
    director.start(scenario);
    await director.idle();
    expect(director.standing(scenario).message).toBe('It could not go on: no such thing');
    expect(logged).toHaveLength(1);
  });

  it('tries again what a busy server refuses, with longer and longer waits', async () => {
    client.patch.mockRejectedValueOnce(new RefusedError(503, 'busy'));
    client.patch.mockRejectedValueOnce(new RefusedError(429, 'too many'));
    const { scenario, director } = direct((stage) => stage.patch(target, 'somebody', {}));
    director.start(scenario);
    await vi.waitFor(() => expect(client.patch).toHaveBeenCalledTimes(1));
    for (const [ms, calls] of [
      [250, 2],
      [500, 3],
    ] as const) {
      await flush();
      clock.advance(ms);
      await flush();
      expect(client.patch).toHaveBeenCalledTimes(calls);
    }
    await director.idle();
    expect(director.standing(scenario).state).toBe('done');
  });
});

/** Lets everything run that waits for nothing but its turn. */
async function flush(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
