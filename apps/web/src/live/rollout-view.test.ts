// @vitest-environment node
import type { RollingFrame, RollingItem, RolloutFrame, RolloutNode } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { createTestLive, live } from './testing/fake-server.ts';

const deployments = { group: 'apps', version: 'v1', resource: 'deployments' };
const query = { resource: deployments, namespace: 'shop', name: 'web' };
const at = Date.parse('2026-11-22T14:00:00.000Z');

function node(uid: string, over: Partial<RolloutNode> = {}): RolloutNode {
  return {
    uid,
    resource: deployments,
    kind: 'Deployment',
    namespace: 'shop',
    name: uid,
    created: at,
    health: { status: 'working' },
    bars: [],
    ...over,
  };
}

function event(
  uid: string,
  about: string,
  last: number,
  count = 1,
): RolloutFrame['events'][number] {
  const said = { type: 'Warning', reason: 'BackOff', message: 'Back-off.', reporter: 'kubelet' };
  return { uid, about, ...said, count, first: at, last };
}

const mark = (id: number, uid: string, when = at + id) => ({
  id,
  uid,
  at: when,
  classes: ['spec' as const],
});

/** A rollout somebody looks at, whose snapshot came in two frames. */
function liveRollout() {
  const test = createTestLive();
  const view = test.store.rollout(query);
  view.subscribe(() => {});
  test.peer().welcome();
  test.peer().send({ type: 'attached', id: 1, stream: 7, resumed: false });
  const send = (seq: number, parts: Partial<RolloutFrame>) =>
    test.peer().send({
      type: 'rollout',
      stream: 7,
      epoch: 'e',
      seq,
      root: 'web',
      nodes: [],
      removed: [],
      marks: [],
      events: [],
      ...parts,
    });
  const snapshot = (seq: number, ...frames: readonly Partial<RolloutFrame>[]) => {
    const frame = { stream: 7, epoch: 'e', seq };
    test.peer().send({ type: 'begin', ...frame, reset: seq > 1, freshness: live });
    for (const parts of frames) send(seq, parts);
    test.peer().send({ type: 'end', ...frame });
    test.clock.frame();
  };
  snapshot(
    1,
    {
      summary: { state: { kind: 'progressing', since: at } },
      nodes: [node('web')],
      marks: [mark(1, 'web')],
      findings: [],
      lacks: [],
    },
    { nodes: [node('web-1', { parent: 'web' })], events: [event('e1', 'web-1', at)] },
  );
  return { ...test, view, send, snapshot };
}

describe('a rollout in the live store', () => {
  it('asks for the object and knows nothing before the answer', () => {
    const { store, peer } = createTestLive();
    const view = store.rollout(query);
    view.subscribe(() => {});
    peer().welcome();
    expect(peer().received).toEqual([{ type: 'subscribe', id: 1, view: 'rollout', ...query }]);
    expect(view.snapshot()).toMatchObject({ ready: false, root: undefined, summary: undefined });
  });

  it('puts the frames of a snapshot together', () => {
    const { view } = liveRollout();
    const snapshot = view.snapshot();
    expect(snapshot).toMatchObject({ ready: true, root: 'web', freshness: live });
    expect([...snapshot.nodes.keys()]).toEqual(['web', 'web-1']);
    expect(snapshot.marks.get('web')?.map(({ id }) => id)).toEqual([1]);
    expect(snapshot.events.map(({ uid }) => uid)).toEqual(['e1']);
  });

  it('replaces what a frame brings, keeps what it does not, and changes no snapshot that was given', () => {
    const { view, send, clock } = liveRollout();
    const before = view.snapshot();
    const finding = {
      rule: 'container-waiting',
      severity: 'stuck' as const,
      uid: 'web-1',
      sentence: 'web-1 restarts.',
      evidence: 'Event ×5',
      kubectl: 'kubectl logs web-1',
    };
    send(2, { nodes: [node('web-1', { parent: 'web', generation: 2 })], findings: [finding] });
    send(3, { summary: { state: { kind: 'stuck', since: at + 5 } } });
    clock.frame();
    const after = view.snapshot();
    expect(after.nodes.get('web-1')?.generation).toBe(2);
    expect(after.nodes.get('web')).toBe(before.nodes.get('web'));
    expect(after.findings).toEqual([finding]);
    expect(after.summary?.state.kind).toBe('stuck');
    expect(after.version).toBeGreaterThan(before.version);
    expect(before.nodes.get('web-1')?.generation).toBeUndefined();
    expect(before.findings).toEqual([]);
  });

  it('takes the marks and Events of a node away with it', () => {
    const { view, send, clock } = liveRollout();
    send(2, { marks: [mark(2, 'web-1')] });
    send(3, { removed: ['web-1'] });
    clock.frame();
    expect([...view.snapshot().nodes.keys()]).toEqual(['web']);
    expect([...view.snapshot().marks.keys()]).toEqual(['web']);
    expect(view.snapshot().events).toEqual([]);
  });

  it('orders marks by their time, holds each once, and the newest 200 of a node', () => {
    const { view, send, clock } = liveRollout();
    const many = Array.from({ length: 250 }, (_, index) => mark(index + 2, 'web'));
    send(2, { marks: many.slice(100) });
    send(3, { marks: [...many.slice(0, 100), ...many.slice(240)] });
    clock.frame();
    const ids =
      view
        .snapshot()
        .marks.get('web')
        ?.map(({ id }) => id) ?? [];
    expect(ids).toHaveLength(200);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(ids.at(-1)).toBe(251);
  });

  it('counts an Event that was seen again once, newest first', () => {
    const { view, send, clock } = liveRollout();
    send(2, { events: [event('e2', 'web', at + 10)] });
    send(3, { events: [event('e1', 'web-1', at + 20, 5)] });
    clock.frame();
    expect(view.snapshot().events.map(({ uid, count }) => [uid, count])).toEqual([
      ['e1', 5],
      ['e2', 1],
    ]);
  });

  it('forgets what it held when a new snapshot comes', () => {
    const { view, snapshot } = liveRollout();
    snapshot(9, { root: null, summary: { state: { kind: 'deleted', since: at } } });
    expect(view.snapshot()).toMatchObject({ root: null, ready: true, events: [] });
    expect(view.snapshot().nodes.size).toBe(0);
    expect(view.snapshot().marks.size).toBe(0);
  });
});

function item(uid: string, over: Partial<RollingItem>): RollingItem {
  return {
    uid,
    resource: deployments,
    kind: 'Deployment',
    namespace: 'shop',
    name: uid,
    state: { kind: 'progressing', since: at },
    ...over,
  };
}

describe('what is rolling, in the live store', () => {
  function liveRolling() {
    const test = createTestLive();
    const view = test.store.rolling({});
    view.subscribe(() => {});
    test.peer().welcome();
    test.peer().send({ type: 'attached', id: 1, stream: 3, resumed: false });
    const frame = { stream: 3, epoch: 'e', seq: 1 };
    const send = (seq: number, parts: Partial<RollingFrame>) => {
      test.peer().send({ type: 'rolling', ...frame, seq, items: [], removed: [], ...parts });
    };
    test.peer().send({ type: 'begin', ...frame, reset: false, freshness: live });
    send(1, {
      items: [
        item('done', { state: { kind: 'healthy', since: at + 50 } }),
        item('first', {}),
        item('second', { state: { kind: 'progressing', since: at + 1 } }),
      ],
      kinds: [deployments],
      lacks: [],
    });
    test.peer().send({ type: 'end', ...frame });
    test.clock.frame();
    return { ...test, view, send };
  }

  it('asks for one namespace where one is asked for, and for the cluster otherwise', () => {
    const { store, peer } = createTestLive();
    store.rolling({ namespace: 'shop' }).subscribe(() => {});
    store.rolling({ namespace: undefined }).subscribe(() => {});
    peer().welcome();
    expect(peer().received).toEqual([
      { type: 'subscribe', id: 1, view: 'rolling', namespace: 'shop' },
      { type: 'subscribe', id: 2, view: 'rolling' },
    ]);
  });

  it('puts what needs somebody first, and what happened last first among the same', () => {
    const { view, send, clock } = liveRolling();
    expect(view.snapshot().items.map(({ uid }) => uid)).toEqual(['second', 'first', 'done']);
    send(2, { items: [item('first', { state: { kind: 'stuck', since: at } })] });
    clock.frame();
    expect(view.snapshot().items.map(({ uid }) => uid)).toEqual(['first', 'second', 'done']);
    expect(view.snapshot().kinds).toEqual([deployments]);
  });

  it('counts what is not through for the whole page, as long as that is known', () => {
    const { store, peer, send, clock } = liveRolling();
    expect(store.rollingCount.snapshot()).toBe(2);
    send(2, { removed: ['first'] });
    clock.frame();
    expect(store.rollingCount.snapshot()).toBe(1);
    peer().close();
    clock.frame();
    expect(store.rollingCount.snapshot()).toBeUndefined();
  });

  it('counts nothing of what is rolling in one namespace alone', () => {
    const { store, peer, clock } = createTestLive();
    store.rolling({ namespace: 'shop' }).subscribe(() => {});
    peer().welcome();
    const frame = { stream: 3, epoch: 'e', seq: 1 };
    peer().send({ type: 'attached', id: 1, stream: 3, resumed: false });
    peer().send({ type: 'begin', ...frame, reset: false, freshness: live });
    peer().send({ type: 'rolling', ...frame, items: [item('web', {})], removed: [] });
    peer().send({ type: 'end', ...frame });
    clock.frame();
    expect(store.rollingCount.snapshot()).toBeUndefined();
  });

  it('drops what left', () => {
    const { view, send, clock } = liveRolling();
    send(2, { removed: ['done'] });
    clock.frame();
    expect(view.snapshot().items.map(({ uid }) => uid)).toEqual(['second', 'first']);
  });
});
