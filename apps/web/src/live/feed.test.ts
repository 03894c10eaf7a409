// @vitest-environment node
import type { Change, ServerMessage } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { addToFeed, emptyFeed } from './feed-model.ts';
import { createTestLive, live, type FakePeer } from './testing/fake-server.ts';
import type { ChangesSnapshot } from './types.ts';

const resource = { group: 'demo.example.io', version: 'v1', resource: 'widgets' };
const at = (second: number) => `2026-11-22T14:00:${String(second).padStart(2, '0')}.000Z`;

function change(id: number): Change {
  return {
    id,
    resource,
    kind: 'Widget',
    namespace: 'shop',
    name: 'one',
    uid: 'u',
    seen: 'watch',
    time: at(id % 60),
    classes: ['status'],
    fields: [],
    managers: [],
  };
}
const changesFrame = (seq: number, ids: readonly number[], epoch = 'e1'): ServerMessage => ({
  type: 'changes',
  stream: 7,
  epoch,
  seq,
  changes: ids.map(change),
});

function snapshot(peer: FakePeer, seq: number, ids: readonly number[], epoch = 'e1') {
  const frame = { stream: 7, epoch, seq };
  peer.send({ type: 'begin', ...frame, reset: true, freshness: live });
  peer.send(changesFrame(seq, ids, epoch));
  peer.send({ type: 'end', ...frame });
}

function liveFeed() {
  const test = createTestLive();
  const view = test.store.changes({ resources: [resource] });
  view.subscribe(() => {});
  test.peer().welcome();
  test.peer().send({ type: 'attached', id: 1, stream: 7, resumed: false });
  snapshot(test.peer(), 4, [1, 2]);
  test.clock.frame();
  return { ...test, view };
}

/** Ids of the entries, newest first; a gap is its reason. */
function shown({ entries }: ChangesSnapshot) {
  return entries.map((entry) => (entry.type === 'change' ? entry.change.id : entry.gap.reason));
}

function reconnect(test: ReturnType<typeof liveFeed>, instance: string) {
  test.peer().close();
  test.clock.pass(400);
  test.peer().welcome({ instance });
  test.peer().send({ type: 'attached', id: 1, stream: 7, resumed: false });
}

describe('the feed', () => {
  it('is newest first', () => {
    const { view, peer, clock } = liveFeed();
    peer().send(changesFrame(5, [3, 4]));
    clock.frame();
    expect(shown(view.snapshot())).toEqual([4, 3, 2, 1]);
  });

  it('stands still while paused, counts what waits, and loses nothing', () => {
    const { view, peer, clock } = liveFeed();
    view.pause();
    clock.frame();
    peer().send(changesFrame(5, [3]));
    peer().send(changesFrame(6, [4]));
    clock.frame();
    expect(view.snapshot()).toMatchObject({ paused: true, waiting: 2 });
    expect(shown(view.snapshot())).toEqual([2, 1]);
    view.resume();
    clock.frame();
    expect(view.snapshot()).toMatchObject({ paused: false, waiting: 0 });
    expect(shown(view.snapshot())).toEqual([4, 3, 2, 1]);
  });

  it('shows a gap as an entry, followed by what fills it, each change once', () => {
    const { view, peer, clock } = liveFeed();
    const gap = { from: at(2), to: at(8), count: 6, reason: 'slow', filled: true } as const;
    peer().send({ type: 'gap', stream: 7, epoch: 'e1', seq: 10, ...gap });
    peer().send(changesFrame(10, [2, 3, 4]));
    peer().send(changesFrame(11, [5]));
    clock.frame();
    expect(shown(view.snapshot())).toEqual([5, 4, 3, 'slow', 2, 1]);
    expect(view.snapshot().entries[3]).toMatchObject({ type: 'gap', gap });
  });

  it('joins a new snapshot to what it has when their ids meet', () => {
    const test = liveFeed();
    reconnect(test, 'one');
    snapshot(test.peer(), 9, [2, 3, 4], 'e2');
    test.clock.frame();
    expect(shown(test.view.snapshot())).toEqual([4, 3, 2, 1]);
  });

  it('says a gap where the log no longer reaches back to what it has', () => {
    const test = liveFeed();
    reconnect(test, 'one');
    snapshot(test.peer(), 900, [50, 51], 'e2');
    test.clock.frame();
    expect(shown(test.view.snapshot())).toEqual([51, 50, 'restarted', 2, 1]);
  });

  it('says a gap once, though a snapshot of the same log tells of it again', () => {
    const test = liveFeed();
    const gap = {
      type: 'gap',
      from: at(2),
      to: at(8),
      reason: 'unwatched',
      filled: false,
    } as const;
    test.peer().send({ ...gap, stream: 7, epoch: 'e1', seq: 5 });
    reconnect(test, 'one');
    const frame = { stream: 7, epoch: 'e2', seq: 9 };
    test.peer().send({ type: 'begin', ...frame, reset: true, freshness: live });
    test.peer().send({ ...gap, ...frame });
    test.peer().send(changesFrame(9, [3], 'e2'));
    test.peer().send({ type: 'end', ...frame });
    test.clock.frame();
    expect(shown(test.view.snapshot())).toEqual([3, 'unwatched', 2, 1]);
  });

  it('says a gap when the server was restarted, though its ids look familiar', () => {
    const test = liveFeed();
    reconnect(test, 'two');
    snapshot(test.peer(), 1, [1, 2], 'two.7.1');
    test.clock.frame();
    expect(shown(test.view.snapshot())).toEqual([2, 1, 'restarted', 2, 1]);
    const keys = test.view.snapshot().entries.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says a gap since the loss when the restarted server has nothing to tell', () => {
    const test = liveFeed();
    reconnect(test, 'two');
    snapshot(test.peer(), 0, [], 'two.7.1');
    test.clock.frame();
    expect(test.view.snapshot().entries[0]).toMatchObject({
      type: 'gap',
      gap: { from: '2026-11-22T14:00:00.000Z', to: '2026-11-22T14:00:00.400Z', filled: false },
    });
  });

  it('is bounded: the oldest entries fall out, and it says so', () => {
    const ids = Array.from({ length: 12 }, (_, index) => index + 1);
    const frame = {
      type: 'changes',
      stream: 7,
      epoch: 'e',
      seq: 1,
      changes: ids.map(change),
    } as const;
    const feed = addToFeed(emptyFeed, frame, 10);
    expect(feed).toMatchObject({ dropped: true, added: 12, lastId: 12 });
    expect(feed.entries).toHaveLength(10);
    expect(feed.entries[0]).toMatchObject({ change: { id: 3 } });
  });
});

describe('an object', () => {
  it('is null when there is none, and remembers what it was before', () => {
    const { store, peer, clock } = createTestLive();
    const view = store.object({ resource, namespace: 'shop', name: 'one' });
    view.subscribe(() => {});
    peer().welcome();
    peer().send({ type: 'attached', id: 1, stream: 7, resumed: false });
    const frame = (seq: number) => ({ stream: 7, epoch: 'e1', seq });
    const object = (version: string) => ({ metadata: { resourceVersion: version } });
    peer().send({ type: 'begin', ...frame(1), reset: false, freshness: live });
    peer().send({ type: 'object', ...frame(1), object: object('10') });
    peer().send({ type: 'end', ...frame(1) });
    peer().send({ type: 'object', ...frame(2), object: object('11') });
    clock.frame();
    expect(view.snapshot()).toMatchObject({ object: object('11'), previous: object('10') });
    peer().send({ type: 'object', ...frame(3), object: null });
    clock.frame();
    expect(view.snapshot()).toMatchObject({ object: null, previous: object('11'), ready: true });
  });

  it('keeps the digits of its numbers', () => {
    const { store, peer, clock } = createTestLive();
    const view = store.object({ resource, namespace: 'shop', name: 'one' });
    view.subscribe(() => {});
    peer().welcome();
    peer().send({ type: 'attached', id: 1, stream: 7, resumed: false });
    const frame = '"stream":7,"epoch":"e1","seq":1';
    peer().sendText(`{"type":"begin",${frame},"reset":false,"freshness":{"kind":"live"}}`);
    peer().sendText(`{"type":"object",${frame},"object":{"spec":{"n":9007199254740993}}}`);
    peer().sendText(`{"type":"end",${frame}}`);
    clock.frame();
    expect(JSON.stringify(view.snapshot().object)).toBe('{"spec":{"n":9007199254740993}}');
  });
});
