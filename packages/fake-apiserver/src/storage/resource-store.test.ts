import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createResourceStore, type ResourceStore } from './resource-store.ts';
import { createRevision } from './revision.ts';
import type { Snapshot } from './sorted-objects.ts';
import { parseStored } from './stored-object.ts';

const LIMITS = { events: 10_000, bytes: 1_000_000_000 };

function createStore(limits = LIMITS): {
  store: ResourceStore;
  revision: { readonly current: number };
} {
  const revision = createRevision(100, createManualClock());
  return { store: createResourceStore(revision, limits), revision };
}

const keysAndRevisions = (objects: Snapshot | undefined): unknown =>
  objects
    ?.objects()
    .map(({ key, revision }) => [key, revision])
    .toArray();

describe('a resource store', () => {
  it.each([1, 2, 3])('gives back every state it has been in (seed %i)', (seed) => {
    const random = createRandom(seed);
    const { store, revision } = createStore();
    const states: [number, unknown][] = [];
    for (let step = 0; step < 300; step += 1) {
      const namespace = `ns-${random.below(3)}`;
      const name = `n${random.below(12)}`;
      const live = store.get(namespace, name);
      if (live !== undefined && random.below(3) === 0) store.remove(live, parseStored(live));
      else store.put({ metadata: { namespace, name }, step });
      states.push([revision.current, keysAndRevisions(store.current())]);
    }
    for (const [at, state] of states) expect(keysAndRevisions(store.at(at))).toEqual(state);
    const keys = [...store.current()].map(({ key }) => key);
    expect(keys).toEqual([...keys].sort());
  });

  it('tells the writes after a version in their order, and nothing of what it has forgotten', () => {
    const { store, revision } = createStore();
    const start = revision.current;
    for (const name of ['a', 'b', 'a']) store.put({ metadata: { name } });
    expect(store.eventsAfter(start)?.map(({ type, object }) => [type, object.name])).toEqual([
      ['ADDED', 'a'],
      ['ADDED', 'b'],
      ['MODIFIED', 'a'],
    ]);
    store.compact(start + 1);
    expect(store.eventsAfter(start)).toBeUndefined();
    expect(store.eventsAfter(start + 1)).toHaveLength(2);
    expect(store.at(start)).toBeUndefined();
  });

  it('knows that there was nothing before it was there, until that is forgotten', () => {
    const { store, revision } = createStore();
    const start = revision.current;
    store.put({ metadata: { name: 'a' } });
    expect(keysAndRevisions(store.at(start - 1))).toEqual([]);
    expect(store.eventsAfter(start - 1)).toBeUndefined();
    store.compact(start);
    expect(store.at(start - 1)).toBeUndefined();
    const anew = createResourceStore(createRevision(100, createManualClock()), LIMITS, 90);
    expect([anew.at(89), keysAndRevisions(anew.at(90))]).toEqual([undefined, []]);
  });

  it('bounds its history in bytes as well as in number', () => {
    const { store, revision } = createStore({ events: 1000, bytes: 10_000 });
    const start = revision.current;
    for (let index = 0; index < 50; index += 1) {
      store.put({ metadata: { name: `n${index}` }, text: 'x'.repeat(1000) });
    }
    expect(store.eventsAfter(start)).toBeUndefined();
    expect(store.eventsAfter(store.since)?.length).toBeLessThanOrEqual(10);
    expect(store.size).toBe(50);
  });
});
