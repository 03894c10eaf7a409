// @vitest-environment node
import { subprotocol, type ClientMessage, type Row, type ServerMessage } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { createTestLive, live, type FakePeer } from './testing/fake-server.ts';

const widgets = { group: 'demo.example.io', version: 'v1', resource: 'widgets' };

function row(name: string, cell = 'a'): Row {
  return {
    key: `shop/${name}`,
    namespace: 'shop',
    name,
    uid: name,
    resourceVersion: cell,
    created: '2026-11-22T13:00:00Z',
    health: { status: 'healthy' },
    cells: [cell],
  };
}

/** A table's snapshot of the given rows. */
function sendTable(
  peer: FakePeer,
  stream: number,
  rows: readonly Row[],
  over: { seq?: number; offset?: number; epoch?: string } = {},
) {
  const frame = { stream, epoch: over.epoch ?? 'e1', seq: over.seq ?? 1 };
  peer.send({ type: 'begin', ...frame, reset: false, columns: [], freshness: live });
  peer.send({
    type: 'table',
    ...frame,
    total: 40,
    matched: rows.length,
    offset: over.offset ?? 0,
    keys: rows.map(({ key }) => key),
    rows: [...rows],
    partial: false,
  });
  peer.send({ type: 'end', ...frame });
}

function last(peer: FakePeer): ClientMessage {
  const message = peer.received.at(-1);
  if (message === undefined) throw new Error('nothing was sent');
  return message;
}

function idOf(message: ClientMessage): number {
  return message.id;
}

/** A table somebody looks at, attached as stream 7 and live. */
function liveTable() {
  const test = createTestLive();
  const view = test.store.table({ resource: widgets });
  let told = 0;
  const leave = view.subscribe(() => {
    told += 1;
  });
  test.peer().welcome();
  const id = idOf(last(test.peer()));
  test.peer().send({ type: 'attached', id, stream: 7, resumed: false });
  sendTable(test.peer(), 7, [row('one'), row('two')]);
  test.clock.frame();
  return { ...test, view, id, leave, told: () => told };
}

const delta = (seq: number, rows: readonly Row[], stream = 7): ServerMessage => ({
  type: 'table',
  stream,
  epoch: 'e1',
  seq,
  total: 40,
  matched: 2,
  offset: 0,
  rows: [...rows],
  partial: false,
});

describe('the live store', () => {
  it('asks for the protocol version it speaks, and subscribes once it is welcome', () => {
    const { store, peer } = createTestLive();
    store.table({ resource: widgets, labelSelector: 'app=web' }).subscribe(() => {});
    expect(peer().protocol).toBe(subprotocol);
    expect(peer().received).toEqual([]);
    peer().welcome();
    expect(peer().received).toEqual([
      {
        type: 'subscribe',
        id: 1,
        view: 'table',
        resource: widgets,
        labelSelector: 'app=web',
        window: { offset: 0, length: 100 },
      },
    ]);
  });

  it('shares one subscription among all who ask the same', () => {
    const { store, peer } = createTestLive();
    const first = store.table({ resource: widgets, namespace: 'shop', sort: undefined });
    const second = store.table({ namespace: 'shop', resource: { ...widgets } });
    first.subscribe(() => {});
    second.subscribe(() => {});
    peer().welcome();
    expect(peer().received).toHaveLength(1);
    expect(first).toBe(second);
  });

  it('shows a snapshot whole, with the next frame of the screen', () => {
    const { view, told } = liveTable();
    expect(view.snapshot()).toMatchObject({ ready: true, total: 40, matched: 2, freshness: live });
    expect(view.snapshot().keys).toEqual(['shop/one', 'shop/two']);
    expect(told()).toBe(1);
  });

  it('tells of many frames once, and of a row only those who look at it', () => {
    const { view, peer, clock, told } = liveTable();
    const changed: string[] = [];
    view.subscribeRow('shop/one', () => changed.push('one'));
    view.subscribeRow('shop/two', () => changed.push('two'));
    peer().send(delta(2, [row('one', 'b')]));
    peer().send(delta(3, [row('one', 'c')]));
    expect(view.row('shop/one')?.cells).toEqual(['a']);
    clock.frame();
    expect(view.row('shop/one')?.cells).toEqual(['c']);
    expect(changed).toEqual(['one']);
    expect(told()).toBe(2);
  });

  it('goes on telling while the tab is hidden and draws no frames', () => {
    const { view, peer, clock } = liveTable();
    peer().send(delta(2, [row('one', 'b')]));
    clock.pass(250);
    expect(view.row('shop/one')?.cells).toEqual(['b']);
  });

  it('keeps the old rows until those of the moved window have come', () => {
    const { view, peer, clock, id } = liveTable();
    view.setWindow({ offset: 20, length: 2 });
    expect(last(peer())).toEqual({ type: 'window', id, window: { offset: 20, length: 2 } });
    peer().send({ type: 'attached', id, stream: 8, resumed: false });
    clock.frame();
    expect(view.snapshot()).toMatchObject({ offset: 0, ready: true, freshness: live });
    peer().send(delta(2, [row('one', 'late')]));
    sendTable(peer(), 8, [row('three')], { offset: 20, epoch: 'e8' });
    clock.frame();
    expect(view.snapshot()).toMatchObject({ offset: 20, keys: ['shop/three'] });
    expect(view.row('shop/one')).toBeUndefined();
  });

  it('asks for one window at a time, and then for the last one wanted', () => {
    const { view, peer, id } = liveTable();
    for (const offset of [10, 20, 30]) view.setWindow({ offset, length: 10 });
    const windows = () => peer().received.filter(({ type }) => type === 'window');
    expect(windows()).toHaveLength(1);
    peer().send({ type: 'attached', id, stream: 8, resumed: false });
    expect(windows().at(-1)).toMatchObject({ window: { offset: 30, length: 10 } });
    expect(windows()).toHaveLength(2);
  });

  it('says stale since the loss at once, for everything, when the socket closes', () => {
    const { view, store, peer, clock } = liveTable();
    const connection: string[] = [];
    store.connection.subscribe(() => connection.push(store.connection.snapshot().kind));
    clock.pass(1_000);
    peer().close();
    clock.frame();
    expect(connection).toEqual(['closed']);
    expect(view.snapshot()).toMatchObject({
      freshness: { kind: 'stale', since: '2026-11-22T14:00:01.000Z' },
      keys: ['shop/one', 'shop/two'],
    });
  });

  it('takes forty seconds of silence for death, and says stale since the last word', () => {
    const { view, peer, peers, clock } = liveTable();
    clock.pass(30_000);
    peer().send({ type: 'beat', time: new Date(clock.now()).toISOString() });
    clock.pass(39_999);
    expect(peer().hungUp()).toBe(false);
    clock.pass(1);
    clock.frame();
    expect(peers[0]?.hungUp()).toBe(true);
    expect(view.snapshot().freshness).toMatchObject({
      kind: 'stale',
      since: '2026-11-22T14:00:30.000Z',
    });
  });

  it('resumes where it was, and is live only once it is attached again', () => {
    const { view, peer, clock, id } = liveTable();
    peer().send(delta(2, [row('one', 'b')]));
    peer().close();
    clock.pass(400);
    peer().welcome();
    expect(last(peer())).toMatchObject({ type: 'subscribe', id, resume: { epoch: 'e1', seq: 2 } });
    clock.frame();
    expect(view.snapshot().freshness.kind).toBe('reconnecting');
    peer().send({ type: 'attached', id, stream: 3, resumed: true });
    peer().send(delta(3, [row('one', 'c')], 3));
    clock.frame();
    expect(view.snapshot().freshness).toEqual(live);
    expect(view.row('shop/one')?.cells).toEqual(['c']);
  });

  it('replaces what it held when the server answers a resume with a reset', () => {
    const { view, peer, clock, id } = liveTable();
    peer().close();
    clock.pass(400);
    peer().welcome({ instance: 'two' });
    peer().send({ type: 'attached', id, stream: 1, resumed: false });
    clock.frame();
    expect(view.snapshot()).toMatchObject({ keys: ['shop/one', 'shop/two'] });
    expect(view.snapshot().freshness.kind).toBe('reconnecting');
    sendTable(peer(), 1, [row('two')], { epoch: 'other' });
    clock.frame();
    expect(view.snapshot()).toMatchObject({ keys: ['shop/two'], freshness: live });
  });

  it('does not resume a stream whose window it has left', () => {
    const { view, peer, clock } = liveTable();
    peer().close();
    view.setWindow({ offset: 5, length: 5 });
    clock.pass(400);
    peer().welcome();
    expect(last(peer())).toMatchObject({ type: 'subscribe', window: { offset: 5, length: 5 } });
    expect(last(peer())).not.toHaveProperty('resume');
  });

  it('asks again from where it was when frames are missing', () => {
    const { view, peer, clock, id } = liveTable();
    peer().send(delta(5, [row('one', 'z')]));
    expect(peer().received.slice(-2)).toMatchObject([
      { type: 'unsubscribe', id },
      { type: 'subscribe', id, resume: { epoch: 'e1', seq: 1 } },
    ]);
    clock.frame();
    expect(view.row('shop/one')?.cells).toEqual(['a']);
  });

  it('leaves unknown messages and frames of strange streams alone', () => {
    const { view, peer, clock } = liveTable();
    peer().sendText('{"type":"news","stream":7,"epoch":"e1","seq":2}');
    peer().send(delta(2, [row('one', 'b')], 99));
    clock.frame();
    expect(view.row('shop/one')?.cells).toEqual(['a']);
    expect(peer().hungUp()).toBe(false);
  });

  it('hangs up on what is no message', () => {
    const { peers, view, clock } = liveTable();
    peers[0]?.sendText('{"type":"table","stream":7');
    clock.frame();
    expect(peers[0]?.hungUp()).toBe(true);
    expect(view.snapshot().freshness.kind).toBe('stale');
  });

  it('shows an error as a fault and asks again when a resource appears', () => {
    const { store, peer, clock } = createTestLive();
    const view = store.table({ resource: widgets });
    view.subscribe(() => {});
    store.catalog.subscribe(() => {});
    peer().welcome();
    const fault = { code: 'unknown-resource', detail: 'There is no widgets.', remedy: 'Look.' };
    peer().send({ type: 'error', id: 1, fault });
    clock.frame();
    expect(view.snapshot()).toMatchObject({ fault, ready: false });
    const frame = { stream: 2, epoch: 'c', seq: 1 };
    peer().send({ type: 'attached', id: 2, stream: 2, resumed: false });
    peer().send({ type: 'begin', ...frame, reset: false, freshness: live });
    peer().send({ type: 'end', ...frame });
    expect(last(peer())).toMatchObject({ type: 'subscribe', id: 1 });
  });

  it('says forbidden when the server does', () => {
    const { store, peer, clock } = createTestLive();
    const view = store.object({ resource: widgets, namespace: 'shop', name: 'one' });
    view.subscribe(() => {});
    peer().welcome();
    const fault = { code: 'forbidden', detail: 'Not yours.' };
    peer().send({ type: 'error', id: 1, fault });
    clock.frame();
    expect(view.snapshot().freshness).toEqual({ kind: 'forbidden', fault });
  });

  it('keeps the subscription for some seconds after the last one left', () => {
    const { view, peer, clock, leave, id } = liveTable();
    leave();
    clock.pass(4_000);
    const back = view.subscribe(() => {});
    clock.pass(10_000);
    expect(peer().received.some(({ type }) => type === 'unsubscribe')).toBe(false);
    back();
    clock.pass(5_000);
    expect(last(peer())).toEqual({ type: 'unsubscribe', id });
  });
});

describe('the connection', () => {
  it('backs off, and tries at once when the page wakes', async () => {
    const { peers, clock, store } = createTestLive();
    peers[0]?.close();
    await Promise.resolve();
    await Promise.resolve();
    expect(store.connection.snapshot()).toMatchObject({ kind: 'closed', unauthorized: false });
    clock.pass(799);
    expect(peers).toHaveLength(1);
    clock.pass(1);
    expect(peers).toHaveLength(2);
    peers[1]?.welcome();
    peers[1]?.close();
    store.wake();
    expect(peers).toHaveLength(3);
  });

  it('gives a handshake up that does not end', async () => {
    const { peers, clock } = createTestLive();
    clock.pass(10_000);
    expect(peers[0]?.hungUp()).toBe(true);
    await Promise.resolve();
    await Promise.resolve();
    clock.pass(800);
    expect(peers).toHaveLength(2);
  });

  it('asks for a token when the server wants one, and waits for it', async () => {
    const { peers, clock, store } = createTestLive({
      probe: () => Promise.resolve('unauthorized'),
    });
    peers[0]?.close();
    await Promise.resolve();
    await Promise.resolve();
    expect(store.connection.snapshot()).toMatchObject({
      unauthorized: true,
      fault: { code: 'unauthorized' },
    });
    clock.pass(120_000);
    store.wake();
    expect(peers).toHaveLength(1);
    store.retry();
    peers[1]?.welcome();
    expect(store.connection.snapshot()).toMatchObject({ kind: 'open', unauthorized: false });
  });

  it('says so when the server answers, but refuses the socket again and again', async () => {
    const { store, peer, peers, clock } = createTestLive({
      probe: () => Promise.resolve('answered'),
    });
    const refuse = async () => {
      peer().close();
      await Promise.resolve();
      await Promise.resolve();
      const { fault } = store.connection.snapshot();
      clock.pass(10_000);
      return fault?.code;
    };
    expect(await refuse()).toBe('disconnected');
    expect(await refuse()).toBe('protocol-not-spoken');
    expect(peers).toHaveLength(3);
    peer().welcome();
    peer().close();
    expect(store.connection.snapshot().fault?.code).toBe('disconnected');
  });

  it('takes a session that ended for unauthorized', () => {
    const { peer, store } = createTestLive();
    peer().welcome();
    peer().close(4401);
    expect(store.connection.snapshot()).toMatchObject({ kind: 'closed', unauthorized: true });
  });

  it("counts by the server's clock", () => {
    const { peer, store } = createTestLive();
    peer().welcome({ time: '2026-11-22T15:30:00.000Z' });
    expect(new Date(store.now()).toISOString()).toBe('2026-11-22T15:30:00.000Z');
  });

  it('passes on how the server stands with the cluster', () => {
    const { peer, store } = createTestLive();
    peer().welcome();
    const fault = { code: 'network', detail: 'Nobody answers.', remedy: 'Start it.' };
    const cluster = { kind: 'unreachable', since: '2026-11-22T14:00:00.000Z', fault } as const;
    peer().send({ type: 'cluster', cluster });
    expect(store.connection.snapshot().cluster).toEqual(cluster);
  });
});
