import type { StoreEvent } from '@kindscope/informer';
import { stringifyJson } from '@kindscope/kube';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeInfo, widgets } from '../fanout/testing/fake-catalog.ts';
import { fakeHandle } from '../fanout/testing/fake-object.ts';
import { draftsOf } from './change-draft.ts';
import { createMemoryChangeLog } from './memory-change-log.ts';
import { createRevisionChain } from './revision-chain.ts';
import { createRevisionLog, type RevisionLimits } from './revision-log.ts';

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
const deleted = (n: number): StoreEvent => {
  const old = version(n);
  return { kind: 'delete', old, last: old, tombstone: false, seen: watch };
};

/** A log that has taken note of these, a second apart. */
function logOf(events: readonly StoreEvent[], limits?: RevisionLimits) {
  const changes = createMemoryChangeLog();
  const log = createRevisionLog(limits);
  changes.onChange((appended) => log.note(appended));
  for (const [seconds, event] of events.entries()) {
    changes.append(draftsOf({ resource: fakeInfo(widgets), event, time: start + seconds * 1000 }));
  }
  return log;
}

const versionsOf = (log: ReturnType<typeof logOf>, object = x) =>
  log.list(object).items.map(({ resourceVersion }) => resourceVersion);

describe('the states of an object', () => {
  it('are those before and after each change, newest first, each once', () => {
    const log = logOf([update(2), update(3)]);
    expect(log.list(x)).toEqual({
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
    expect(log.list(x).items).toMatchObject([
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
    expect(log.at(x, start - 1)).toMatchObject({ spec: { count: 1 } });
    expect(log.at(x, start + 999)).toMatchObject({ spec: { count: 2 } });
    expect(log.at(x, start + 1000)).toBeNull();
    expect(log.at(x, start + 2000)).toMatchObject({ spec: { count: 5 } });
    expect(log.at({ ...x, name: 'y' }, start)).toBeUndefined();
  });

  it('keep the digits of numbers', () => {
    const digits = '{"n":1795351674012986412,"r":0.10000000000000000001}';
    const next = fakeHandle({ namespace: 'a', name: 'x', spec: digits }, '2');
    const log = logOf([{ kind: 'update', old: version(1), new: next, seen: watch }]);
    expect(stringifyJson(log.find(x, '2') ?? null)).toContain(digits);
  });
});

describe('the bounds of what is held', () => {
  it('drop the oldest states of an object that has too many', () => {
    const log = logOf([update(2), update(3), update(4)], { perObject: 2, total: wide });
    expect(versionsOf(log)).toEqual(['4', '3']);
    expect(log.list(x).dropped).toBe(true);
    expect(log.at(x, start)).toBeUndefined();
    expect(log.find(x, '3')).toMatchObject({ spec: { count: 3 } });
  });

  it('drop the oldest of all when there are too many in all', () => {
    const total = { revisions: 3, bytes: 1e9 };
    const log = logOf([update(2), update(2, 'y'), update(3, 'y')], { perObject: 9, total });
    expect(versionsOf(log)).toEqual([]);
    expect(versionsOf(log, { ...x, name: 'y' })).toEqual(['3', '2', '1']);
    expect(log.list(x).dropped).toBe(true);
  });

  it('count the bytes that are held, and hold no more than they may', () => {
    const events = Array.from({ length: 500 }, (_, n) => update(n + 2, `w${n % 7}`));
    const total = { revisions: 1e9, bytes: 20_000 };
    const log = logOf(events, { perObject: 50, total });
    expect(log.stats.bytes).toBeLessThanOrEqual(20_000);
    expect(log.stats.bytes).toBeGreaterThan(10_000);
    expect(versionsOf(log, { ...x, name: 'w2' })[0]).toBe('501');
  });

  it('free all that an object took', () => {
    const log = logOf([update(2), update(3)], { perObject: 9, total: { revisions: 0, bytes: 0 } });
    expect(log.stats).toEqual({ revisions: 0, bytes: 0 });
  });
});

it('a chain gives back every text that was added, whatever it was, after any drops', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 12 }),
      fc.nat(12),
      (texts, drops) => {
        const chain = createRevisionChain();
        let bytes = 0;
        for (const [n, text] of texts.entries()) {
          const revision = {
            uid: '',
            resourceVersion: String(n),
            time: n,
            change: n,
            deleted: false,
          };
          bytes += chain.add(revision, text);
        }
        for (let n = 0; n < drops; n += 1) bytes -= chain.drop();
        const left = texts.slice(drops).reverse();
        expect(left.map((_, index) => chain.text(index))).toEqual(left);
        expect(chain.revisions).toHaveLength(left.length);
        expect(bytes > 0).toBe(left.length > 0);
      },
    ),
  );
});

it('a chain keeps an older state in a small part of its size', () => {
  const chain = createRevisionChain();
  const text = (n: number) =>
    JSON.stringify(Array.from({ length: 60 }, (_, index) => ({ index, id: index * 7919, n })));
  const revision = { uid: '', resourceVersion: '1', time: 0, change: 0, deleted: false };
  const whole = chain.add(revision, text(1));
  expect(chain.add(revision, text(2))).toBeLessThan(whole / 2);
});
