import { settle } from '@kindscope/informer/testing';
import { describe, expect, it } from 'vitest';
import { closeCodes, limits } from './limits.ts';
import { widgets } from './testing/fake-catalog.ts';
import { createHarness, type Request } from './testing/harness.ts';

const table: Request = { view: 'table', resource: widgets, window: { offset: 0, length: 500 } };
const changes: Request = { view: 'changes', resources: [widgets] };

function start(options: Parameters<typeof createHarness>[0] = {}) {
  const harness = createHarness(options);
  const resource = harness.catalog.add(widgets);
  const client = harness.connect();
  return { ...harness, resource, client };
}

const long = JSON.stringify({ tier: 'x'.repeat(5000) });

describe('taking up a stream again', () => {
  it('[W13] goes on after the last frame when the ring has the next', async () => {
    const { resource, client, quiet } = start();
    resource.put({ namespace: 'a', name: 'x' });
    client.subscribe(table);
    client.subscribe(changes);
    await quiet();
    client.cut();
    resource.put({ namespace: 'a', name: 'y' });
    resource.remove('a', 'x');
    await quiet();
    client.reconnect();
    const attached = client.model.received.filter(({ type }) => type === 'attached');
    expect(attached.slice(-2)).toMatchObject([{ resumed: true }, { resumed: true }]);
    expect(client.model.held(1)).toMatchObject({ snapshots: 1, keys: ['a/y'], matched: 1 });
    expect(client.model.held(2).changes.map(({ name }) => name)).toEqual(['x', 'y', 'x']);
    expect(client.model.held(2)).toMatchObject({ snapshots: 1, gaps: [] });
  });

  it('[W13] resumes where nothing has happened, too', async () => {
    const { client, quiet } = start();
    client.subscribe(table);
    await quiet();
    client.cut();
    client.reconnect();
    expect(client.model.received.at(-1)).toMatchObject({ type: 'attached', resumed: true });
  });

  it('[W13] brings a snapshot marked reset when the ring has gone past', async () => {
    const { resource, client, quiet } = start({ ring: { frames: 4, bytes: 1e6 } });
    client.subscribe(table);
    client.cut();
    const epoch = client.model.held(1).position?.epoch;
    for (let n = 0; n < 6; n += 1) {
      resource.put({ namespace: 'a', name: `w${n}` });
      await quiet();
    }
    client.reconnect();
    expect(client.model.held(1)).toMatchObject({ snapshots: 2, resets: 1, matched: 6 });
    expect(client.model.held(1).position).toEqual({ epoch, seq: 6 });
    const attached = client.model.received.filter(({ type }) => type === 'attached');
    expect(attached).toMatchObject([{ resumed: false }, { resumed: false }]);
  });

  it('[W13] brings a snapshot marked reset when the stream is not there any more', async () => {
    const { client, clock, fanout, catalog } = start();
    client.subscribe(table);
    client.cut();
    await clock.advance(limits.lingerMs - 1);
    expect(fanout.stats().streams).toBe(1);
    await clock.advance(1);
    expect(fanout.stats().streams).toBe(0);
    expect(catalog.leases).toBe(0);
    client.reconnect();
    expect(client.model.held(1)).toMatchObject({ snapshots: 2, resets: 1 });
  });

  it('[W12] keeps a stream that was taken up again within the linger', async () => {
    const { resource, client, clock, quiet } = start();
    client.subscribe(table);
    client.cut();
    await clock.advance(limits.lingerMs - 1);
    client.reconnect();
    await clock.advance(limits.lingerMs);
    resource.put({ namespace: 'a', name: 'x' });
    await quiet();
    expect(client.model.held(1)).toMatchObject({ snapshots: 1, keys: ['a/x'] });
  });

  it('[W8] gives who comes later the state of then, not what others began with', async () => {
    const { resource, client, connect, quiet } = start();
    client.subscribe(table);
    resource.put({ namespace: 'a', name: 'x' });
    await quiet();
    const other = connect();
    other.subscribe(table);
    expect(other.model.held(1).keys).toEqual(['a/x']);
    expect(other.model.held(1).position).toEqual(client.model.held(1).position);
  });

  it('[W13] does not believe a number that was never given', () => {
    const { client } = start();
    client.subscribe(table);
    const epoch = client.model.held(1).position?.epoch ?? '';
    client.subscribe({ ...table, resume: { epoch, seq: 99 } }, 2);
    client.subscribe({ ...changes, resume: { epoch: 'other', seq: 0 } }, 3);
    const attached = client.model.received.filter(({ type }) => type === 'attached');
    expect(attached).toMatchObject([{ resumed: false }, { resumed: false }, { resumed: false }]);
  });

  it('[W13] knows after a resume what the client has of the log', async () => {
    const { resource, client, quiet } = start();
    client.subscribe(changes);
    resource.put({ namespace: 'a', name: 'x' });
    await quiet();
    client.cut();
    for (let n = 0; n < 10; n += 1) {
      resource.put({ namespace: 'a', name: `w${n}` });
      await quiet();
    }
    client.reconnect();
    expect(client.model.held(1).changes.map(({ id }) => id)).toEqual(
      Array.from({ length: 11 }, (_, n) => n + 1),
    );
  });
});

const shortRing = { ring: { frames: 2, bytes: 1e6 } };

describe('a client that does not read', () => {
  it('[W28] after a resume is filled from where it was, not from where the stream is', async () => {
    const { resource, client, quiet } = start({ ring: { frames: 4, bytes: 1e6 } });
    client.subscribe(changes);
    const put = async (from: number, to: number) => {
      for (let n = from; n <= to; n += 1) {
        resource.put({ namespace: 'a', name: `w${n}` });
        await quiet();
      }
    };
    await put(1, 2);
    client.cut();
    await put(3, 5);
    client.choke();
    client.reconnect();
    await put(6, 15);
    client.thaw();
    const held = client.model.held(1);
    expect(held.gaps).toMatchObject([{ reason: 'slow', filled: true, count: 13 }]);
    expect(held.changes.map(({ id }) => id)).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
  });

  it('[W28] right after its snapshot is not sent again what that had', async () => {
    const { resource, client, connect, quiet } = start(shortRing);
    client.subscribe(changes);
    const put = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        resource.put({ namespace: 'a', name: `w${n}` });
        await quiet();
      }
    };
    await put(5);
    const other = connect();
    other.subscribe(changes);
    other.choke();
    await put(5);
    other.thaw();
    expect(other.model.held(1).gaps).toMatchObject([{ filled: true, count: 5 }]);
    expect(other.model.held(1).changes.map(({ id }) => id)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  it('[W14] is sent no more above the high-water mark, and costs the others nothing', async () => {
    const { resource, client, connect, quiet } = start();
    const other = connect();
    client.subscribe(table);
    other.subscribe(table);
    client.freeze();
    for (let n = 0; n < 2000; n += 1) {
      resource.put({ namespace: 'a', name: `w${n % 100}`, spec: long });
      if (n % 100 === 99) await quiet();
    }
    expect(other.model.held(1)).toMatchObject({ matched: 100, resets: 0 });
    expect(client.waiting).toBeLessThan(limits.highWater + 1_000_000);
    client.thaw();
    expect(client.model.held(1).rows).toEqual(other.model.held(1).rows);
    expect(client.closedWith).toBeUndefined();
  });

  it('[W14] gets the newest state as a reset when the ring has gone past it', async () => {
    const { resource, client, quiet } = start();
    client.subscribe(table);
    client.freeze();
    for (let n = 0; n < limits.ring.frames * 2; n += 1) {
      resource.put({ namespace: 'a', name: `w${n % 100}`, spec: long });
      await quiet();
    }
    client.thaw();
    expect(client.model.held(1)).toMatchObject({ resets: 1, matched: 100, snapshots: 2 });
    expect(client.model.held(1).keys).toHaveLength(100);
  });

  it('[W14] gets every frame when it was only a little behind', async () => {
    const { resource, client, connect, quiet } = start();
    const other = connect();
    client.subscribe(table);
    other.subscribe(table);
    client.freeze();
    for (let n = 0; n < 300; n += 1) {
      resource.put({ namespace: 'a', name: `w${n % 100}`, spec: long });
      await quiet();
    }
    client.thaw();
    expect(client.model.held(1)).toMatchObject({ resets: 0, snapshots: 1 });
    expect(client.model.held(1).position).toEqual(other.model.held(1).position);
  });

  it('[W14] lets no stream of it starve another', async () => {
    const { resource, client, quiet } = start();
    client.subscribe(changes);
    client.subscribe(table);
    client.freeze();
    for (let n = 0; n < 400; n += 1) {
      resource.put({ namespace: 'a', name: `w${n % 300}`, spec: n % 2 ? long : '{}' });
      await quiet();
    }
    client.thaw();
    expect(client.model.held(2)).toMatchObject({ matched: 300 });
    expect(client.model.held(1).changes.at(-1)?.id).toBe(400);
  });

  it('[W15] and yet asks on and on is given up', async () => {
    const { client, clock } = start();
    client.freeze();
    for (let n = 0; n < 60_000 && client.closedWith === undefined; n += 1) {
      client.sendText(`{"type":"subscribe","id":1,"view":${JSON.stringify('x'.repeat(70))}}`);
      await clock.advance(20);
    }
    expect(client.closedWith).toBe(closeCodes.tooSlow.code);
  }, 30_000);

  it('does not hold up the end of the stream for others when it is cut', async () => {
    const { resource, client, connect, fanout } = start();
    const other = connect();
    client.subscribe(table);
    other.subscribe(table);
    client.freeze();
    resource.put({ namespace: 'a', name: 'x' });
    client.cut();
    await settle();
    expect(fanout.stats()).toMatchObject({ connections: 1, subscriptions: 1 });
    expect(other.model.held(1).keys).toEqual(['a/x']);
  });
});
