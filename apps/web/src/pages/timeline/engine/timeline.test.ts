import type { Change, Coverage, Marks } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../api.ts';
import { createTestLive } from '../../../live/testing/fake-server.ts';
import { aChange } from '../../../ui/changes/testing.ts';
import { allBits, classBit } from './mark-classes.ts';
import type { TimelineOptions } from './timeline-types.ts';
import { createTimeline } from './timeline.ts';

const resource = { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' };
const start = Date.parse('2026-11-22T14:00:00.000Z');
const minute = 60_000;
const coverage: Coverage[] = [
  { resource, since: new Date(start - 30 * minute).toISOString(), watched: true, blind: [] },
];

type Query = Parameters<Parameters<typeof createTimeline>[0]['api']['getMarks']>[0];

/** Marks of one page: `[id, seconds before the start, name]`, newest first. */
function marksOf(rows: readonly (readonly [number, number, string])[], more?: string): Marks {
  const names = [...new Set(rows.map(([, , name]) => name))];
  return {
    objects: names.map((name) => ({
      resource,
      kind: 'Rollout',
      namespace: 'shop',
      name,
      uid: `uid-${name}`,
    })),
    managers: [],
    classes: ['status'],
    id: rows.map(([id]) => id),
    time: rows.map(([, ago]) => start - ago * 1000),
    within: rows.map(() => 0),
    object: rows.map(([, , name]) => names.indexOf(name)),
    of: rows.map(() => 1),
    manager: rows.map(() => -1),
    conditions: [],
    lastId: rows[0]?.[0] ?? 0,
    coverage,
    ...(more !== undefined && { continue: more }),
  };
}

function liveChange(id: number, name: string, after = 0): Change {
  const time = new Date(start + after * 1000).toISOString();
  return aChange({ id, name, uid: `uid-${name}`, resource, time });
}

/** A timeline over a fake server; `answer` is asked for each page of marks. */
function aTimeline(
  answer: (query: Query) => Marks,
  facts: Partial<TimelineOptions> = {},
  known: readonly Coverage[] = coverage,
) {
  const { clock, store, peer, peers } = createTestLive();
  const asked: Query[] = [];
  const timeline = createTimeline(
    {
      api: {
        getMarks: async (query) => {
          asked.push(query);
          return answer(query);
        },
        getCoverage: async () => ({ items: [...known] }),
      },
      live: store,
      onFrame: clock.onFrame,
      after: clock.after,
      leastStep: 16,
      room: { past: 6, all: 8 },
    },
    {
      filter: { resources: [resource], namespace: undefined, labelSelector: undefined },
      grouping: 'object',
      shown: allBits,
      length: 10 * minute,
      to: undefined,
      ...facts,
    },
  );
  const stop = timeline.start();
  timeline.setSize(1000, 500);
  peer().welcome();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 8; turn += 1) {
      await Promise.resolve();
      clock.frame();
    }
    clock.pass(300);
    clock.frame();
    clock.frame();
  };
  let seq = 0;
  const subscription = () =>
    peer().received.findLast((one) => one.type === 'subscribe' && one.view === 'changes');
  /** Attaches the newest subscription, with this backlog. */
  const attach = async (changes: readonly Change[], epoch = 'e'): Promise<void> => {
    const id = subscription()?.type === 'subscribe' ? (subscription() as { id: number }).id : 0;
    const frame = { stream: id, epoch, seq };
    peer().send({ type: 'attached', id, stream: id, resumed: false });
    peer().send({ type: 'begin', ...frame, reset: false, freshness: { kind: 'live' } });
    if (changes.length > 0) peer().send({ type: 'changes', ...frame, changes: [...changes] });
    peer().send({ type: 'end', ...frame });
    await settle();
  };
  const stream = async (...changes: readonly Change[]): Promise<void> => {
    const id = (subscription() as { id: number }).id;
    seq += 1;
    peer().send({ type: 'changes', stream: id, epoch: 'e', seq, changes: [...changes] });
    await settle();
  };
  return { timeline, stop, asked, clock, peer, peers, settle, attach, stream, subscription };
}

const past = marksOf([
  [3, 10, 'b'],
  [2, 20, 'a'],
  [1, 30, 'a'],
]);

describe('a timeline', () => {
  it('brings the past as far back as it is looked at, and older when it is moved there', async () => {
    const pages: Record<string, Marks> = {
      '': marksOf([[3, 60, 'a']], '3'),
      3: marksOf([[2, 1200, 'b']], '2'),
      2: marksOf([[1, 1700, 'c']]),
    };
    const { timeline, settle, asked } = aTimeline(
      ({ continue: next, from }) =>
        pages[from === undefined ? (next ?? '') : 'none'] ?? marksOf([]),
    );
    await settle();
    const older = () => asked.filter(({ from }) => from === undefined).map((one) => one.continue);
    expect(older()).toEqual([undefined, '3']);
    expect(timeline.snapshot()).toMatchObject({ ready: true, lanes: 2, counts: { changes: 1 } });
    timeline.input({ kind: 'pan', by: -20 * minute });
    await settle();
    expect(older()).toEqual([undefined, '3', '2']);
    expect(timeline.snapshot().lanes).toBe(3);
    expect(timeline.snapshot().view.following).toBe(false);
  });

  it('joins what streams to the past, each change once', async () => {
    const { timeline, settle, attach, stream, subscription } = aTimeline(() => past);
    await settle();
    expect(subscription()).toMatchObject({ resources: [resource] });
    await attach([liveChange(2, 'a', -20), liveChange(3, 'b', -10)]);
    expect(timeline.snapshot().counts).toEqual({ changes: 3, objects: 2, heartbeats: 0 });
    await stream(liveChange(4, 'c'));
    expect(timeline.snapshot()).toMatchObject({
      counts: { changes: 4, objects: 3 },
      freshness: { kind: 'live' },
    });
  });

  it('goes on with now where no canvas shows it, and counts what the server saw a moment ahead', async () => {
    const { timeline, settle, attach, stream, clock } = aTimeline(() => past);
    timeline.setSize(0, 0);
    await settle();
    await attach([]);
    const before = timeline.snapshot().view.span.to;
    await stream(liveChange(4, 'c', 2));
    expect(timeline.snapshot().counts).toMatchObject({ changes: 3 });
    for (let passed = 0; passed < 3; passed += 1) {
      clock.pass(1000);
      clock.frame();
    }
    expect(timeline.snapshot().view.span.to).toBeGreaterThanOrEqual(before + 3000);
    expect(timeline.snapshot().counts).toMatchObject({ changes: 4 });
  });

  it('stands still while it is paused, counts what waits, and shows it afterwards', async () => {
    const { timeline, settle, attach, stream } = aTimeline(() => past);
    await settle();
    await attach([]);
    timeline.pause();
    await stream(liveChange(4, 'c', 1), {
      ...liveChange(5, 'c', 2),
      classes: ['heartbeat'],
    });
    expect(timeline.snapshot()).toMatchObject({ waiting: 1, lanes: 2, counts: { changes: 3 } });
    timeline.resume();
    await settle();
    expect(timeline.snapshot()).toMatchObject({ waiting: 0, lanes: 3 });
  });

  it('asks for what it may have missed once it is connected again', async () => {
    let missed: readonly (readonly [number, number, string])[] = [];
    const answer = ({ from }: Query) => (from === undefined ? past : marksOf(missed));
    const { timeline, settle, attach, peer, clock, asked } = aTimeline(answer);
    await settle();
    await attach([]);
    asked.splice(0);
    peer().close();
    await settle();
    expect(timeline.snapshot().freshness?.kind).toBe('stale');
    clock.pass(5000);
    missed = [[4, -3, 'd']];
    peer().welcome();
    await attach([liveChange(3, 'b', -10), liveChange(4, 'd', 3)]);
    expect(asked.some(({ from }) => from !== undefined && Date.parse(from) < start)).toBe(true);
    expect(timeline.snapshot()).toMatchObject({ lanes: 3, counts: { changes: 4 } });
  });

  it('names what may not be watched, and is live by what may', async () => {
    const secrets = { group: '', version: 'v1', resource: 'secrets' };
    const { timeline, settle, peer } = aTimeline(() => past, {
      filter: { resources: [resource, secrets], namespace: undefined, labelSelector: undefined },
    });
    await settle();
    const fault = { code: 'forbidden', detail: 'Not you.', remedy: 'Ask.' };
    const refuse = (id: number): void => {
      const frame = { stream: id, epoch: 'e', seq: 0 };
      peer().send({ type: 'attached', id, stream: id, resumed: false });
      peer().send({
        type: 'begin',
        ...frame,
        reset: false,
        freshness: { kind: 'forbidden', fault },
      });
      peer().send({ type: 'end', ...frame });
    };
    const asked = () =>
      peer().received.flatMap((one) =>
        one.type === 'subscribe' && one.view === 'changes' ? [one] : [],
      );
    const idOf = (group: string): number =>
      asked().findLast(({ resources }) => resources.length === 1 && resources[0]?.group === group)
        ?.id ?? 0;
    peer().send({ type: 'error', id: asked()[0]?.id ?? 0, fault });
    await settle();
    refuse(idOf(''));
    peer().send({
      type: 'attached',
      id: idOf(resource.group),
      stream: 90,
      resumed: false,
    });
    const live = { stream: 90, epoch: 'e', seq: 0 };
    peer().send({ type: 'begin', ...live, reset: false, freshness: { kind: 'live' } });
    peer().send({ type: 'end', ...live });
    await settle();
    expect(timeline.snapshot()).toMatchObject({
      freshness: { kind: 'live' },
      refused: [{ resources: [secrets], fault }],
    });
  });

  it('is another one after Kindscope has started anew, but not before that is here', async () => {
    let answer = past;
    const { timeline, settle, attach, peer, clock } = aTimeline(() => answer);
    await settle();
    await attach([liveChange(3, 'b', -10)]);
    peer().close();
    clock.pass(5000);
    answer = marksOf([[1, 5, 'z']]);
    peer().welcome({ instance: 'two' });
    expect(timeline.snapshot().lanes).toBe(2);
    await attach([liveChange(1, 'z', -5)], 'f');
    await settle();
    expect(timeline.snapshot()).toMatchObject({ lanes: 1, counts: { changes: 1, objects: 1 } });
  });

  it('holds no more of the past than there is room for, and says so of what is older', async () => {
    const { timeline, settle } = aTimeline(({ continue: next = '100' }) => {
      const id = Number(next);
      const rows = [id, id - 1].map((one) => [one, (100 - one) * 100, 'a'] as const);
      return marksOf(rows, String(id - 2));
    });
    await settle();
    expect(timeline.snapshot().counts.changes).toBe(6);
    const { span } = timeline.snapshot().view;
    const y = 24 + 13;
    expect(timeline.at({ x: 201, y })).toMatchObject({
      kind: 'blind',
      blind: { reason: 'beyond', from: span.from, to: start - 500 * 1000 },
    });
  });

  it('brings all anew, as far back as it is looked at, when more came than there is room for', async () => {
    let answer = past;
    const { timeline, settle, attach, stream, asked } = aTimeline(() => answer);
    await settle();
    await attach([]);
    answer = marksOf([
      [9, -1, 'd'],
      [8, 0, 'c'],
    ]);
    asked.splice(0);
    await stream(...[4, 5, 6, 7, 8].map((id) => liveChange(id, 'c')));
    expect(timeline.snapshot().counts.changes).toBe(8);
    expect(asked).toEqual([]);
    await stream(liveChange(9, 'd', 1));
    expect(asked).toHaveLength(1);
    expect(timeline.snapshot().counts).toEqual({ changes: 2, objects: 2, heartbeats: 0 });
    await stream(liveChange(10, 'd', 1));
    expect(asked).toHaveLength(1);
    expect(timeline.snapshot().counts.changes).toBe(3);
  });

  it('says what fails, and tries again when asked', async () => {
    let fails = true;
    const { timeline, settle } = aTimeline(() => {
      if (fails) throw new ProblemError({ status: 400, code: 'bad-selector', detail: 'No.' });
      return past;
    });
    await settle();
    expect(timeline.snapshot().fault?.message).toBe('No.');
    fails = false;
    timeline.retry();
    await settle();
    expect(timeline.snapshot()).toMatchObject({ fault: undefined, lanes: 2 });
  });

  it('without a choice listens to all that is known and kept', async () => {
    const kept = { group: '', version: 'v1', resource: 'pods' };
    const filter = { resources: undefined, namespace: undefined, labelSelector: undefined };
    const { timeline, settle, subscription } = aTimeline(() => past, { filter });
    timeline.setKept([kept, { ...resource, version: 'v1beta1' }]);
    await settle();
    expect(subscription()).toMatchObject({ resources: [resource, kept] });
  });

  it('is as long as has been watched, where it is not said', async () => {
    const { timeline, settle } = aTimeline(() => past, { length: undefined });
    await settle();
    const { span, following } = timeline.snapshot().view;
    expect([span.to - span.from, following]).toEqual([15 * minute, true]);
  });

  it('shows the classes that are chosen, in lanes of what is chosen', async () => {
    const { timeline, settle } = aTimeline(() => past);
    await settle();
    timeline.setShown(classBit('spec'));
    await settle();
    expect(timeline.snapshot()).toMatchObject({ lanes: 0, counts: { changes: 0 } });
    timeline.setShown(allBits);
    timeline.setGrouping('kind');
    await settle();
    expect(timeline.snapshot()).toMatchObject({ lanes: 1, counts: { changes: 3 } });
  });

  it('is walked through with the keyboard, and knows what is beside a change', async () => {
    const { timeline, settle } = aTimeline(() => past);
    await settle();
    expect(timeline.moveFocus('down')).toBe(true);
    await settle();
    expect(timeline.snapshot().focus).toMatchObject({ id: 2, name: 'a' });
    timeline.moveFocus('down');
    await settle();
    expect(timeline.snapshot().focus).toMatchObject({ id: 3, name: 'b' });
    expect(timeline.moveFocus('later')).toBe(false);
    timeline.moveFocus(undefined);
    await settle();
    expect(timeline.snapshot().focus).toBeUndefined();
    expect(timeline.beside(2, 'earlier')).toBe(1);
    expect(timeline.beside(2, 'later')).toBeUndefined();
  });

  it('draws nothing once it is stopped', async () => {
    const { timeline, settle, stop, attach, stream } = aTimeline(() => past);
    await settle();
    await attach([]);
    stop();
    const before = timeline.snapshot();
    await stream(liveChange(9, 'z'));
    expect(timeline.snapshot()).toBe(before);
  });

  it('listens to what somebody watches, and not to what nobody does any more', async () => {
    const filter = { resources: undefined, namespace: undefined, labelSelector: undefined };
    const gone = { ...resource, resource: 'analysisruns' };
    const known = [...coverage, { resource: gone, watched: false, blind: [] }];
    const { settle, subscription } = aTimeline(() => past, { filter }, known);
    await settle();
    await settle();
    expect(subscription()).toMatchObject({ resources: [resource] });
  });
});
