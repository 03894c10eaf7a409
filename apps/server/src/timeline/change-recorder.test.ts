import type { StoreEvent } from '@kindscope/informer';
import { createFakeClock, type FakeClock } from '@kindscope/informer/testing';
import { describe, expect, it } from 'vitest';
import type { WatchedEvent } from '../catalog/catalog.ts';
import { fakeInfo, widgets } from '../fanout/testing/fake-catalog.ts';
import { fakeHandle } from '../fanout/testing/fake-object.ts';
import { createActivity, type Activity } from './activity.ts';
import type { ChangeLog } from './change-log.ts';
import { createChangeRecorder, type ChangeRecorder } from './change-recorder.ts';
import { createMemoryChangeLog } from './memory-change-log.ts';

const watch = { by: 'watch' } as const;
const relist = { by: 'relist', notBefore: 5 } as const;
const resource = fakeInfo(widgets);

interface Scene {
  readonly clock: FakeClock;
  readonly changes: ChangeLog;
  readonly activity: Activity;
  readonly recorder: ChangeRecorder;
  readonly errors: readonly object[];
  readonly tell: (event: WatchedEvent['event'], namespace?: string) => void;
  /** Runs one turn; how many are still asked for. */
  readonly turn: () => number;
  readonly kinds: () => string[];
}

function start(
  options: {
    maxPending?: number;
    listKeys?: () => readonly string[];
    monotonic?: () => number;
  } = {},
): Scene {
  const clock = createFakeClock(Date.UTC(2026, 10, 22, 14));
  const changes = createMemoryChangeLog();
  const activity = createActivity({ clock });
  const errors: object[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (fields: object) => errors.push(fields) };
  const listeners = new Set<(event: WatchedEvent) => void>();
  let turns: (() => void)[] = [];
  const recorder = createChangeRecorder({
    listKeys: () => options.listKeys,
    catalog: {
      onEvent(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    changes,
    activity,
    clock: options.monotonic === undefined ? clock : { ...clock, monotonic: options.monotonic },
    later: (task) => turns.push(task),
    log,
    ...(options.maxPending !== undefined && { maxPending: options.maxPending }),
  });
  return {
    clock,
    changes,
    activity,
    recorder,
    errors,
    tell(event, namespace) {
      for (const listener of listeners) listener({ resource, namespace, event });
    },
    turn() {
      const due = turns;
      turns = [];
      for (const task of due) task();
      return turns.length;
    },
    kinds: () =>
      changes
        .entries({ limit: 1e6 })
        .map(({ kind }) => kind)
        .toReversed(),
  };
}

function version(n: number, name = 'x') {
  return fakeHandle({ namespace: 'a', name, spec: `{"count":${n}}` }, String(n));
}
const update = (n: number, seen: Extract<StoreEvent, { kind: 'update' }>['seen'] = watch) =>
  ({ kind: 'update', old: version(n - 1), new: version(n), seen }) as const;

describe('the recorder of changes', () => {
  it('[T7] describes nothing in the turn of the event, and dates it by that turn', async () => {
    const { tell, turn, changes, clock } = start();
    tell(update(2));
    expect(changes.lastId).toBe(0);
    await clock.advance(3000);
    turn();
    expect(changes.query({ limit: 1 }).items).toMatchObject([{ time: '2026-11-22T14:00:00.000Z' }]);
  });

  it('[T7] works in bounded turns through a burst, and keeps its order', () => {
    const { tell, turn, changes } = start();
    for (let n = 2; n < 1002; n += 1) tell(update(n));
    expect(turn()).toBe(1);
    expect(changes.lastId).toBe(256);
    while (turn() > 0);
    const to = changes.query({ limit: 1000 }).items.map((change) => Number(change.to));
    expect(to.toReversed()).toEqual(Array.from({ length: 1000 }, (_, n) => n + 2));
  });

  it('[T7] logs a change once that two informers told', () => {
    const { tell, turn, changes } = start();
    tell(update(2));
    tell(update(2), 'a');
    tell({ kind: 'delete', old: version(2), last: undefined, tombstone: false, seen: watch });
    tell({ kind: 'delete', old: version(2), last: undefined, tombstone: false, seen: watch }, 'a');
    turn();
    expect(changes.lastId).toBe(2);
  });

  it('[T7] logs nothing again that another informer told before, whatever it is told as', () => {
    const { tell, turn, changes } = start();
    for (const n of [2, 3, 4]) tell(update(n));
    // The other informer was away, and behind, and away again.
    tell(update(2), 'a');
    tell({ kind: 'update', old: version(2), new: version(4), seen: relist }, 'a');
    tell(update(5));
    tell({ kind: 'update', old: version(4), new: version(6), seen: relist }, 'a');
    tell(update(6));
    tell({ kind: 'delete', old: version(6), last: undefined, tombstone: true, seen: relist }, 'a');
    tell(update(7));
    tell({ kind: 'delete', old: version(7), last: version(7), tombstone: false, seen: watch });
    turn();
    expect(changes.query({ limit: 9 }).items.map(({ from, to }) => [from, to])).toEqual([
      ['6', undefined],
      ['4', '6'],
      ['4', '5'],
      ['3', '4'],
      ['2', '3'],
      ['1', '2'],
    ]);
  });

  it('[T7] tells versions without an order apart as long as they are fresh', () => {
    const { tell, turn, changes } = start();
    const opaque = (from: string, to: string) => {
      const of = (text: string) => fakeHandle({ namespace: 'a', name: 'x' }, text);
      return { kind: 'update', old: of(from), new: of(to), seen: watch } as const;
    };
    for (const namespace of [undefined, 'a']) {
      tell(opaque('o', 'b'), namespace);
      tell(opaque('b', 'a'), namespace);
      tell(opaque('a', 'c'), namespace);
    }
    turn();
    expect(changes.lastId).toBe(3);
    // No more than the last few of an object are remembered.
    for (let n = 0; n < 20; n += 1) tell(opaque('c', `v${n}`));
    tell(opaque('v19', 'c'));
    turn();
    expect(changes.lastId).toBe(24);
  });

  it('[T7] tells objects apart that have no UID', () => {
    const { tell, turn, changes } = start();
    const of = (name: string) => fakeHandle({ namespace: 'a', name, uid: '' }, '5');
    for (const name of ['x', 'y', 'x'])
      tell({ kind: 'add', new: of(name), initial: false, seen: watch });
    turn();
    expect(changes.query({ limit: 9 }).items.map(({ name }) => name)).toEqual(['y', 'x']);
  });

  it('[T7] takes versions that come again for others, where the server has gone back in time', () => {
    const { tell, turn, changes } = start();
    tell(update(2));
    tell({ kind: 'reset' });
    tell(update(2));
    tell({ kind: 'ended' });
    tell(update(2));
    tell({ kind: 'delete', old: version(2), last: undefined, tombstone: false, seen: watch });
    tell({ kind: 'ended' });
    tell({ kind: 'add', new: version(2), initial: false, seen: watch });
    turn();
    expect(changes.query({ limit: 9 }).items.map(({ classes }) => classes[0])).toEqual([
      'created',
      'deleted',
      'spec',
      'spec',
      'spec',
    ]);
  });

  it('[T7] knows on what another informer told while one of several ends', () => {
    const { tell, turn, changes } = start();
    tell(update(2));
    tell(update(2), 'a');
    tell({ kind: 'ended' });
    tell(update(2), 'a');
    turn();
    expect(changes.lastId).toBe(1);
  });

  it('[T3] takes another UID for another object, once, however it is told', () => {
    const { tell, turn, changes } = start();
    const anew = fakeHandle({ namespace: 'a', name: 'x', uid: 'another' }, '9');
    tell({ kind: 'update', old: version(2), new: anew, seen: watch });
    tell({ kind: 'delete', old: version(2), last: undefined, tombstone: true, seen: relist }, 'a');
    tell({ kind: 'add', new: anew, initial: false, seen: relist }, 'a');
    turn();
    expect(changes.query({ limit: 9 }).items).toMatchObject([
      {
        classes: ['recreated', 'created'],
        uid: 'another',
        to: '9',
        formerLife: { uid: version(2).uid },
      },
      { classes: ['deleted'], uid: version(2).uid, from: '2' },
    ]);
  });

  it('[T8] [T10] drops no fact of a watch where its queue runs over', () => {
    const { tell, turn, changes, kinds } = start({ maxPending: 8 });
    tell({ kind: 'synced' });
    tell(update(2));
    tell({ kind: 'relisted', notBefore: 5 });
    tell({ kind: 'ended' });
    for (let n = 3; n < 12; n += 1) tell(update(n));
    turn();
    expect(changes.coverage({})).toMatchObject([{ watched: false }]);
    expect(kinds().slice(0, 2)).toEqual(['gap', 'gap']);
    const counts = changes
      .entries({ limit: 99 })
      .map((entry) => entry.kind === 'gap' && entry.count);
    expect(counts.filter((count) => typeof count === 'number')).toEqual([
      10 - kinds().filter((kind) => kind === 'change').length,
    ]);
  });

  it('goes on after a listener of the log threw, and logs that', () => {
    const { tell, turn, changes, errors } = start();
    changes.onChange(() => {
      throw new Error('broken');
    });
    tell(update(2));
    tell(update(3));
    turn();
    expect([changes.lastId, errors.length]).toEqual([2, 2]);
  });

  it('[T7] gives way to others after a few milliseconds, what follows a change included', () => {
    let elapsed = 0;
    const { tell, turn, changes } = start({ monotonic: () => elapsed });
    changes.onChange(() => (elapsed += 3));
    for (let n = 2; n < 12; n += 1) tell(update(n));
    expect(turn()).toBe(1);
    expect(changes.lastId).toBe(2);
  });

  it('[T7] does not let initial adds crowd out what is news', () => {
    const { tell, turn, kinds } = start({ maxPending: 4 });
    tell(update(2));
    for (let n = 0; n < 100; n += 1) {
      tell({ kind: 'add', new: version(n, `w${n}`), initial: true, seen: watch });
    }
    turn();
    expect(kinds()).toEqual(['change']);
  });

  it('[T8] says how many it dropped, and between when, where its queue ran over', async () => {
    const { tell, turn, changes, kinds, clock } = start({ maxPending: 8 });
    for (let n = 2; n < 12; n += 1) {
      tell(update(n));
      await clock.advance(1000);
    }
    turn();
    expect(kinds()).toEqual(['gap', ...Array.from({ length: 8 }, () => 'change')]);
    const gap = changes.entries({ limit: 100 }).at(-1);
    const start0 = Date.UTC(2026, 10, 22, 14);
    expect(gap).toMatchObject({ count: 2, from: start0, time: start0 + 1000 });
  });

  it('[T8] says of what it dropped since when it may have happened', () => {
    const { tell, turn, changes, clock } = start({ maxPending: 4 });
    const notBefore = clock.now() - 9000;
    tell({ kind: 'relisted', notBefore });
    tell(update(2, { by: 'relist', notBefore }));
    for (let n = 3; n < 8; n += 1) tell(update(n));
    turn();
    const gaps = changes.entries({ limit: 9 }).filter((entry) => entry.kind === 'gap');
    expect(gaps.map(({ from, reason }) => [from, reason])).toEqual([
      [notBefore, 'away'],
      [notBefore, 'dropped'],
    ]);
  });

  it('[T8] says one gap before all that one relist found, and one where it found nothing', () => {
    const { tell, turn, kinds, changes } = start();
    const seen = { by: 'relist', notBefore: 5 } as const;
    tell({ kind: 'relisted', notBefore: 5 });
    tell(update(2, seen));
    tell(update(3, seen));
    tell(update(4));
    tell({ kind: 'relisted', notBefore: 6 });
    turn();
    expect(kinds()).toEqual(['gap', 'change', 'change', 'change', 'gap']);
    expect(changes.entries({ limit: 1 })).toMatchObject([{ kind: 'gap', from: 6 }]);
  });

  it('[T8] has no gap end before it began, where the clock was set back', () => {
    const { tell, turn, changes, clock } = start();
    tell({ kind: 'relisted', notBefore: clock.now() + 60_000 });
    turn();
    expect(changes.entries({ limit: 1 })).toMatchObject([{ from: clock.now(), time: clock.now() }]);
  });

  it('[T8] says a gap when a watch begins anew, none when it begins first', async () => {
    const { tell, turn, changes, kinds, clock } = start();
    tell({ kind: 'synced' });
    turn();
    expect(kinds()).toEqual([]);
    await clock.advance(1000);
    tell(update(2));
    await clock.advance(1000);
    tell({ kind: 'synced' });
    turn();
    expect(kinds()).toEqual(['change', 'gap']);
    const { from = 0, time = 0 } = changes.entries({ limit: 1 })[0] as {
      from?: number;
      time?: number;
    };
    expect(time - from).toBe(1000);
  });

  it('[T10] says when a watch began and ended, and what was missed in between', async () => {
    const { tell, turn, changes, clock } = start();
    tell({ kind: 'synced' });
    await clock.advance(1000);
    tell({ kind: 'ended' });
    await clock.advance(5000);
    tell({ kind: 'synced' });
    turn();
    const [coverage] = changes.coverage({});
    expect(coverage).toMatchObject({
      since: '2026-11-22T14:00:00.000Z',
      watched: true,
      blind: [
        { from: '2026-11-22T14:00:01.000Z', to: '2026-11-22T14:00:06.000Z', reason: 'unwatched' },
      ],
    });
  });

  it('[T10] takes no watch for begun that ended before its first list', () => {
    const { tell, turn, changes } = start();
    tell({ kind: 'ended' });
    turn();
    expect(changes.coverage({})).toEqual([]);
    tell({ kind: 'synced' });
    turn();
    expect(changes.coverage({})).toMatchObject([{ watched: true, blind: [] }]);
  });

  it('[T3] says that a name lives again', () => {
    const { tell, turn, changes } = start();
    tell({ kind: 'delete', old: version(2), last: undefined, tombstone: false, seen: watch });
    const anew = fakeHandle({ namespace: 'a', name: 'x', uid: 'another' }, '9');
    tell({ kind: 'add', new: anew, initial: false, seen: watch });
    turn();
    expect(changes.query({ limit: 1 }).items).toMatchObject([
      { classes: ['recreated', 'created'], formerLife: { uid: version(2).uid } },
    ]);
  });

  it('[T11] tells list items apart by the keys that the schema declares', () => {
    const { tell, turn, changes } = start({ listKeys: () => ['zone'] });
    const zones = (...ports: number[]) =>
      `{"zones":[${ports.map((port, n) => `{"zone":"z${n}","port":${port}}`).join(',')}]}`;
    const one = fakeHandle({ name: 'x', spec: zones(1, 2) }, '1');
    const two = fakeHandle({ name: 'x', spec: zones(1, 3) }, '2');
    tell({ kind: 'update', old: one, new: two, seen: watch });
    turn();
    expect(changes.query({ limit: 1 }).items[0]?.fields).toEqual([
      { path: 'spec.zones[zone=z1].port', before: 2, after: 3 },
    ]);
  });

  it('survives an object it cannot describe, and says that something is missing', () => {
    const { tell, turn, kinds, errors } = start();
    const broken = {
      ...version(2),
      parse: () => {
        throw new SyntaxError('broken');
      },
    };
    tell({ kind: 'update', old: version(1), new: broken, seen: watch });
    tell(update(3));
    turn();
    expect(kinds()).toEqual(['gap', 'change']);
    expect(errors).toHaveLength(1);
  });

  it('stops: nothing is recorded any more', () => {
    const { tell, turn, changes, recorder } = start({ maxPending: 4 });
    for (let n = 2; n < 9; n += 1) tell(update(n));
    recorder.stop();
    tell(update(9));
    turn();
    expect(changes.lastId).toBe(0);
  });

  it('[T9] knows when an object last changed, and forgets it when a watch begins anew', async () => {
    const { tell, activity, clock } = start();
    tell({ kind: 'add', new: version(1), initial: true, seen: watch });
    expect(activity.changedAt(widgets, 'a/x')).toBeUndefined();
    await clock.advance(10);
    tell(update(2));
    await clock.advance(10);
    tell(update(2), 'a');
    expect(activity.changedAt(widgets, 'a/x')).toBe(Date.UTC(2026, 10, 22, 14) + 10);
    tell({ kind: 'add', new: version(3), initial: true, seen: watch });
    expect(activity.changedAt(widgets, 'a/x')).toBeUndefined();
    tell(update(4));
    tell({ kind: 'delete', old: version(4), last: undefined, tombstone: false, seen: watch });
    expect(activity.changedAt(widgets, 'a/x')).toBeUndefined();
  });
});
