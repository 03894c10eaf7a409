import type { StoreEvent } from '@kindscope/informer';
import { countAt, stringifyJson } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import type { WatchedEvent } from '../catalog/catalog.ts';
import { fakeInfo, widgets } from '../fanout/testing/fake-catalog.ts';
import { fakeHandle } from '../fanout/testing/fake-object.ts';
import { draftsOf } from './change-draft.ts';
import type { LogDraft } from './change-log.ts';
import { createMemoryChangeLog } from './memory-change-log.ts';
import { createRevisionLog, type Present, type RevisionLog } from './revision-log.ts';
import type { RevisionLimits } from './revision-shelf.ts';

const watch = { by: 'watch' } as const;
const start = Date.UTC(2026, 10, 22, 14);
const instant = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const x = { resource: widgets, namespace: 'a', name: 'x' };
const wide = { revisions: 1e9, bytes: 1e9 };

function version(n: number, name = 'x', uid = 'one') {
  return fakeHandle({ namespace: 'a', name, uid, spec: `{"count":${n}}` }, String(n));
}
const update = (n: number, name = 'x'): StoreEvent => {
  return { kind: 'update', old: version(n - 1, name), new: version(n, name), seen: watch };
};
const created = (n: number, uid: string): StoreEvent => {
  return { kind: 'add', new: version(n, 'x', uid), initial: false, seen: watch };
};
/** It was there before anyone looked. */
const found = (n: number): StoreEvent => {
  return { kind: 'add', new: version(n), initial: true, seen: watch };
};
const deleted = (n: number): StoreEvent => {
  const old = version(n);
  return { kind: 'delete', old, last: old, tombstone: false, seen: watch };
};

/** Between two seconds nobody saw what happened; a relist compared what was there before and after. */
function missed(from: number, to: number, compared = false): LogDraft {
  const times = { from: start + from * 1000, time: start + to * 1000 };
  const reason = compared ? 'away' : 'unwatched';
  return {
    kind: 'gap',
    ref: widgets,
    namespace: undefined,
    ...times,
    reason,
    count: undefined,
    compared,
  };
}

/** A log that has taken note of these, a second apart. */
function logOf(
  events: readonly (StoreEvent | LogDraft)[],
  limits?: RevisionLimits,
  afterFirst: (log: RevisionLog) => void = () => {},
) {
  const changes = createMemoryChangeLog();
  const log = createRevisionLog(limits);
  log.follow(changes);
  const resource = fakeInfo(widgets);
  let time = start;
  let tell: (watched: WatchedEvent) => void = () => {};
  const onEvent = (listener: typeof tell) => {
    tell = listener;
    return () => {};
  };
  log.watch({ onEvent }, { now: () => time });
  for (const [seconds, event] of events.entries()) {
    time = start + seconds * 1000;
    if ('ref' in event) changes.append([event]);
    else if (event.kind !== 'change') {
      tell({ resource, namespace: undefined, event });
      changes.append(draftsOf({ resource, event, time }));
    }
    if (seconds === 0) afterFirst(log);
  }
  return log;
}

const versionsOf = (log: ReturnType<typeof logOf>, object = x) =>
  log.list(object, undefined).items.map(({ resourceVersion }) => resourceVersion);

describe('the states of an object', () => {
  it('are those before and after each change, newest first, each once', () => {
    const log = logOf([update(2), update(3)]);
    expect(log.list(x, undefined)).toEqual({
      items: [
        { uid: 'one', resourceVersion: '3', time: instant(1), change: 2 },
        { uid: 'one', resourceVersion: '2', time: instant(0), change: 1 },
        { uid: 'one', resourceVersion: '1' },
      ],
      dropped: false,
    });
    expect(log.find(x, '2')).toMatchObject({ spec: { count: 2 } });
    expect(log.find(x, '7')).toBeUndefined();
    expect(log.find({ ...x, name: 'y' }, '2')).toBeUndefined();
  });

  it('are told apart by life, and end with the last known one', () => {
    const log = logOf([update(2), deleted(2), created(5, 'two')]);
    expect(log.list(x, undefined).items).toMatchObject([
      { uid: 'two', resourceVersion: '5' },
      { uid: 'one', resourceVersion: '2', deleted: true },
      { uid: 'one', resourceVersion: '2' },
      { uid: 'one', resourceVersion: '1' },
    ]);
    expect(log.find(x, '2', 'one')).toMatchObject({ spec: { count: 2 } });
    expect(log.find(x, '2', 'two')).toBeUndefined();
  });

  it('are found by time: the one that held then, none where the object was deleted', () => {
    const log = logOf([update(2), deleted(2), created(5, 'two')]);
    expect(log.at(x, start - 1, null)).toMatchObject({ object: { spec: { count: 1 } } });
    expect(log.at(x, start + 999, null)).toMatchObject({ object: { spec: { count: 2 } } });
    expect(log.at(x, start + 1000, null)).toEqual({ kind: 'none' });
    expect(log.at(x, start + 2000, null)).toMatchObject({ object: { spec: { count: 5 } } });
    expect(log.at({ ...x, name: 'y' }, start, undefined)).toEqual({ kind: 'unknown' });
  });

  it('keep the digits of numbers', () => {
    const digits = '{"n":1795351674012986412,"r":0.10000000000000000001}';
    const next = fakeHandle({ namespace: 'a', name: 'x', spec: digits }, '2');
    const log = logOf([{ kind: 'update', old: version(1), new: next, seen: watch }]);
    expect(stringifyJson(log.find(x, '2') ?? null)).toContain(digits);
  });
});

describe('the states of an object as spans', () => {
  const second = (ms: number | undefined) => (ms === undefined ? ms : (ms - start) / 1000);
  const spans = (log: ReturnType<typeof logOf>, present: Present) =>
    [...log.spans(x, present)].map(({ uid, from, to, object }) => [
      uid,
      countAt(object, 'spec', 'count'),
      second(from),
      second(to),
    ]);

  it('last from one change to the next, and no longer than the object', () => {
    const log = logOf([update(2), deleted(2), created(5, 'two')]);
    expect(spans(log, version(5, 'x', 'two'))).toEqual([
      ['two', 5, 2, undefined],
      ['one', 2, 0, 1],
      ['one', 1, Number.NEGATIVE_INFINITY, 0],
    ]);
  });

  it('[T12] leave out what nobody saw, and go on with what is there now', () => {
    const log = logOf([update(2), missed(0.2, 0.9)]);
    expect(spans(log, version(7))).toEqual([
      ['one', 7, 0.9, undefined],
      ['one', 2, 0, 0.199],
      ['one', 1, Number.NEGATIVE_INFINITY, 0],
    ]);
    expect(spans(log, version(2)).slice(0, 1)).toEqual([['one', 2, 0, undefined]]);
    expect(spans(logOf([missed(0.2, 0.9)]), version(7))).toEqual([['one', 7, 0.9, undefined]]);
    expect(spans(logOf([missed(0.2, 0.9)]), null)).toEqual([]);
  });

  it('[T12] reach back over what nobody saw to where the object was first found in the same version', () => {
    const same = logOf([found(1), missed(0.2, 0.9), missed(3, 4)]);
    expect(spans(same, version(1))).toEqual([['one', 1, 0, undefined]]);
    const next = logOf([found(1), missed(0.2, 0.9), found(1), update(2)]);
    expect(spans(next, version(2))).toEqual([
      ['one', 2, 3, undefined],
      ['one', 1, 0, 3],
    ]);
  });

  it('[T12] begin where watching began again, for what is then another version or another life', () => {
    const gap = missed(0.2, 0.9);
    expect(spans(logOf([found(1), gap]), version(2))).toEqual([['one', 2, 0.9, undefined]]);
    const another = version(1, 'x', 'two');
    expect(spans(logOf([found(1), gap]), another)).toEqual([['two', 1, 0.9, undefined]]);
    const restored = logOf([found(1), { kind: 'reset' }, gap]);
    expect(spans(restored, version(1))).toEqual([['one', 1, 0.9, undefined]]);
  });

  it('[T12] give up what was kept when watching ended, unless it had changed meanwhile', () => {
    const log = logOf([found(1)]);
    log.keep(x, version(1));
    log.keep({ ...x, name: 'y' }, version(2, 'y'));
    expect([versionsOf(log), versionsOf(log, { ...x, name: 'y' })]).toEqual([['1'], []]);
    log.keep(x, version(1));
    const more = logOf([found(1), missed(0.2, 0.9)], undefined, (one) => one.keep(x, version(1)));
    expect(spans(more, version(2))).toEqual([
      ['one', 2, 0.9, undefined],
      ['one', 1, 0, 0.199],
    ]);
    expect(spans(more, version(1))).toEqual([['one', 1, 0, undefined]]);
  });

  it('[T12] give up what was held to where watching ended, and go on with what was found since', () => {
    const log = logOf([update(2), missed(0.2, 0.9), found(5), missed(3, 4)]);
    expect(spans(log, version(5))).toEqual([
      ['one', 5, 2, undefined],
      ['one', 2, 0, 0.199],
      ['one', 1, Number.NEGATIVE_INFINITY, 0],
    ]);
    expect(spans(log, version(7))).toEqual([
      ['one', 7, 4, undefined],
      ['one', 2, 0, 0.199],
      ['one', 1, Number.NEGATIVE_INFINITY, 0],
    ]);
  });

  it('are what the object is told to have been at any time within them', () => {
    const log = logOf([update(2), missed(0.2, 0.9), update(6), deleted(6), created(8, 'two')]);
    const present = version(8, 'x', 'two');
    const all = [...log.spans(x, present)];
    expect(all).toHaveLength(5);
    for (const { from, to = start + 9000, object } of all) {
      const time = Math.max(from, start - 1000);
      expect(log.at(x, time, present)).toEqual({ kind: 'object', object });
      expect(log.at(x, (time + to) / 2, present)).toEqual({ kind: 'object', object });
    }
  });
});

describe('what an object was', () => {
  const unknown = { kind: 'unknown' };
  const count = (n: number) => ({ kind: 'object', object: { spec: { count: n } } });
  const now = (n: number) => version(n);
  const at = (log: ReturnType<typeof logOf>, seconds: number, present?: Present) =>
    log.at(x, start + seconds * 1000, present);

  it('[T12] is not what it was found to be after nobody looked', () => {
    const log = logOf([update(2), missed(0.2, 0.9), update(6)]);
    expect(at(log, 0.1)).toMatchObject(count(2));
    expect(at(log, 0.5)).toEqual(unknown);
    expect(at(log, 0.95)).toMatchObject(count(5));
    expect(at(log, 2)).toMatchObject(count(6));
    expect(log.list(x, undefined).items.map(({ time }) => time)).toEqual([
      instant(2),
      undefined,
      instant(0),
      undefined,
    ]);
  });

  it('[T12] is what it is now, only since it was last looked at, unless it is the same still', () => {
    const log = logOf([update(2), missed(0.2, 0.9)]);
    expect(at(log, 0.5, now(7))).toEqual(unknown);
    expect(at(log, 0.1, now(7))).toMatchObject(count(2));
    expect(at(log, 1, now(7))).toMatchObject(count(7));
    expect(at(log, 1)).toEqual(unknown);
    expect(at(log, 1, null)).toEqual({ kind: 'none' });
    expect(at(log, 0.5, now(2))).toMatchObject(count(2));
    expect(log.list(x, now(7)).items[0]).toEqual({ uid: 'one', resourceVersion: '7' });
    expect(log.list(x, now(2)).items).toHaveLength(2);
  });

  it('[T12] is known through a relist that found it as it was, and between is not where it differed', () => {
    const seen = { by: 'relist', notBefore: start + 200 } as const;
    const same = logOf([update(2), missed(0.2, 0.9, true)]);
    expect(at(same, 0.5)).toMatchObject(count(2));
    const differs = logOf([update(2), { ...update(3), seen } as StoreEvent]);
    expect(at(differs, 0.2)).toMatchObject(count(2));
    expect(at(differs, 0.5)).toEqual(unknown);
    expect(at(differs, 1)).toMatchObject(count(3));
  });

  it('[T12] may have been something while a relist could not see it come and go', () => {
    const log = logOf([update(2), deleted(2), missed(2, 3, true)]);
    expect(at(log, 1.5, null)).toEqual({ kind: 'none' });
    expect(at(log, 2.5, null)).toEqual(unknown);
    expect(at(log, 3.5, null)).toEqual({ kind: 'none' });
    const never = logOf([missed(2, 3, true), missed(5, 6, true)]);
    expect([at(never, 2.5, null), at(never, 4, null)]).toEqual([unknown, { kind: 'none' }]);
  });

  it('[T12] is not made up from what was found after all its states were dropped', () => {
    const total = { revisions: 2, bytes: 1e9 };
    const log = logOf([update(2), update(3), update(2, 'y'), update(4)], { perObject: 9, total });
    expect(versionsOf(log)).toEqual(['4', '3']);
    expect(at(log, 0.5)).toEqual(unknown);
    expect(at(log, 2.5)).toMatchObject(count(3));
  });

  it('[T12] is not known where a second watch found it', () => {
    const changes = createMemoryChangeLog();
    const log = createRevisionLog();
    log.follow(changes);
    const watched = (namespace: string | undefined, seconds: number): LogDraft => {
      return { kind: 'watched', ref: widgets, namespace, time: start + seconds * 1000 };
    };
    changes.append([watched('a', 0), watched(undefined, 5)]);
    expect(log.at(x, start + 4000, now(1))).toEqual(unknown);
    expect(log.at(x, start + 5000, now(1))).toMatchObject(count(1));
  });

  it('[T12] is the new life, when the end of the one before it is told late', () => {
    const log = logOf([update(2), created(5, 'two'), deleted(2)]);
    expect(at(log, 9)).toMatchObject(count(5));
    const restored = logOf([update(7), missed(0.2, 0.9), update(3)]);
    expect(at(restored, 9)).toMatchObject(count(3));
  });

  it('[T12] is not known any more where it is another now, or gone, and nothing was told of that', () => {
    const log = logOf([update(2)]);
    expect(at(log, 0, null)).toMatchObject(count(2));
    expect(at(log, 1, null)).toEqual(unknown);
    expect(at(log, 1, version(9, 'x', 'two'))).toEqual(unknown);
    expect(at(log, 1, now(3))).toMatchObject(count(2));
    const gone = logOf([update(2), deleted(2)]);
    expect([at(gone, 2, null), at(gone, 2, now(9))]).toEqual([{ kind: 'none' }, unknown]);
  });

  it('[T12] is nothing before it was first created', () => {
    expect(at(logOf([created(5, 'two')]), -1)).toEqual({ kind: 'none' });
    const seen = { by: 'relist', notBefore: start - 500 } as const;
    const found = logOf([{ ...created(5, 'two'), seen } as StoreEvent]);
    expect([at(found, -0.5), at(found, -0.4)]).toEqual([{ kind: 'none' }, unknown]);
    expect(at(logOf([missed(-5, -2), created(5, 'two')]), -3)).toEqual(unknown);
    const few = { perObject: 1, total: wide };
    expect(at(logOf([created(5, 'two'), created(6, 'two')], few), -1)).toEqual(unknown);
  });

  it('[T12] is told apart by what was missed where it is', () => {
    const elsewhere = { ...missed(0.2, 0.9), namespace: 'b' } as LogDraft;
    expect(at(logOf([update(2), elsewhere]), 0.5)).toMatchObject(count(2));
    const here = { ...missed(0.2, 0.9), namespace: 'a' } as LogDraft;
    expect(at(logOf([update(2), here]), 0.5)).toEqual(unknown);
  });

  it('[T12] stays unknown where very much was missed', () => {
    const many = Array.from({ length: 200 }, (_, n) => missed(1 + n, 1.5 + n));
    const log = logOf([update(2), ...many]);
    expect(at(log, 0.9, now(9))).toMatchObject(count(2));
    for (const seconds of [1.2, 50.2, 150.2, 200.2])
      expect(at(log, seconds, now(9))).toEqual(unknown);
    expect(at(log, 200.6, now(9))).toMatchObject(count(9));
  });
});

describe('the bounds of what is held', () => {
  it('[T12] drop the oldest states of an object that has too many', () => {
    const log = logOf([update(2), update(3), update(4)], { perObject: 2, total: wide });
    expect(versionsOf(log)).toEqual(['4', '3']);
    expect(log.list(x, undefined).dropped).toBe(true);
    expect(log.at(x, start, undefined)).toEqual({ kind: 'unknown' });
    expect(log.find(x, '3')).toMatchObject({ spec: { count: 3 } });
  });

  it('[T12] drop the oldest of all when there are too many in all', () => {
    const total = { revisions: 3, bytes: 1e9 };
    const log = logOf([update(2), update(2, 'y'), update(3, 'y')], { perObject: 9, total });
    expect(versionsOf(log)).toEqual([]);
    expect(versionsOf(log, { ...x, name: 'y' })).toEqual(['3', '2', '1']);
    expect(log.list(x, undefined).dropped).toBe(true);
  });

  it('[T12] pass over what was dropped for its number alone', () => {
    const often = (first: number) =>
      Array.from({ length: 5 }, (_, n) => update(first + n, 'noisy'));
    const total = { revisions: 7, bytes: 1e9 };
    const log = logOf([...often(2), update(2, 'y'), ...often(7), update(2, 'z')], {
      perObject: 4,
      total,
    });
    const of = (name: string) => versionsOf(log, { ...x, name });
    expect([of('noisy').length, of('y'), of('z')]).toEqual([4, ['2'], ['2', '1']]);
  });

  it('[T12] count the bytes that are held, and hold no more than they may', () => {
    const events = Array.from({ length: 500 }, (_, n) => update(n + 2, `w${n % 7}`));
    const total = { revisions: 1e9, bytes: 20_000 };
    const log = logOf(events, { perObject: 50, total });
    expect(log.stats.bytes).toBeLessThanOrEqual(20_000);
    expect(log.stats.bytes).toBeGreaterThan(10_000);
    expect(versionsOf(log, { ...x, name: 'w2' })[0]).toBe('501');
  });

  it('[T12] take the oldest of all, however often one object changed before', () => {
    const noisy = Array.from({ length: 3000 }, (_, n) => update(n + 2, 'noisy'));
    const total = { revisions: 8, bytes: 1e9 };
    const log = logOf([...noisy, update(2), update(2, 'y'), update(2, 'z')], {
      perObject: 4,
      total,
    });
    expect(versionsOf(log, { ...x, name: 'noisy' })).toEqual(['3001', '3000']);
    expect([versionsOf(log), versionsOf(log, { ...x, name: 'z' })]).toEqual([
      ['2', '1'],
      ['2', '1'],
    ]);
  });

  it('free all that an object took', () => {
    const log = logOf([update(2), update(3)], { perObject: 9, total: { revisions: 0, bytes: 0 } });
    expect(log.stats).toEqual({ revisions: 0, bytes: 0 });
  });
});
