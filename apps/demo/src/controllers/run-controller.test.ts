import { createFakeApiServer, type FakeApiServer } from '@kindscope/fake-apiserver';
import { stringAt } from '@kindscope/kube';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RefusedError, type Client } from '../client.ts';
import { connect, type Connection } from '../connection.ts';
import { gvrOf } from '../gvr.ts';
import { createErrorLog } from '../log.ts';
import { createReservations } from '../reservations.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import type { Controller, Decision, Look } from './controller.ts';
import { runController } from './run-controller.ts';

const gvr = gvrOf('v1', 'configmaps');
const namespace = 'default';

describe('running a controller', { timeout: 30_000 }, () => {
  let api: FakeApiServer;
  let connection: Connection;
  let client: Client;
  let clock: FakeClock;
  let stopping: AbortController;
  const log = createErrorLog((line) => {
    throw new Error(line);
  });

  beforeEach(async () => {
    api = await createFakeApiServer({ token: 't' });
    stopping = new AbortController();
    clock = createFakeClock(0);
    connection = connect(api.url, 't', log);
    client = connection.client;
  });

  afterEach(async () => {
    stopping.abort();
    await api.close();
    await connection.close();
  });

  /** A controller that does what it is told, and what it has seen. */
  function run(
    decide: (look: Look, seen: number) => Decision,
    pace = 1,
    reserved = createReservations(),
  ) {
    const looks: Look[] = [];
    const controller: Controller = {
      manager: 'test-controller',
      gvr,
      decide: (look) => decide(look, looks.push(look)),
    };
    const deps = { factory: connection.factory, client, clock, log, seed: 1, pace, reserved };
    return { looks, ...runController(controller, deps, stopping.signal) };
  }

  const write = () => ({ gvr, namespace, manager: 'somebody', signal: stopping.signal });
  const create = (name: string) => client.create(write(), { metadata: { name } });
  const touch = (name: string, value: string) => client.patch(write(), name, { data: { value } });
  const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 5 });
  const seen = (looks: readonly Look[], count: number) =>
    eventually(() => expect(looks).toHaveLength(count));

  it('settles when it has looked at everything that was there, and tells that from what is new', async () => {
    await Promise.all([create('a'), create('b')]);
    const { looks, settled } = run(() => ({}));
    await settled;
    expect(looks.map(({ initial }) => initial)).toEqual([true, true]);
    await create('c');
    await seen(looks, 3);
    expect(looks[2]?.initial).toBe(false);
  });

  it('settles at once where there is nothing', async () => {
    await expect(run(() => ({})).settled).resolves.toBeUndefined();
  });

  it('settles only when the last page of a long list has come and been seen to', async () => {
    const lastPage = Promise.withResolvers<undefined>();
    await api.close();
    api = await createFakeApiServer({
      token: 't',
      intercept: ({ query }) => (query.has('continue') ? lastPage.promise : undefined),
    });
    await connection.close();
    connection = connect(api.url, 't', log);
    client = connection.client;
    await Promise.all(Array.from({ length: 501 }, (_, index) => create(`c${index}`)));
    const { looks, settled } = run(() => ({}));
    const order: string[] = [];
    void settled.then(() => order.push('settled'));
    await seen(looks, 500);
    await connection.client.patch(write(), 'c0', {});
    order.push('last page');
    lastPage.resolve(undefined);
    await settled;
    expect(order).toEqual(['last page', 'settled']);
    expect(looks.length).toBeGreaterThanOrEqual(501);
  });

  it('looks again when the time it asked for has come, sooner when the cluster is hurried', async () => {
    await create('a');
    const { looks, settled } = run(() => ({ againMs: 1000 }), 2);
    await settled;
    clock.advance(499);
    await touch('a', 'changed');
    await seen(looks, 2);
    expect(looks[1]?.due).toBe(false);
    clock.advance(500);
    await seen(looks, 3);
    expect(looks[2]?.due).toBe(true);
  });

  it('takes the time that a story takes, even where nothing is asked to happen', async () => {
    await create('a');
    const { looks, settled } = run(
      (_look, count) => (count === 1 ? { nextMs: 1000 } : { againMs: 1 }),
      0,
    );
    await settled;
    clock.advance(1000);
    await seen(looks, 2);
    clock.advance(1_000_000);
    await touch('a', 'changed');
    await seen(looks, 3);
    expect(looks[2]?.due).toBe(false);
  });

  it('remembers the time it asked for when a change brings it there before', async () => {
    await create('a');
    const { looks, settled } = run(({ due }) => (due ? { nextMs: 1000 } : {}));
    await settled;
    await touch('a', '1');
    await seen(looks, 2);
    clock.advance(1000);
    await seen(looks, 3);
    expect(looks.map(({ due }) => due)).toEqual([true, false, true]);
  });

  it('decides by the same chance for the same object and turn', async () => {
    await create('a');
    const { looks, settled } = run(() => ({ nextMs: 10 }));
    await settled;
    clock.advance(10);
    await seen(looks, 2);
    const [first, second] = looks.map(({ random }) => random());
    expect(first).not.toBe(second);
    const again = run(() => ({}));
    await again.settled;
    expect(again.looks[0]?.random()).toBe(first);
  });

  it('tries again when a change came between its look and its write', async () => {
    await create('a');
    const through = client;
    const patch = vi.fn<Client['patch']>((...given) => through.patch(...given));
    patch.mockRejectedValueOnce(new RefusedError(409, 'the object has been modified'));
    client = { ...client, patch };
    const spec = { holder: 'x' };
    const { looks, settled } = run(({ due }) => (due ? { spec, nextMs: 60_000 } : {}));
    await seen(looks, 1);
    await eventually(() => {
      // It backs off by the clock that stands still.
      clock.advance(5);
      expect(patch).toHaveBeenCalledTimes(2);
    });
    await settled;
    expect(looks.slice(0, 2).map(({ due, initial }) => due && initial)).toEqual([true, true]);
  });

  it('passes over what goes with an object and is gone, and creates what belongs to it', async () => {
    await create('a');
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b', namespace } };
    const made = { apiVersion: 'v1', resource: 'configmaps', manager: 'test-controller', body };
    const { looks, settled } = run(({ object }) =>
      JSON.stringify(object).includes('"name":"a"')
        ? { update: { gvr, name: 'missing', patch: { data: { x: 'y' } } }, create: made }
        : { remove: true },
    );
    await settled;
    await eventually(() => expect(looks.some(({ initial }) => !initial)).toBe(true));
  });

  it('leaves alone what is reserved, and looks at it when it is free again', async () => {
    await Promise.all([create('a'), create('b')]);
    const reserved = createReservations();
    const free = reserved.take(gvr, `${namespace}/a`);
    const { looks, settled } = run(() => ({}), 1, reserved);
    await settled;
    const names = () => looks.map(({ object }) => stringAt(object, 'metadata', 'name'));
    expect(names()).toEqual(['b']);
    free();
    await seen(looks, 2);
    expect(names()).toEqual(['b', 'a']);
    free();
    await touch('b', 'changed');
    await seen(looks, 3);
    expect(names()).toEqual(['b', 'a', 'b']);
  });

  it('ends when it is told to', async () => {
    const { settled, done } = run(() => ({}));
    await settled;
    stopping.abort();
    await expect(done).resolves.toBeUndefined();
  });
});
