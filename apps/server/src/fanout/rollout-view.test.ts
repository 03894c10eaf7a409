import type { Rollout, RolloutFrame } from '@kindscope/protocol';
import { expect, it } from 'vitest';
import type { RolloutNews, RolloutWatch } from '../rollout/rollout-watch.ts';
import { createRolloutView } from './rollout-view.ts';
import type { Body } from './view.ts';

const resource = { group: '', version: 'v1', resource: 'pods' };
const many = <T>(count: number, item: (n: number) => T) =>
  Array.from({ length: count }, (_, n) => item(n));

const everything: Rollout = {
  summary: { state: { kind: 'healthy', since: 1 } },
  root: 'uid-0',
  nodes: many(450, (n) => ({
    uid: `uid-${n}`,
    resource,
    kind: 'Pod',
    namespace: 'a',
    name: `pod-${n}`,
    created: 1,
    health: { status: 'healthy' as const },
    bars: [],
  })),
  removed: [],
  marks: many(4500, (id) => ({ id, uid: 'uid-1', at: id, classes: ['status' as const] })),
  events: many(300, (n) => ({
    uid: `event-${n}`,
    about: 'uid-1',
    type: 'Normal',
    reason: 'Scheduled',
    message: '',
    count: 1,
    first: 1,
    last: 1,
    reporter: '',
  })),
  findings: [],
  lacks: [],
};

function viewOf(news: RolloutNews[]) {
  let taken = 0;
  const watch: RolloutWatch = {
    freshness: { kind: 'live' },
    settled: true,
    take: () => (taken++ === 0 ? undefined : news.shift()),
    state: () => everything,
    verdict: { state: everything.summary.state, root: null },
    objects: () => [],
    pastStates: () => [],
    subscribe: () => () => {},
    close() {},
  };
  return createRolloutView(watch, { dirty() {}, restart() {} });
}

const frames = (bodies: Iterable<Body>) =>
  [...bodies].map(({ members }) => JSON.parse(`{${members}}`) as RolloutFrame);

it('[W35] divides a snapshot into frames, with what is said of the whole in the first', () => {
  const [first, ...rest] = frames(viewOf([]).snapshot({ backlog: 0 }));
  expect(first).toMatchObject({ summary: everything.summary, findings: [], lacks: [] });
  expect(rest).toHaveLength(2);
  for (const frame of rest) expect(frame).not.toHaveProperty('summary');
  const all = [first, ...rest].filter((frame) => frame !== undefined);
  expect(all.map(({ nodes }) => nodes.length)).toEqual([200, 200, 50]);
  expect(all.map(({ marks }) => marks.length)).toEqual([2000, 2000, 500]);
  expect(all.map(({ events }) => events.length)).toEqual([200, 100, 0]);
  expect(all.every(({ root }) => root === 'uid-0')).toBe(true);
});

it('sends what is new in one frame, and nothing where nothing is', () => {
  const nothing = { nodes: [], removed: ['uid-3'], marks: [], events: [] };
  const view = viewOf([{ root: null, ...nothing }]);
  expect(frames(view.flush())).toEqual([{ root: null, ...nothing }]);
  expect([...view.flush()]).toEqual([]);
});
