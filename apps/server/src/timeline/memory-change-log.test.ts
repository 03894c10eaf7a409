import { describe, expect, it } from 'vitest';
import { fakeInfo, widgets } from '../fanout/testing/fake-catalog.ts';
import { fakeHandle, type FakeObject } from '../fanout/testing/fake-object.ts';
import { draftsOf } from './change-draft.ts';
import type { ChangeLog, ChangeQuery, LogDraft } from './change-log.ts';
import { createMemoryChangeLog } from './memory-change-log.ts';

const gears = { ...widgets, resource: 'gears' };
const unbounded = { entries: 1e9, bytes: 1e9 };

function created(object: FakeObject, time = 0, ref = widgets): readonly LogDraft[] {
  const event = {
    kind: 'add',
    new: fakeHandle(object, '1'),
    initial: false,
    seen: { by: 'watch' },
  } as const;
  return draftsOf({ resource: fakeInfo(ref), event, time });
}

function names(log: ChangeLog, query: Partial<ChangeQuery> = {}) {
  return log.query({ limit: 100, ...query }).items.map(({ name }) => name);
}

describe('the log of changes in memory', () => {
  it('[T5] gives ids that grow over all resources, and answers newest first', () => {
    const log = createMemoryChangeLog();
    log.append([...created({ name: 'a' }), ...created({ name: 'b' }, 0, gears)]);
    log.append(created({ name: 'c' }));
    const { items } = log.query({ limit: 10 });
    expect(items.map(({ id, name }) => [id, name])).toEqual([
      [3, 'c'],
      [2, 'b'],
      [1, 'a'],
    ]);
    expect(log.lastId).toBe(3);
  });

  it('finds by resource, namespace, name, time and labels of then', () => {
    const log = createMemoryChangeLog();
    log.append(created({ namespace: 'n', name: 'a', labels: { app: 'web' } }, 1000));
    log.append(created({ namespace: 'm', name: 'b' }, 2000));
    log.append(created({ namespace: 'm', name: 'c' }, 3000, gears));
    expect(names(log, { resources: [widgets] })).toEqual(['b', 'a']);
    expect(names(log, { resources: [] })).toEqual([]);
    expect(names(log, { namespace: 'm' })).toEqual(['c', 'b']);
    expect(names(log, { name: 'a' })).toEqual(['a']);
    expect(names(log, { from: 2000 })).toEqual(['c', 'b']);
    expect(names(log, { to: 2000 })).toEqual(['b', 'a']);
    expect(names(log, { matches: (labels) => labels['app'] === 'web' })).toEqual(['a']);
  });

  it('pages by its cursor without loss, also while more is logged', () => {
    const log = createMemoryChangeLog();
    for (let n = 0; n < 10; n += 1)
      log.append(created({ name: `w${n}` }, 0, n % 2 ? gears : widgets));
    const first = log.query({ limit: 4 });
    expect(first.items.map(({ name }) => name)).toEqual(['w9', 'w8', 'w7', 'w6']);
    log.append(created({ name: 'new' }));
    const second = log.query({ limit: 4, before: Number(first.continue) });
    const third = log.query({ limit: 4, before: Number(second.continue) });
    expect(second.items.map(({ name }) => name)).toEqual(['w5', 'w4', 'w3', 'w2']);
    expect(third.items.map(({ name }) => name)).toEqual(['w1', 'w0']);
    expect(third).not.toHaveProperty('continue');
  });

  it('ends a page where its text is long enough, and leaves nothing out', () => {
    const log = createMemoryChangeLog({ perResource: unbounded, total: unbounded });
    const spec = JSON.stringify(
      Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`f${n}`, 'x'.repeat(4000)])),
    );
    const update = {
      kind: 'update',
      old: fakeHandle({ name: 'a', spec: '{}' }, '1'),
      new: fakeHandle({ name: 'a', spec }, '2'),
      seen: { by: 'watch' },
    } as const;
    for (let n = 0; n < 12; n += 1)
      log.append(draftsOf({ resource: fakeInfo(widgets), event: update, time: n }));
    const ids: number[] = [];
    for (let before: number | undefined; ;) {
      const page = log.query({ limit: 1000, before });
      expect(page.items.length).toBeLessThan(5);
      ids.push(...page.items.map(({ id }) => id));
      if (page.continue === undefined) break;
      before = Number(page.continue);
    }
    expect(ids).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('keeps the labels of an object once while they are the same', () => {
    const log = createMemoryChangeLog();
    const of = (n: number, app: string) =>
      fakeHandle({ name: 'a', labels: { app }, spec: `{"n":${n}}` }, String(n));
    const apps = ['web', 'web', 'api', 'api'];
    for (const [n, app] of apps.entries()) {
      const event = {
        kind: 'update',
        old: of(n, apps[n - 1] ?? 'web'),
        new: of(n + 1, app),
        seen: { by: 'watch' },
      } as const;
      log.append(draftsOf({ resource: fakeInfo(widgets), event, time: n }));
    }
    const labels = log
      .entries({ limit: 9 })
      .flatMap((entry) =>
        entry.kind === 'change' ? [entry.labels.after, entry.labels.before] : [],
      );
    expect(labels.map((one) => one?.['app'])).toEqual([
      'api',
      'api',
      'api',
      'web',
      'web',
      'web',
      'web',
      'web',
    ]);
    expect(new Set(labels).size).toBe(2);
  });

  describe('[T6] the labels it keeps', () => {
    const many = (n: number) =>
      Object.fromEntries(
        Array.from({ length: 5000 }, (_, label) => [`label-${label}`, `${label === 0 ? n : 'x'}`]),
      );
    const size = Object.entries(many(0)).flat().join('').length;
    function relabel(log: ChangeLog, n: number, labels = many(n)): void {
      const old = fakeHandle(
        { name: 'a', labels: many(n - 1), spec: `{"n":${n - 1}}` },
        `${n - 1}`,
      );
      const now = fakeHandle({ name: 'a', labels, spec: `{"n":${n}}` }, `${n}`);
      const event = { kind: 'update', old, new: now, seen: { by: 'watch' } } as const;
      log.append(draftsOf({ resource: fakeInfo(widgets), event, time: n }));
    }

    it('count once for each time they changed', () => {
      const log = createMemoryChangeLog();
      relabel(log, 1);
      const first = log.stats().bytes;
      expect(first).toBeGreaterThan(2 * size);
      relabel(log, 2);
      const second = log.stats().bytes - first;
      expect(second).toBeGreaterThan(size);
      expect(second).toBeLessThan(0.6 * first);
      for (let n = 3; n <= 20; n += 1) relabel(log, n);
      expect(log.stats().bytes).toBeGreaterThan(20 * size);
    });

    it('count as long as any entry has them', () => {
      const log = createMemoryChangeLog({
        perResource: { entries: 3, bytes: 1e9 },
        total: unbounded,
      });
      for (let n = 0; n < 9; n += 1) relabel(log, 1, many(0));
      const shared = log.stats().bytes;
      expect(shared).toBeGreaterThan(size);
      log.append([...created({ name: 'b' }), ...created({ name: 'c' })]);
      expect(log.stats().bytes).toBeGreaterThan(size);
      log.append(created({ name: 'd' }));
      expect(log.stats().bytes).toBeLessThan(5000);
    });

    it('are bounded with the rest', () => {
      const limits = { entries: 1e9, bytes: 4 * size };
      const log = createMemoryChangeLog({ perResource: limits, total: limits });
      for (let n = 1; n <= 20; n += 1) relabel(log, n);
      expect(log.stats().entries).toBeLessThan(4);
      expect(log.stats().bytes).toBeLessThanOrEqual(limits.bytes);
    });
  });

  it('keeps the digits of numbers', () => {
    const log = createMemoryChangeLog();
    const old = fakeHandle({ name: 'a', spec: '{"n":1}' }, '1');
    const next = fakeHandle({ name: 'a', spec: '{"n":1795351674012986412}' }, '2');
    const event = { kind: 'update', old, new: next, seen: { by: 'watch' } } as const;
    log.append(draftsOf({ resource: fakeInfo(widgets), event, time: 0 }));
    expect(JSON.stringify(log.query({ limit: 1 }).items)).toContain('"after":1795351674012986412');
  });

  it('[T6] drops the oldest of a resource that has too many, counts it and says up to where', () => {
    const log = createMemoryChangeLog({
      perResource: { entries: 3, bytes: 1e9 },
      total: unbounded,
    });
    for (let n = 0; n < 5; n += 1) log.append(created({ name: `w${n}` }));
    log.append(created({ name: 'g' }, 0, gears));
    expect(names(log)).toEqual(['g', 'w4', 'w3', 'w2']);
    expect(log.stats()).toMatchObject({ entries: 4, dropped: 2 });
    expect(log.lostThrough([widgets])).toBe(2);
    expect(log.lostThrough([gears])).toBe(0);
    expect(log.lostThrough()).toBe(2);
  });

  it('[T6] drops by bytes, per resource and in all', () => {
    const log = createMemoryChangeLog({
      perResource: unbounded,
      total: { entries: 1e9, bytes: 5000 },
    });
    for (let n = 0; n < 50; n += 1) log.append(created({ name: `w${n}` }));
    expect(log.stats().bytes).toBeLessThanOrEqual(5000);
    expect(log.stats().entries + log.stats().dropped).toBe(50);
    expect(names(log)[0]).toBe('w49');
  });

  it('[T6] full in all, it takes from the resource that holds most', () => {
    const log = createMemoryChangeLog({
      perResource: unbounded,
      total: { entries: 10, bytes: 1e9 },
    });
    log.append(created({ name: 'quiet' }, 0, gears));
    for (let n = 0; n < 5000; n += 1) log.append(created({ name: `w${n}` }));
    log.append(created({ name: 'second' }, 0, gears));
    expect(names(log, { resources: [gears] })).toEqual(['second', 'quiet']);
    expect(names(log, { resources: [widgets] })).toHaveLength(8);
  });

  it('tells listeners in order, with the objects, until they leave', () => {
    const log = createMemoryChangeLog();
    const told: (string | undefined)[] = [];
    const off = log.onChange((appended) => {
      told.push(...appended.map(({ after }) => after?.name));
    });
    log.append([...created({ name: 'a' }), ...created({ name: 'b' })]);
    off();
    log.append(created({ name: 'c' }));
    expect(told).toEqual(['a', 'b']);
  });

  it('tells all its listeners, also where one throws, and says so then', () => {
    const log = createMemoryChangeLog();
    let told = 0;
    log.onChange(() => {
      throw new Error('broken');
    });
    log.onChange(() => (told += 1));
    expect(() => log.append(created({ name: 'a' }))).toThrow('a listener');
    expect([told, names(log)]).toEqual([1, ['a']]);
  });

  it('keeps gaps among the changes, and answers queries for changes without them', () => {
    const log = createMemoryChangeLog();
    const gap = {
      ref: widgets,
      namespace: undefined,
      from: 0,
      time: 5,
      reason: 'away' as const,
      count: undefined,
      compared: false,
    };
    log.append([...created({ name: 'a' }), { kind: 'gap', ...gap }, ...created({ name: 'b' })]);
    expect(names(log)).toEqual(['b', 'a']);
    expect(log.entries({ limit: 10 }).map(({ kind }) => kind)).toEqual(['change', 'gap', 'change']);
    expect(log.entries({ limit: 10, after: 2 })).toHaveLength(1);
  });
});
