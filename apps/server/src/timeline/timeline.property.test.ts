import type { StoreEvent } from '@kindscope/informer';
import { createFakeClock } from '@kindscope/informer/testing';
import { stringifyJson, type JsonObject } from '@kindscope/kube';
import type { InformerInfo } from '@kindscope/protocol';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WatchedEvent } from '../catalog/catalog.ts';
import { fakeInfo, widgets } from '../fanout/testing/fake-catalog.ts';
import { fakeHandle } from '../fanout/testing/fake-object.ts';
import { createActivity } from './activity.ts';
import { withAway } from './away.ts';
import { createChangeRecorder } from './change-recorder.ts';
import { wasWatched } from './coverage.ts';
import { createMemoryChangeLog, type ChangeLogLimits } from './memory-change-log.ts';
import { createRevisionLog } from './revision-log.ts';
import type { RevisionLimits } from './revision-shelf.ts';

/*
 * A world of a few objects, which two informers of one resource watch, now and then: one of all
 * namespaces, one of the only one there is. What really happened is written down beside.
 */

type Handle = ReturnType<typeof fakeHandle>;
type Name = (typeof names)[number];
const names = ['x', 'y', 'z'] as const;
const scopes = [undefined, 'a'] as const;

interface InformerStep {
  readonly do: 'begin' | 'end' | 'cut' | 'relist';
  readonly informer: 0 | 1;
}
type Step =
  | InformerStep
  | { readonly do: 'put' | 'remove'; readonly name: Name }
  /** The server goes back in time, which every informer notices. */
  | { readonly do: 'reset' }
  | { readonly do: 'turn' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('put'), name: fc.constantFrom(...names) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('remove'), name: fc.constantFrom(...names) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('begin', 'begin', 'relist', 'relist', 'cut', 'end'),
      informer: fc.constantFrom(0, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reset') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turn') }) },
) as fc.Arbitrary<Step>;

interface Informer {
  readonly namespace: string | undefined;
  cache: Map<string, Handle>;
  /** Since when it is cut off; undefined while it is not. */
  cutAt: number | undefined;
  running: boolean;
}

interface Truth {
  readonly name: string;
  readonly time: number;
  readonly handle: Handle | undefined;
  /** Somebody was watching. */
  readonly watched: boolean;
}

function infoOf({ namespace, cutAt }: Informer): InformerInfo {
  const since = cutAt === undefined ? undefined : new Date(cutAt).toISOString();
  const zero = {
    lists: 0,
    watches: 0,
    events: 0,
    bookmarks: 0,
    relists: 0,
    failures: 0,
    skipped: 0,
  };
  return {
    resource: widgets,
    kind: 'Widget',
    ...(namespace !== undefined && { namespace }),
    freshness: since === undefined ? { kind: 'live' } : { kind: 'reconnecting', since },
    objects: 0,
    viewers: 1,
    startedAt: new Date(0).toISOString(),
    counters: zero,
  };
}

function run(
  all: readonly Step[],
  options: { maxPending?: number; limits?: RevisionLimits; log?: ChangeLogLimits } = {},
) {
  let now = 1000;
  let version = 0;
  const clock = { ...createFakeClock(0), now: () => now, monotonic: () => 0 };
  const changes = createMemoryChangeLog(options.log);
  const revisions = createRevisionLog(options.limits);
  revisions.follow(changes);
  const listeners = new Set<(event: WatchedEvent) => void>();
  let turns: (() => void)[] = [];
  const errors: unknown[] = [];
  const catalog = {
    onEvent(listener: (event: WatchedEvent) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  revisions.watch(catalog, clock);
  createChangeRecorder({
    catalog,
    listKeys: () => undefined,
    changes,
    activity: createActivity({ clock }),
    clock,
    later: (task) => turns.push(task),
    log: { debug() {}, info() {}, warn() {}, error: (what) => errors.push(what) },
    ...(options.maxPending !== undefined && { maxPending: options.maxPending }),
  });
  const objects = new Map<string, Handle>();
  const truth: Truth[] = [];
  const informers = scopes.map((namespace): Informer => {
    return { namespace, cache: new Map(), cutAt: undefined, running: false };
  });
  const live = () => informers.filter(({ running, cutAt }) => running && cutAt === undefined);

  function tell({ namespace }: Informer, event: WatchedEvent['event']): void {
    for (const listener of listeners) listener({ resource: fakeInfo(widgets), namespace, event });
  }

  function turn(): void {
    while (turns.length > 0) {
      const due = turns;
      turns = [];
      for (const task of due) task();
    }
  }

  function change(name: string, handle: Handle | undefined): void {
    const old = objects.get(name);
    if (old === undefined && handle === undefined) return;
    if (handle === undefined) objects.delete(name);
    else objects.set(name, handle);
    truth.push({ name, time: now, handle, watched: live().length > 0 });
    for (const informer of live()) {
      const held = informer.cache.get(name);
      const seen = { by: 'watch' } as const;
      if (handle === undefined) {
        informer.cache.delete(name);
        if (held) tell(informer, { kind: 'delete', old: held, last: held, tombstone: false, seen });
      } else {
        informer.cache.set(name, handle);
        if (held) tell(informer, { kind: 'update', old: held, new: handle, seen });
        else tell(informer, { kind: 'add', new: handle, initial: false, seen });
      }
    }
  }

  function put(name: string): void {
    version += 1;
    const uid = objects.get(name)?.uid ?? `uid-${version}`;
    const labels = { parity: version % 2 === 0 ? 'even' : 'odd' };
    change(
      name,
      fakeHandle({ namespace: 'a', name, uid, labels, spec: `{"n":${version}}` }, String(version)),
    );
  }

  function readAnew(informer: Informer, first: StoreEvent[]): void {
    informer.cache = new Map(objects);
    informer.cutAt = undefined;
    const seen = { by: 'relist', notBefore: 0 } as const;
    for (const event of first) tell(informer, event);
    for (const object of objects.values())
      tell(informer, { kind: 'add', new: object, initial: true, seen });
    tell(informer, { kind: 'synced' });
  }

  function reset(): void {
    for (const informer of informers) if (informer.running) readAnew(informer, [{ kind: 'reset' }]);
  }

  function relist(informer: Informer): void {
    const notBefore = informer.cutAt ?? now;
    const seen = { by: 'relist', notBefore } as const;
    tell(informer, { kind: 'relisted', notBefore });
    for (const [name, old] of informer.cache) {
      const gone = objects.get(name)?.uid !== old.uid;
      if (gone) tell(informer, { kind: 'delete', old, last: undefined, tombstone: true, seen });
    }
    for (const [name, object] of objects) {
      const old = informer.cache.get(name);
      if (old?.uid !== object.uid)
        tell(informer, { kind: 'add', new: object, initial: false, seen });
      else if (old !== object) tell(informer, { kind: 'update', old, new: object, seen });
    }
    informer.cache = new Map(objects);
    informer.cutAt = undefined;
  }

  function move(step: InformerStep): void {
    const informer = informers[step.informer];
    if (informer === undefined || (step.do === 'begin') === informer.running) return;
    if (step.do === 'begin') readAnew(informer, []);
    else if (step.do === 'relist') relist(informer);
    else if (step.do === 'cut') informer.cutAt ??= now;
    else {
      for (const [name, state] of informer.cache)
        revisions.keep({ resource: widgets, namespace: 'a', name }, state);
      tell(informer, {
        kind: 'ended',
        ...(informer.cutAt !== undefined && { lostAt: informer.cutAt }),
      });
    }
    informer.running = step.do !== 'end';
    if (step.do === 'end') informer.cutAt = undefined;
  }

  for (const step of all) {
    now += 10;
    if (step.do === 'turn') turn();
    else if (step.do === 'reset') reset();
    else if ('informer' in step) move(step);
    else if (step.do === 'put') put(step.name);
    else change(step.name, undefined);
  }
  turn();
  const told = withAway(changes, () => informers.map(infoOf));
  expect(errors).toEqual([]);
  return { changes, told, revisions, truth, objects, live: live().length > 0, end: now };
}

const worlds = fc.array(steps, { maxLength: 40, size: 'max' });

describe('whatever happens, seen by two informers that come and go', { timeout: 60_000 }, () => {
  it('[T1] [T7] [T8] each change that was watched is logged once, in order, and nothing else is', () => {
    fc.assert(
      fc.property(worlds, (all) => {
        const { changes, truth } = run(all);
        const { items } = changes.query({ limit: 1000 });
        for (const name of names) {
          const logged = items.filter((change) => change.name === name).toReversed();
          const happened = truth.filter((one) => one.name === name);
          const ends = logged.map(({ to, from, classes }) =>
            classes[0] === 'deleted' ? `${from} end` : to,
          );
          const real = happened.map(({ handle }, n) =>
            handle === undefined
              ? `${happened[n - 1]?.handle?.resourceVersion} end`
              : handle.resourceVersion,
          );
          const watched = happened
            .map(({ watched }, n) => (watched ? real[n] : undefined))
            .filter(Boolean);
          const deletions = (list: (string | undefined)[]) =>
            list.filter((end) => end?.endsWith('end')).length;
          expect(new Set(ends).size).toBe(ends.length);
          const states = ends.filter((end) => end !== undefined && !end.endsWith('end'));
          expect(states).toEqual(real.filter((state) => states.includes(state)));
          expect(ends).toEqual(
            expect.arrayContaining(watched.filter((end) => !end?.endsWith('end'))),
          );
          expect(deletions(ends)).toBeGreaterThanOrEqual(deletions(watched));
          expect(deletions(ends)).toBeLessThanOrEqual(deletions(real));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('[T10] a change that is not logged happened while something is said to be missing', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(undefined, 6), (all, maxPending) => {
        const { changes, told, truth } = run(all, maxPending === undefined ? {} : { maxPending });
        const logged = new Set(changes.query({ limit: 1000 }).items.map(({ to }) => to));
        const coverage = told.coverage({});
        const missing = truth.filter(({ handle }) => handle && !logged.has(handle.resourceVersion));
        for (const { time } of missing) {
          for (const { since = '', blind } of coverage) {
            const inside = blind.some(({ from, to }) => {
              return Date.parse(from) <= time && (to === undefined || time <= Date.parse(to));
            });
            expect(inside || time <= Date.parse(since)).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('[T12] an object as it was is never made up', () => {
    const limits = fc.record({
      perObject: fc.constantFrom(2, 4, 256),
      total: fc.record({
        revisions: fc.constantFrom(3, 6, 1000),
        bytes: fc.constantFrom(1500, 1e9),
      }),
    });
    let known = 0;
    fc.assert(
      fc.property(
        worlds,
        fc.constantFrom(undefined, 6),
        limits,
        fc.constantFrom(3, 1000),
        (all, maxPending, bounds, kept) => {
          const log = {
            perResource: { entries: kept, bytes: 1e9 },
            total: { entries: 1e9, bytes: 1e9 },
          };
          const world = run(all, {
            limits: bounds,
            log,
            ...(maxPending !== undefined && { maxPending }),
          });
          const coverage = world.told.coverage({});
          for (const name of names) {
            const present = world.live ? (world.objects.get(name) ?? null) : undefined;
            const object = { resource: widgets, namespace: 'a', name };
            for (let time = 1000; time <= world.end; time += 5) {
              if (!wasWatched(coverage, time)) continue;
              const then = world.revisions.at(object, time, present);
              if (then.kind === 'unknown') continue;
              known += 1;
              const last = world.truth.findLast((one) => one.name === name && one.time <= time);
              expect(then.kind === 'none' ? undefined : text(then.object)).toBe(
                text(last?.handle?.parse()),
              );
            }
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(known).toBeGreaterThan(1000);
  });

  it('[T12] an object as it was is always known while one watch goes on, and nothing is dropped', () => {
    const moves = steps.filter(({ do: what }) => ['put', 'remove', 'turn'].includes(what));
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 30, size: 'max' }), (all) => {
        const before = [{ do: 'put', name: 'x' } as const, { do: 'begin', informer: 0 } as const];
        const world = run([...before, ...all]);
        for (const name of names) {
          const object = { resource: widgets, namespace: 'a', name };
          const present = world.objects.get(name) ?? null;
          for (let time = 1020; time <= world.end; time += 5) {
            const then = world.revisions.at(object, time, present);
            const last = world.truth.findLast((one) => one.name === name && one.time <= time);
            const was = then.kind === 'object' ? text(then.object) : then.kind;
            const real = text(last?.handle?.parse()) ?? 'none';
            expect(was).toBe(real);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('[T12] every state that is listed can be read, and is what it was', () => {
    fc.assert(
      fc.property(worlds, (all) => {
        const { revisions, truth } = run(all);
        for (const name of names) {
          const object = { resource: widgets, namespace: 'a', name };
          for (const { uid, resourceVersion } of revisions.list(object, undefined).items) {
            const real = truth.find(({ handle }) => handle?.resourceVersion === resourceVersion);
            expect(text(revisions.find(object, resourceVersion, uid))).toBe(
              text(real?.handle?.parse()),
            );
          }
        }
      }),
    );
  });
});

function text(object: JsonObject | undefined): string | undefined {
  return object && stringifyJson(object);
}
