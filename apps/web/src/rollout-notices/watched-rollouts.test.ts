// @vitest-environment node
import type { RolloutFrame, RolloutSummary } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { createTestLive, live } from '../live/testing/fake-server.ts';
import type { RolloutNotice } from './rollout-notice.ts';
import { createWatchedRollouts, mostWatched } from './watched-rollouts.ts';

const resource = { group: 'apps', version: 'v1', resource: 'deployments' };
const web = { resource, namespace: 'shop', name: 'web' };
const at = Date.parse('2026-11-22T14:00:00.000Z');
type Kind = RolloutSummary['state']['kind'];

function createStorage(text: string | null = null) {
  let held = text;
  return {
    getItem: () => held,
    setItem: (_key: string, value: string) => {
      held = value;
    },
    text: () => held,
  };
}

/** A tab that tells of one rollout, and a server that says how it is. */
function watching(storage = createStorage()) {
  const test = createTestLive();
  const told: RolloutNotice[] = [];
  const watched = createWatchedRollouts({
    live: test.store,
    storage,
    tell: (notice) => told.push(notice),
  });
  watched.add(web);
  test.peer().welcome();
  let seq = 0;
  const say = (kind: Kind, over: Partial<RolloutFrame> = {}) => {
    const frame = { stream: 7, epoch: 'e', seq: Math.max(1, seq) };
    const first = seq === 0;
    seq += 1;
    if (first) {
      test.peer().send({ type: 'attached', id: 1, stream: 7, resumed: false });
      test.peer().send({ type: 'begin', ...frame, reset: false, freshness: live });
    }
    const node = {
      uid: 'u',
      resource,
      kind: 'Deployment',
      namespace: 'shop',
      name: 'web',
      created: at,
      health: { status: 'working' as const },
      bars: [],
    };
    test.peer().send({
      type: 'rollout',
      stream: 7,
      epoch: 'e',
      seq,
      root: 'u',
      nodes: first ? [node] : [],
      removed: [],
      marks: [],
      events: [],
      summary: { state: { kind, since: at, reason: `It is ${kind}.` } },
      ...over,
    });
    if (first) test.peer().send({ type: 'end', ...frame });
    test.clock.frame();
  };
  return { ...test, watched, told, say, titles: () => told.map(({ title }) => title) };
}

describe('a watched rollout', () => {
  it('is told of when it gets stuck, fails, or gets healthy', () => {
    const { say, titles } = watching();
    say('progressing');
    say('stuck');
    say('progressing');
    say('healthy');
    say('failed');
    expect(titles()).toEqual([
      'Deployment web is stuck',
      'Deployment web is healthy',
      'Deployment web has failed',
    ]);
  });

  it('is not told of for how it was when one began to watch it', () => {
    const { say, told } = watching();
    say('stuck');
    say('stuck');
    say('paused');
    say('progressing');
    expect(told).toEqual([]);
  });

  it('is not healthy anew when it was only not known for a moment', () => {
    const { say, told } = watching();
    say('healthy');
    say('unknown');
    say('healthy');
    expect(told).toEqual([]);
  });

  it('is told of with the first reason, and how long it took', () => {
    const { say, told } = watching();
    say('progressing');
    const finding = {
      rule: 'container-waiting',
      severity: 'stuck' as const,
      uid: 'u',
      sentence: 'web-1 restarts.',
      evidence: 'Event ×5',
      kubectl: 'kubectl logs web-1',
    };
    say('stuck', { findings: [finding] });
    say('healthy', {
      findings: [],
      summary: { state: { kind: 'healthy', since: at + 42_000 } },
    });
    say('progressing');
    say('healthy', {
      summary: { state: { kind: 'healthy', since: at }, started: at, ended: at + 252_000 },
    });
    expect(told.map(({ body }) => body)).toEqual([
      'web-1 restarts.\nin shop',
      'It was stuck for 42 s.\nin shop',
      'It took 4 min 12 s.\nin shop',
    ]);
  });

  it('stays subscribed until it is taken off', () => {
    const { say, watched, clock, peer, told } = watching();
    say('progressing');
    clock.pass(30_000);
    expect(peer().received.some(({ type }) => type === 'unsubscribe')).toBe(false);
    watched.remove(web);
    clock.pass(5_000);
    expect(peer().received.at(-1)?.type).toBe('unsubscribe');
    expect(watched.snapshot()).toEqual([]);
    expect(told).toEqual([]);
  });
});

describe('the list of watched rollouts', () => {
  it('outlives a reload of the tab', () => {
    const storage = createStorage();
    watching(storage);
    const again = createTestLive();
    const watched = createWatchedRollouts({ live: again.store, storage, tell: () => {} });
    expect(watched.snapshot()).toEqual([web]);
    again.peer().welcome();
    expect(again.peer().received).toMatchObject([{ view: 'rollout', ...web }]);
  });

  it.each(['', '{', 'null', '[1, {"name": "web"}, {"resource": null}]'])(
    'is empty when the tab holds %j',
    (text) => {
      const watched = createWatchedRollouts({
        live: createTestLive().store,
        storage: createStorage(text),
        tell: () => {},
      });
      expect(watched.snapshot()).toEqual([]);
    },
  );

  it('lives as long as the page where nothing can be stored', () => {
    const refuse = () => {
      throw new Error('switched off');
    };
    const storage = { getItem: refuse, setItem: refuse };
    const { store } = createTestLive();
    const watched = createWatchedRollouts({ live: store, storage, tell: () => {} });
    expect(watched.add(web)).toBe(true);
    expect(watched.snapshot()).toEqual([web]);
  });

  it('holds each once, and no more than its limit', () => {
    const { watched } = watching();
    expect(watched.add({ ...web, resource: { ...resource } })).toBe(true);
    expect(watched.snapshot()).toHaveLength(1);
    for (let index = 1; index < mostWatched; index += 1) {
      expect(watched.add({ ...web, name: `web-${index}` })).toBe(true);
    }
    expect(watched.add({ ...web, name: 'one-more' })).toBe(false);
    expect(watched.snapshot()).toHaveLength(mostWatched);
  });
});
