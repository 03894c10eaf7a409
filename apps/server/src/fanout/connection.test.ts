import { settle } from '@kindscope/informer/testing';
import { describe, expect, it } from 'vitest';
import { closeCodes, limits } from './limits.ts';
import { fakeInfo, widgets } from './testing/fake-catalog.ts';
import { createHarness, type Request } from './testing/harness.ts';

const window = { offset: 0, length: 10 };
const table: Request = { view: 'table', resource: widgets, window };

function start() {
  const harness = createHarness();
  const resource = harness.catalog.add(widgets);
  const client = harness.connect();
  return { ...harness, resource, client, last: () => client.model.received.at(-1) };
}

describe('a connection', () => {
  it('[W1] begins with a welcome that names versions, time, cluster and limits', () => {
    const { client } = start();
    expect(client.model.received).toEqual([
      {
        type: 'welcome',
        protocol: 1,
        version: '0.0.0',
        instance: 'test',
        time: '2026-11-22T14:00:00.000Z',
        cluster: { kind: 'connected' },
        limits: { subscriptions: 64, frameBytes: 65_536 },
      },
    ]);
  });

  it.each([
    ['not JSON', '{"type":', 'not a JSON object'],
    ['a list', '[1]', 'not a JSON object'],
    ['an unknown type', '{"type":"publish","id":3}', '"type" is "publish"'],
    ['an unknown view', '{"type":"subscribe","id":3,"view":"graph"}', '"view" is "graph"'],
    [
      'a window too long',
      JSON.stringify({ type: 'subscribe', id: 3, ...table, window: { offset: 0, length: 5000 } }),
      '"window.length"',
    ],
    ['a member too many', '{"type":"unsubscribe","id":3,"x":1}', '"x" does not belong here'],
  ])('[W2] answers %s with an error and lives on', (_what, text, detail) => {
    const { client, last } = start();
    client.sendText(text);
    expect(last()).toMatchObject({ type: 'error', fault: { code: 'bad-message' } });
    expect(JSON.stringify(last())).toContain(JSON.stringify(detail).slice(1, -1));
    client.subscribe(table);
    expect(last()).toMatchObject({ type: 'end' });
  });

  it('[W2] names the id of a message that is wrong otherwise', () => {
    const { client, last } = start();
    client.sendText('{"type":"publish","id":3}');
    expect(last()).toMatchObject({ id: 3 });
  });

  it('[W3] says where a selector cannot be read and what is expected', () => {
    const { client } = start();
    client.subscribe({ ...table, labelSelector: 'app in (web' });
    expect(client.model.held(1).fault).toMatchObject({ code: 'bad-selector' });
    expect(client.model.held(1).fault?.detail).toMatch(/position 11/);
  });

  it('[W3] names the nearest resources for one that does not exist', () => {
    const { client } = start();
    client.subscribe({ ...table, resource: { ...widgets, resource: 'wigdets' } });
    expect(client.model.held(1).fault).toMatchObject({
      code: 'unknown-resource',
      remedy: 'Like it are: widgets.test.dev.',
    });
  });

  it('[W3] ends both subscriptions of an id that is used twice', async () => {
    const { client, resource, quiet, fanout } = start();
    client.subscribe(table, 7);
    client.subscribe(table, 7);
    expect(client.model.held(7).fault).toMatchObject({ code: 'id-in-use' });
    expect(fanout.stats().subscriptions).toBe(0);
    const frames = client.frames.length;
    resource.put({ namespace: 'a', name: 'x' });
    await quiet();
    expect(client.frames.length).toBe(frames);
  });

  it('[W3] refuses to move a window that there is not', () => {
    const { client, last, fanout } = start();
    client.send({ type: 'window', id: 5, window });
    expect(last()).toMatchObject({ id: 5, fault: { code: 'unknown-subscription' } });
    client.subscribe({ view: 'catalog' }, 6);
    client.send({ type: 'window', id: 6, window });
    expect(client.model.held(6).fault).toMatchObject({ code: 'no-window' });
    expect(fanout.stats().subscriptions).toBe(0);
  });

  it('[W3] refuses an object of a namespaced resource without its namespace', () => {
    const { client } = start();
    client.subscribe({ view: 'object', resource: widgets, namespace: '', name: 'x' });
    expect(client.model.held(1).fault).toMatchObject({ code: 'namespace-needed' });
  });

  it('[W4] allows 64 subscriptions, not 65, and one more when one is given back', () => {
    const { client } = start();
    for (let n = 0; n < 65; n += 1) {
      client.subscribe({ view: 'object', resource: widgets, namespace: 'a', name: `w${n}` });
    }
    expect(client.model.held(64).fault).toBeUndefined();
    expect(client.model.held(65).fault).toMatchObject({ code: 'too-many-subscriptions' });
    client.send({ type: 'unsubscribe', id: 1 });
    client.subscribe({ view: 'catalog' }, 66);
    expect(client.model.held(66).fault).toBeUndefined();
  });

  it('[W4] ends a connection that sends too many messages, after saying so', () => {
    const { client, last, fanout } = start();
    for (let n = 0; n <= limits.messageBurst; n += 1) client.sendText('{}');
    expect(last()).toMatchObject({ type: 'error', fault: { code: 'too-many-messages' } });
    expect(client.closedWith).toBe(closeCodes.tooManyMessages.code);
    expect(fanout.stats().connections).toBe(0);
  });

  it('[W4] takes as many messages as time brings', async () => {
    const { client, clock } = start();
    for (let second = 0; second < 20; second += 1) {
      for (let n = 0; n < limits.messagesPerSecond; n += 1) client.sendText('{}');
      await clock.advance(1000);
    }
    expect(client.closedWith).toBeUndefined();
  });

  it('[W5] beats after 15 s of silence, and only then', async () => {
    const { client, clock, resource, last } = start();
    client.subscribe(table);
    await clock.advance(10_000);
    resource.put({ namespace: 'a', name: 'x' });
    await clock.advance(14_999);
    expect(client.model.received.filter(({ type }) => type === 'beat')).toEqual([]);
    await clock.advance(1);
    expect(last()).toEqual({ type: 'beat', time: '2026-11-22T14:00:25.000Z' });
  });

  it('[W5] tells every client when the state of the cluster changes', () => {
    const { connect, setCluster, last } = start();
    const other = connect();
    const fault = { code: 'network', detail: 'connection refused' };
    const cluster = { kind: 'unreachable', since: '2026-11-22T14:00:00.000Z', fault } as const;
    setCluster(cluster);
    expect(last()).toEqual({ type: 'cluster', cluster });
    expect(other.model.received.at(-1)).toEqual({ type: 'cluster', cluster });
  });

  it('[W6] gives the same question the same stream and the very same bytes', async () => {
    const { client, connect, resource, quiet, fanout } = start();
    const other = connect();
    client.subscribe({ ...table, labelSelector: 'b=1, a in (2)' });
    other.subscribe({ ...table, labelSelector: 'a in (2),b==1', sort: { column: 'namespace' } });
    expect(fanout.stats()).toEqual({ connections: 2, subscriptions: 2, streams: 1 });
    resource.put({ namespace: 'a', name: 'x', labels: { a: '2', b: '1' } });
    await quiet();
    expect(client.frames.at(-1)).toBe(other.frames.at(-1));
    expect(client.model.held(1).keys).toEqual(['a/x']);
  });

  it('[W7] sends a frame once, however many subscriptions of a connection share the stream', async () => {
    const { client, resource, quiet } = start();
    client.subscribe(table, 1);
    client.subscribe(table, 2);
    const frames = client.frames.length;
    resource.put({ namespace: 'a', name: 'x' });
    await quiet();
    expect(client.frames.length).toBe(frames + 1);
    expect(client.model.held(1).keys).toEqual(['a/x']);
    expect(client.model.held(2).keys).toEqual(['a/x']);
    client.send({ type: 'unsubscribe', id: 1 });
    resource.put({ namespace: 'a', name: 'y' });
    await quiet();
    expect(client.model.held(2).keys).toEqual(['a/x', 'a/y']);
  });

  it('[W12] leaves nothing after a thousand subscriptions, once the linger is over', async () => {
    const { client, clock, fanout, catalog, resource } = start();
    for (let n = 0; n < 1000; n += 1) {
      const requests: Request[] = [
        { ...table, window: { offset: n % 7, length: 5 } },
        { view: 'object', resource: widgets, namespace: 'a', name: `w${n}` },
        { view: 'changes', resources: [widgets], labelSelector: `n=${n % 11}` },
        { view: 'catalog' },
      ];
      const id = n + 1;
      client.subscribe(requests[n % 4] ?? table, id);
      client.send({ type: 'unsubscribe', id });
      await clock.advance(50);
    }
    expect(fanout.stats().streams).toBeLessThanOrEqual(limits.lingering);
    await clock.advance(limits.lingerMs);
    expect(fanout.stats()).toEqual({ connections: 1, subscriptions: 0, streams: 0 });
    expect(catalog.leases).toBe(0);
    expect(resource.listeners).toBe(0);
    client.cut();
    expect(clock.pending).toBe(0);
  });

  it('[W24] brings a new resource to the catalogue in the turn it is known, and takes one away', async () => {
    const { client, catalog, quiet } = start();
    client.subscribe({ view: 'catalog' });
    expect([...client.model.held(1).items.keys()]).toEqual(['test.dev/widgets']);
    const gears = fakeInfo({ ...widgets, resource: 'gears' });
    catalog.announce([gears], []);
    await settle();
    expect(client.model.held(1).items.get('test.dev/gears')).toEqual(gears);
    catalog.announce([], ['test.dev/widgets']);
    catalog.setFreshness({ kind: 'reconnecting', since: '2026-11-22T14:00:00.000Z' });
    await quiet();
    expect([...client.model.held(1).items.keys()]).toEqual(['test.dev/gears']);
    expect(client.model.held(1).freshness).toMatchObject({ kind: 'reconnecting' });
  });

  it('says goodbye to everybody when the server stops', () => {
    const { client, fanout, catalog, clock } = start();
    client.subscribe(table);
    fanout.close();
    expect(client.closedWith).toBe(1001);
    expect(catalog.leases).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
