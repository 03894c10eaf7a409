import type { StoreEvent } from '@kindscope/informer';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeInfo, widgets } from '../fanout/testing/fake-catalog.ts';
import { fakeHandle } from '../fanout/testing/fake-object.ts';
import { draftsOf } from './change-draft.ts';
import type { ChangeLog, LogDraft } from './change-log.ts';
import { changeClasses, classSet, shownClass } from './class-set.ts';
import { createMemoryChangeLog } from './memory-change-log.ts';

const gears = { ...widgets, resource: 'gears' };
const start = Date.UTC(2026, 10, 22, 14);
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const watch = { by: 'watch' } as const;
/** A status that is a change of a condition, and more. */
const ready = '{"phase":"Up","conditions":[{"type":"Ready","status":"True"}]}';

function drafts(event: StoreEvent, seconds: number, ref = widgets): readonly LogDraft[] {
  return draftsOf({ resource: fakeInfo(ref), event, time: start + seconds * 1000 });
}

function updated(
  name: string,
  seconds: number,
  more: { status?: string; tier?: string } = {},
  ref = widgets,
) {
  const labels = more.tier === undefined ? {} : { tier: more.tier };
  const old = fakeHandle({ namespace: 'a', name, labels }, '1');
  const { status } = more;
  const spec = status === undefined ? '{"n":1}' : undefined;
  const now = { namespace: 'a', name, labels, spec, ...(status === undefined ? {} : { status }) };
  return drafts({ kind: 'update', old, new: fakeHandle(now, '2'), seen: watch }, seconds, ref);
}

function watched(kind: 'watched' | 'unwatched', seconds: number, namespace?: string): LogDraft {
  return { kind, ref: widgets, namespace, time: start + seconds * 1000 };
}

function gap(from: number, to: number, reason: 'away' | 'unwatched' | 'dropped'): LogDraft {
  const times = { from: start + from * 1000, time: start + to * 1000 };
  return {
    kind: 'gap',
    ref: widgets,
    namespace: undefined,
    ...times,
    reason,
    count: undefined,
    compared: false,
  };
}

function logged(...all: readonly (LogDraft | readonly LogDraft[])[]): ChangeLog {
  const log = createMemoryChangeLog();
  log.append(all.flat());
  return log;
}

describe('the set of classes', () => {
  it('shows the first by precedence', () => {
    expect(changeClasses[shownClass(classSet(['status', 'condition', 'spec']))]).toBe('spec');
    expect(changeClasses[shownClass(classSet(['created', 'recreated']))]).toBe('recreated');
    for (const one of changeClasses) expect(changeClasses[shownClass(classSet([one]))]).toBe(one);
  });
});

describe('what the log knows of a resource', () => {
  it('[T10] is nothing where it was never watched, and since when where it is', () => {
    expect(createMemoryChangeLog().coverage({})).toEqual([]);
    expect(logged(watched('watched', 0)).coverage({})).toEqual([
      { resource: widgets, since: at(0), watched: true, blind: [] },
    ]);
  });

  it('[T10] says when nobody looked, while it lasts and afterwards', () => {
    const log = logged(watched('watched', 0), watched('unwatched', 10));
    expect(log.coverage({})).toMatchObject([
      { watched: false, blind: [{ from: at(10), reason: 'unwatched' }] },
    ]);
    expect(log.coverage({})[0]?.blind[0]).not.toHaveProperty('to');
    log.append([gap(10, 40, 'unwatched'), watched('watched', 40)]);
    expect(log.coverage({})).toMatchObject([
      { since: at(0), watched: true, blind: [{ from: at(10), to: at(40), reason: 'unwatched' }] },
    ]);
  });

  it('[T10] says when it could not be watched', () => {
    const log = logged(watched('watched', 0), gap(5, 9, 'away'));
    expect(log.coverage({})).toMatchObject([
      { blind: [{ from: at(5), to: at(9), reason: 'away' }] },
    ]);
  });

  it('[T10] says what was dropped, how many and up to when, in place of older gaps', () => {
    const log = createMemoryChangeLog({
      perResource: { entries: 2, bytes: 1e9 },
      total: { entries: 1e9, bytes: 1e9 },
    });
    log.append([watched('watched', 0), gap(1, 2, 'away')]);
    for (const seconds of [3, 4, 5]) log.append(updated('x', seconds));
    log.append([gap(6, 7, 'away')]);
    expect(log.coverage({})).toEqual([
      {
        resource: widgets,
        since: at(0),
        watched: true,
        blind: [
          { from: at(0), to: at(4), reason: 'dropped', count: 2 },
          { from: at(6), to: at(7), reason: 'away' },
        ],
      },
    ]);
  });

  it('[T10] keeps apart what each of its watches missed, but not what was dropped', () => {
    const of = (namespace: string | undefined, to: number, reason: 'away' | 'dropped') => ({
      ...gap(to - 1, to, reason),
      namespace,
    });
    const log = logged(
      watched('watched', 0),
      watched('watched', 0, 'a'),
      watched('watched', 0, 'b'),
    );
    log.append([
      of(undefined, 2, 'away'),
      of('a', 3, 'away'),
      of(undefined, 4, 'dropped'),
      of('b', 5, 'dropped'),
    ]);
    expect(log.coverage({}).map(({ blind }) => blind.map(({ to }) => to))).toEqual([
      [at(2), at(4), at(5)],
      [at(3), at(4)],
      [at(4), at(5)],
    ]);
  });

  it('[T10] does not count for one namespace what was dropped of all, and counts no gaps', () => {
    const few = { entries: 1, bytes: 1e9 };
    const log = createMemoryChangeLog({ perResource: few, total: { entries: 1e9, bytes: 1e9 } });
    log.append([
      watched('watched', 0),
      watched('watched', 0, 'a'),
      gap(1, 2, 'away'),
      ...updated('x', 3),
    ]);
    const dropped = { from: at(0), reason: 'dropped' };
    const blind = () => log.coverage({}).map((item) => item.blind);
    expect(blind()).toEqual([[{ ...dropped, to: at(2) }], [{ ...dropped, to: at(2) }]]);
    log.append([...updated('x', 1), ...updated('x', 4)]);
    expect(blind()).toEqual([[{ ...dropped, to: at(3), count: 2 }], [{ ...dropped, to: at(3) }]]);
  });

  it('[T10] is told apart by resource and by the namespaces that are watched', () => {
    const log = logged(watched('watched', 0, 'a'), watched('watched', 1, 'b'));
    const namespaces = (namespace?: string) =>
      log.coverage({ namespace }).map((item) => item.namespace);
    expect(namespaces()).toEqual(['a', 'b']);
    expect(namespaces('b')).toEqual(['b']);
    expect(namespaces('c')).toEqual([]);
    expect(log.coverage({ resources: [gears] })).toEqual([]);
  });
});

describe('density', () => {
  const log = logged(
    watched('watched', 0),
    updated('x', 0),
    updated('y', 10, { status: '{"phase":"Up"}' }),
    updated('x', 59.999),
    updated('late', 60),
    updated('later', 61),
  );
  const query = { from: start, to: start + 60_000, buckets: 6 };

  it('counts each change once, as the class it is shown as, in the bucket of its time', () => {
    const { classes, counts, changes, objects, from, to } = log.density(query);
    expect({ from, to, changes, objects }).toEqual({
      from: at(0),
      to: at(60),
      changes: 4,
      objects: 3,
    });
    const row = (name: string) => counts[classes.findIndex((one) => one === name)];
    expect(row('spec')).toEqual([1, 0, 0, 0, 0, 2]);
    expect(row('status')).toEqual([0, 1, 0, 0, 0, 0]);
    expect(counts.flat().reduce((sum, count) => sum + count)).toBe(4);
  });

  it('counts a change that is more than one of the classes asked for as the first of those', () => {
    const both = logged(
      updated('x', 1, { status: ready }),
      updated('y', 2, { status: '{"phase":"Up"}' }),
    );
    const counted = (...asked: ('condition' | 'status')[]) => {
      const { classes, counts } = both.density({ ...query, classes: classSet(asked) });
      return classes.flatMap((one, n) => {
        const count = counts[n]?.reduce((sum, more) => sum + more) ?? 0;
        return count === 0 ? [] : [[one, count]];
      });
    };
    expect(counted('condition', 'status')).toEqual([
      ['condition', 1],
      ['status', 1],
    ]);
    expect(counted('condition')).toEqual([['condition', 1]]);
    expect(counted('status')).toEqual([['status', 2]]);
  });

  it('counts only what is asked for, and brings what is known of it', () => {
    const of = (more: object) => log.density({ ...query, ...more }).changes;
    expect(of({ classes: classSet(['status']) })).toBe(1);
    expect(of({ name: 'x' })).toBe(2);
    expect(of({ resources: [gears] })).toBe(0);
    expect(of({ matches: () => false })).toBe(0);
    expect(log.density(query)).toMatchObject({ lastId: 5, coverage: [{ watched: true }] });
  });
});

describe('marks', () => {
  const readyIs = (status: string) =>
    `{"conditions":[{"type":"Ready","status":"${status}","message":"It is."}]}`;

  it('are the changes column by column, newest first, objects and managers once', () => {
    const log = logged(
      updated('x', 1),
      updated('y', 2),
      updated('x', 3, { status: readyIs('True') }),
    );
    const marks = log.marks({ limit: 10 });
    expect(marks.objects.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(marks).toMatchObject({
      id: [3, 2, 1],
      time: [start + 3000, start + 2000, start + 1000],
      within: [0, 0, 0],
      object: [0, 1, 0],
      of: [classSet(['condition']), classSet(['spec']), classSet(['spec'])],
      manager: [-1, -1, -1],
    });
    expect(marks.conditions).toEqual([{ mark: 0, type: 'Ready', to: 'True' }]);
    expect(marks).not.toHaveProperty('continue');
  });

  it('[T2] say within how much time what a relist found may have happened', () => {
    const seen = { by: 'relist', notBefore: start + 4000 } as const;
    const event = {
      kind: 'add',
      new: fakeHandle({ name: 'x' }, '1'),
      initial: false,
      seen,
    } as const;
    expect(logged(drafts(event, 9)).marks({ limit: 1 }).within).toEqual([5000]);
  });

  it('come in pages that leave nothing out', () => {
    const log = logged(...[1, 2, 3, 4, 5].map((n) => updated(`x${n}`, n)));
    const first = log.marks({ limit: 2 });
    expect(first.id).toEqual([5, 4]);
    const second = log.marks({ limit: 2, before: Number(first.continue) });
    const third = log.marks({ limit: 2, before: Number(second.continue) });
    expect([...second.id, ...third.id]).toEqual([3, 2, 1]);
    expect(third.continue).toBeUndefined();
  });

  it('and density count what a list of the changes gives, whatever is asked for', () => {
    const names = ['x', 'y', 'z'];
    const changes = fc.array(
      fc.record({
        name: fc.nat(2),
        at: fc.nat(20),
        tier: fc.nat(1),
        gear: fc.boolean(),
        status: fc.boolean(),
      }),
      { maxLength: 30, size: 'max' },
    );
    const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
    const scopes = fc.record({
      name: optional(fc.constantFrom(...names)),
      namespace: optional(fc.constantFrom('a', 'b')),
      resources: optional(fc.subarray([widgets, gears])),
      classes: optional(fc.subarray([...changeClasses], { minLength: 1 }).map(classSet)),
      matches: optional(fc.constant((labels: Record<string, string>) => labels['tier'] === 't1')),
      from: fc.integer({ min: -5, max: 20 }).map((seconds) => start + seconds * 1000),
      to: fc.integer({ min: 21, max: 30 }).map((seconds) => start + seconds * 1000),
    });
    fc.assert(
      fc.property(
        changes,
        scopes,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 9 }),
        (made, scope, buckets, limit) => {
          const log = logged(
            ...made.map(({ name, at: seconds, tier, gear, status }) => {
              const more = { tier: `t${tier}`, ...(status && { status: ready }) };
              return updated(names[name] ?? '', seconds, more, gear ? gears : widgets);
            }),
          );
          const all = log.query({ ...scope, limit: 1000 }).items;
          const density = log.density({ ...scope, buckets });
          const length = (scope.to - scope.from) / buckets;
          const counts = density.classes.map((one) =>
            Array.from(
              { length: buckets },
              (_, n) =>
                all.filter(
                  ({ classes, time }) =>
                    classes.find((of) => (classSet([of]) & (scope.classes ?? ~0)) !== 0) === one &&
                    Math.min(buckets - 1, Math.floor((Date.parse(time) - scope.from) / length)) ===
                      n,
                ).length,
            ),
          );
          expect(density.counts).toEqual(counts);
          expect([density.changes, density.objects]).toEqual([
            all.length,
            new Set(all.map(({ name, resource }) => `${resource.resource}/${name}`)).size,
          ]);
          const ids: number[] = [];
          const drawn: string[] = [];
          for (let before: number | undefined; ;) {
            const marks = log.marks({ ...scope, before, limit });
            ids.push(...marks.id);
            drawn.push(...marks.object.map((place) => marks.objects[place]?.name ?? ''));
            if (marks.continue === undefined) break;
            before = Number(marks.continue);
            log.append(updated('late', 10));
          }
          expect(ids).toEqual(all.map(({ id }) => id));
          expect(drawn).toEqual(all.map(({ name }) => name));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('forget an object with the last of its changes', () => {
    const log = createMemoryChangeLog({
      perResource: { entries: 1, bytes: 1e9 },
      total: { entries: 1e9, bytes: 1e9 },
    });
    log.append([...updated('x', 1), ...updated('x', 2), ...updated('y', 3)]);
    expect(log.marks({ limit: 9 }).objects.map(({ name }) => name)).toEqual(['y']);
  });
});

describe('one change', () => {
  it('is found by its id while it is kept', () => {
    const log = logged(updated('x', 1), gap(1, 2, 'away'), updated('y', 3));
    expect(log.change(3)).toMatchObject({ id: 3, name: 'y' });
    expect([log.change(2), log.change(4), log.change(0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is among those of any of its classes', () => {
    const log = logged(updated('x', 1), updated('y', 2, { status: '{"phase":"Up"}' }));
    const names = (...classes: ('spec' | 'status' | 'deleted')[]) =>
      log.query({ limit: 9, classes: classSet(classes) }).items.map(({ name }) => name);
    expect(names('status', 'spec')).toEqual(['y', 'x']);
    expect(names('status', 'deleted')).toEqual(['y']);
    expect(names('deleted')).toEqual([]);
  });
});
