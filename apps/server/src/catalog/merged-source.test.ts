import type {
  Handler,
  Informer,
  InformerState,
  InformerTarget,
  ObjectHandle,
  StoreEvent,
} from '@kindscope/informer';
import { createFakeClock, type FakeClock } from '@kindscope/informer/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { widgets } from '../testing/live-cluster.ts';
import { createMergedSource, type MergedSource } from './merged-source.ts';
import { createWatchPool, type WatchPool } from './watch-pool.ts';

/** What the informer package promises, driven by hand. */
interface Puppet {
  readonly informer: Informer;
  put(name: string, initial?: boolean): void;
  tell(event: StoreEvent): void;
  /** Its first list was cut, or began anew. */
  startOver(): void;
  become(state: InformerState): void;
  released: boolean;
}

function puppet(target: InformerTarget): Puppet {
  const handlers = new Set<Handler>();
  const listeners = new Set<(state: InformerState) => void>();
  const objects = new Map<string, ObjectHandle>();
  let state: InformerState = { kind: 'syncing', received: 0, expected: undefined };
  const tell = (event: StoreEvent) => {
    for (const handler of handlers) void handler(event);
  };
  return {
    released: false,
    informer: {
      ...target,
      get state() {
        return state;
      },
      onState(listener: (state: InformerState) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      store: {
        get: (key: string) => objects.get(key),
        values: () => objects.values(),
        get size() {
          return objects.size;
        },
      },
      addHandler(handler: Handler) {
        handlers.add(handler);
        return { hasSynced: false, remove: () => handlers.delete(handler) };
      },
    } as unknown as Informer,
    put(name, initial = false) {
      const namespace = target.namespace ?? name.split('-')[0] ?? '';
      const handle = { key: `${namespace}/${name}`, namespace, name } as ObjectHandle;
      objects.set(handle.key, handle);
      tell({ kind: 'add', new: handle, initial, seen: { by: 'watch' } });
    },
    tell,
    startOver() {
      objects.clear();
      tell({ kind: 'reset' });
    },
    become(next) {
      state = next;
      for (const listener of listeners) listener(next);
    },
  };
}

let clock: FakeClock;
let puppets: Puppet[];
let pool: WatchPool;
let told: string[];
let seenByAll: string[];

beforeEach(() => {
  clock = createFakeClock(Date.UTC(2026, 0, 1));
  puppets = [];
  told = [];
  seenByAll = [];
  pool = createWatchPool({
    factory: {
      acquire(target) {
        const made = puppet(target);
        puppets.push(made);
        return {
          informer: made.informer,
          release() {
            made.released = true;
          },
        };
      },
    },
    clock,
    lingerMs: 30_000,
    onEvent: (_watch, event) => seenByAll.push(event.kind),
    onEnd: () => void seenByAll.push('ended'),
    onChange() {},
    onError(error) {
      throw error;
    },
  });
});

function label(event: StoreEvent): string {
  if (event.kind === 'add') return `${event.kind} ${event.new.key}`;
  return event.kind === 'delete' ? `${event.kind} ${event.old.key}` : event.kind;
}

function source(namespaces: (string | undefined)[], only?: string): MergedSource {
  const merged = createMergedSource({
    leases: namespaces.map((namespace) => pool.acquire(widgets, namespace)),
    namespace: only,
    resource: () => ({}) as never,
    columns: () => [],
    onError(error) {
      throw error;
    },
  });
  merged.subscribe({
    onEvent: (event) => told.push(label(event)),
    onFreshness: ({ kind }) => told.push(`(${kind})`),
  });
  return merged;
}

function at(index: number): Puppet {
  const found = puppets[index];
  if (found === undefined) throw new Error(`no informer ${index}`);
  return found;
}

describe('a source over several informers', () => {
  it('is synced once, when all are', () => {
    source(['a', 'b']);
    at(0).put('x', true);
    at(0).tell({ kind: 'synced' });
    expect(told).toEqual(['add a/x']);
    at(1).tell({ kind: 'synced' });
    expect(told).toEqual(['add a/x', 'synced']);
  });

  it('does not wait for what it may not see', () => {
    source(['a', 'b']);
    at(0).tell({ kind: 'synced' });
    at(0).become({ kind: 'live' });
    at(1).become({
      kind: 'forbidden',
      fault: { code: 'forbidden', stage: 'list', detail: '', status: 403 },
    });
    expect(told).toEqual(['(live)', 'synced']);
  });

  it('after the reset of one tells what the others hold, then what comes, then synced', () => {
    const merged = source(['a', 'b']);
    at(0).put('x', true);
    at(1).put('y', true);
    at(0).tell({ kind: 'synced' });
    at(1).tell({ kind: 'synced' });
    told.length = 0;
    at(1).tell({ kind: 'reset' });
    expect(told).toEqual(['reset', 'add a/x']);
    at(1).put('z', true);
    at(1).tell({ kind: 'synced' });
    expect(told).toEqual(['reset', 'add a/x', 'add b/z', 'synced']);
    expect(merged.size).toBe(3);
  });

  it('takes back one by one what a first list had shown before it was cut', () => {
    const merged = source(['a', 'b']);
    at(0).put('x', true);
    at(1).put('y', true);
    at(1).startOver();
    expect(told).toEqual(['add a/x', 'add b/y', 'delete b/y']);
    expect(merged.size).toBe(1);
    at(1).put('y', true);
    at(0).tell({ kind: 'synced' });
    at(1).tell({ kind: 'synced' });
    expect(told.slice(3)).toEqual(['add b/y', 'synced']);
  });

  it('that is opened in the middle of a first list takes back what was there already', () => {
    source([undefined]);
    at(0).put('a-x', true);
    told.length = 0;
    source([undefined]);
    at(0).startOver();
    expect(told).toEqual(['delete a/a-x', 'delete a/a-x']);
  });

  it('starts over when it is fed from others', () => {
    const merged = source([undefined]);
    at(0).put('a-x', true);
    merged.replace([pool.acquire(widgets, 'b')]);
    told.length = 0;
    at(0).put('a-y');
    at(1).put('y', true);
    at(1).tell({ kind: 'synced' });
    expect(told).toEqual(['add b/y', 'synced']);
    expect([...merged.values()].map(({ key }) => key)).toEqual(['b/y']);
  });
});

describe('a source of one namespace', () => {
  it('tells and counts what is in it alone, also while a relist is being told', () => {
    const merged = source([undefined], 'a');
    at(0).put('a-x', true);
    at(0).put('b-x', true);
    expect(told).toEqual(['add a/a-x']);
    expect(merged.size).toBe(1);
    expect(merged.get('b/b-x')).toBeUndefined();
  });
});

describe('a watch', () => {
  it('is shared, lives on for the linger, and is heard by the timeline meanwhile', async () => {
    const first = pool.acquire(widgets, undefined);
    const second = pool.acquire(widgets, undefined);
    expect(puppets).toHaveLength(1);
    first.release();
    first.release();
    await clock.advance(60_000);
    expect(at(0).released).toBe(false);
    second.release();
    await clock.advance(29_000);
    at(0).put('a-x');
    expect(seenByAll).toEqual(['add']);
    await clock.advance(1_000);
    expect(at(0).released).toBe(true);
    expect([...pool.watches()]).toEqual([]);
    expect(seenByAll).toEqual(['add', 'ended']);
  });

  it('that is taken up during the linger starts a new one when it is left again', async () => {
    pool.acquire(widgets, undefined).release();
    await clock.advance(20_000);
    pool.acquire(widgets, undefined).release();
    await clock.advance(20_000);
    expect(at(0).released).toBe(false);
    await clock.advance(10_000);
    expect(at(0).released).toBe(true);
  });
});
