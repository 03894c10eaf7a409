import { describe, expect, it } from 'vitest';
import { fakeInfo, widgets } from './testing/fake-catalog.ts';
import { createHarness, type Request } from './testing/harness.ts';

type ChangesRequest = Extract<Request, { view: 'changes' }>;
const request: ChangesRequest = { view: 'changes', resources: [widgets] };

function start(options: Parameters<typeof createHarness>[0] = {}) {
  const harness = createHarness(options);
  const resource = harness.catalog.add(widgets);
  const client = harness.connect();
  const names = (id: number) => client.model.held(id).changes.map(({ name }) => name);
  return { ...harness, resource, client, names };
}

const long = JSON.stringify({ text: 'x'.repeat(4000) });
const small = { perResource: { entries: 20, bytes: 1e9 }, total: { entries: 20, bytes: 1e9 } };

describe('the changes view', () => {
  it('[W25] begins with the newest of the log, oldest first, and goes on live', async () => {
    const { resource, client, names, quiet } = start();
    for (let n = 0; n < 5; n += 1) resource.put({ namespace: 'a', name: `w${n}` });
    await quiet();
    client.subscribe({ ...request, backlog: 3 });
    expect(names(1)).toEqual(['w2', 'w3', 'w4']);
    resource.put({ namespace: 'a', name: 'w0', spec: '{"count":12345678901234567890}' });
    await quiet();
    expect(names(1)).toEqual(['w2', 'w3', 'w4', 'w0']);
    expect(client.model.held(1).changes.at(-1)).toMatchObject({
      classes: ['spec'],
      seen: 'watch',
      fields: [{ path: 'spec.count', after: { rawJSON: '12345678901234567890' } }],
    });
    const ids = client.model.held(1).changes.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it('[W25] loses none and repeats none when it is asked for in the middle of a burst', async () => {
    const { resource, client, connect, names, quiet, clock } = start();
    const other = connect();
    other.subscribe({ ...request, backlog: 1000 });
    for (let n = 0; n < 300; n += 1) {
      resource.put({ namespace: 'a', name: `w${n}` });
      if (n % 7 === 0) await clock.advance(3);
      if (n === 161) client.subscribe({ ...request, backlog: 1000 });
    }
    await quiet();
    expect(names(1)).toEqual(Array.from({ length: 300 }, (_, n) => `w${n}`));
    expect(other.model.held(1).changes).toEqual(client.model.held(1).changes);
  });

  it('[W25] never merges two changes of one object, however fast they come', async () => {
    const { resource, client, quiet } = start();
    client.subscribe(request);
    for (let n = 0; n < 40; n += 1) {
      resource.put({ namespace: 'a', name: 'x', spec: `{"count":${n}}` });
    }
    await quiet();
    expect(client.model.held(1).changes).toHaveLength(40);
  });

  it('[W26] says enter and leave where an update makes an object start or stop to match', async () => {
    const { resource, client, quiet } = start();
    client.subscribe({ ...request, labelSelector: 'app=web' });
    const put = (app: string, count: number) =>
      resource.put({ namespace: 'a', name: 'x', labels: { app }, spec: `{"count":${count}}` });
    put('web', 1);
    put('web', 2);
    put('api', 3);
    put('api', 4);
    put('web', 5);
    resource.remove('a', 'x');
    await quiet();
    const { changes } = client.model.held(1);
    expect(changes.map(({ effect }) => effect)).toEqual([
      undefined,
      undefined,
      'leave',
      'enter',
      undefined,
    ]);
    expect(changes.map(({ classes }) => classes[0])).toEqual([
      'created',
      'spec',
      'spec',
      'spec',
      'deleted',
    ]);
  });

  it('[W26] selects what is past by the labels of then', async () => {
    const { resource, client, quiet, names } = start();
    resource.put({ namespace: 'a', name: 'x', labels: { app: 'web' } });
    resource.put({ namespace: 'a', name: 'x', labels: { app: 'api' } });
    resource.put({ namespace: 'a', name: 'y', labels: { app: 'api' } });
    await quiet();
    client.subscribe({ ...request, labelSelector: 'app=web' });
    expect(names(1)).toEqual(['x', 'x']);
    expect(client.model.held(1).changes[1]).toMatchObject({ effect: 'leave' });
  });

  it('[W26] selects by namespace, name and several resources at once', async () => {
    const { resource, client, quiet, names, catalog } = start();
    const gears = catalog.add({ ...widgets, resource: 'gears' });
    const resources = [widgets, gears.ref, widgets];
    client.subscribe({ ...request, resources });
    client.subscribe({ ...request, resources, namespace: 'b' });
    client.subscribe({ ...request, resources, namespace: 'b', name: 'q' });
    resource.put({ namespace: 'a', name: 'x' });
    gears.put({ namespace: 'b', name: 'y' });
    resource.put({ namespace: 'b', name: 'q' });
    await quiet();
    expect([names(1), names(2), names(3)]).toEqual([['x', 'y', 'q'], ['y', 'q'], ['q']]);
    expect(client.model.held(1).changes[1]?.resource).toEqual(gears.ref);
  });

  it('[W26] selects by class, live and past, any of a change’s classes', async () => {
    const { resource, client, quiet, names } = start();
    const put = (name: string, spec: string) => resource.put({ namespace: 'a', name, spec });
    put('x', '{"n":1}');
    await quiet();
    client.subscribe({ ...request, classes: ['created'] });
    client.subscribe({ ...request, classes: ['spec', 'deleted'] });
    put('x', '{"n":2}');
    put('y', '{"n":1}');
    resource.remove('a', 'y');
    await quiet();
    expect([names(1), names(2)]).toEqual([
      ['x', 'y'],
      ['x', 'y'],
    ]);
    expect(client.model.held(2).changes.map(({ classes }) => classes[0])).toEqual([
      'spec',
      'deleted',
    ]);
  });

  it('[W29] selects by any field live, but has no past for fields the log does not keep', async () => {
    const { resource, client, quiet, names } = start();
    resource.put({ namespace: 'a', name: 'x', spec: '{"tier":"gold"}' });
    await quiet();
    client.subscribe({ ...request, fieldSelector: 'spec.tier=gold' });
    client.subscribe({ ...request, fieldSelector: 'metadata.name=x' });
    expect([names(1), names(2)]).toEqual([[], ['x']]);
    resource.put({ namespace: 'a', name: 'x', spec: '{"tier":"tin"}' });
    await quiet();
    expect(client.model.held(1).changes).toMatchObject([{ name: 'x', effect: 'leave' }]);
  });

  it('[W27] says the time in which a resource was not watched before what a relist found', async () => {
    const { resource, client, quiet, clock, names } = start();
    client.subscribe(request);
    resource.put({ namespace: 'a', name: 'x' });
    await clock.advance(60_000);
    const seen = { by: 'relist', notBefore: clock.now() - 30_000 } as const;
    resource.relisted(seen.notBefore);
    resource.put({ namespace: 'a', name: 'x', spec: '{"count":1}' }, { seen });
    resource.put({ namespace: 'a', name: 'y' }, { seen });
    await quiet();
    const held = client.model.held(1);
    expect(held.gaps).toEqual([
      {
        resource: widgets,
        from: '2026-11-22T14:00:30.000Z',
        to: '2026-11-22T14:01:00.000Z',
        reason: 'unwatched',
        filled: false,
      },
    ]);
    expect(names(1)).toEqual(['x', 'x', 'y']);
    expect(held.changes[1]).toMatchObject({
      seen: 'relist',
      notBefore: '2026-11-22T14:00:30.000Z',
      time: '2026-11-22T14:01:00.000Z',
    });
    const order = client.model.received.map(({ type }) => type);
    expect(order.slice(-2)).toEqual(['gap', 'changes']);
  });

  it('[W27] invents nothing after a reset and says what it may have missed', async () => {
    const { resource, client, quiet, clock } = start();
    resource.put({ namespace: 'a', name: 'x' }, { initial: true });
    resource.synced();
    await clock.advance(1000);
    client.subscribe(request);
    resource.reset([
      { namespace: 'a', name: 'x' },
      { namespace: 'a', name: 'new' },
    ]);
    await quiet();
    expect(client.model.held(1).changes).toEqual([]);
    expect(client.model.held(1).gaps).toMatchObject([
      { from: '2026-11-22T14:00:00.000Z', to: '2026-11-22T14:00:01.000Z', reason: 'unwatched' },
    ]);
  });

  it('[W11] is as fresh as the least fresh of its resources', async () => {
    const { client, quiet, catalog } = start();
    const gears = catalog.add({ ...widgets, resource: 'gears' });
    client.subscribe({ ...request, resources: [widgets, gears.ref] });
    const since = '2026-11-22T14:00:00.000Z';
    gears.setFreshness({ kind: 'reconnecting', since });
    await quiet();
    expect(client.model.held(1).freshness).toEqual({ kind: 'reconnecting', since });
  });

  it('refuses all of it when one of its resources does not exist, and holds none of them', () => {
    const { client, catalog } = start();
    const other = fakeInfo({ ...widgets, resource: 'nothing' });
    const { group, version, resource } = other;
    client.subscribe({ ...request, resources: [widgets, { group, version, resource }] });
    expect(client.model.held(1).fault).toMatchObject({ code: 'unknown-resource' });
    expect(catalog.leases).toBe(0);
  });

  it('[W28] tells a slow client what it missed and fills it from the log', async () => {
    const { resource, client, connect, quiet, names } = start();
    const other = connect();
    client.subscribe(request);
    other.subscribe(request);
    client.freeze();
    for (let n = 0; n < 900; n += 1) {
      resource.put({ namespace: 'a', name: 'x', spec: n % 2 === 0 ? long : '{}' });
      await quiet();
    }
    client.thaw();
    const held = client.model.held(1);
    expect(held.gaps).toMatchObject([{ reason: 'slow', filled: true }]);
    expect(held.gaps[0]?.count).toBeGreaterThan(500);
    expect(other.model.held(1)).toMatchObject({ gaps: [] });
    expect(held.changes).toEqual(other.model.held(1).changes);
    expect(held.changes).toHaveLength(900);
    resource.put({ namespace: 'a', name: 'after' });
    await quiet();
    expect(names(1).at(-1)).toBe('after');
  }, 20_000);

  it('[W28] says filled and how many where the log has all, and neither where it has not', async () => {
    const { resource, client, quiet } = start({ log: small });
    client.subscribe(request);
    client.freeze();
    for (let n = 0; n < 900; n += 1) {
      resource.put({ namespace: 'a', name: 'x', spec: n % 2 === 0 ? long : '{}' });
      await quiet();
    }
    client.thaw();
    const held = client.model.held(1);
    expect(held.gaps).toHaveLength(1);
    expect(held.gaps[0]).toMatchObject({ reason: 'slow', filled: false });
    expect(held.gaps[0]).not.toHaveProperty('count');
    expect(held.changes.length).toBeGreaterThanOrEqual(20);
    expect(held.changes.at(-1)?.id).toBe(900);
  }, 20_000);
});
