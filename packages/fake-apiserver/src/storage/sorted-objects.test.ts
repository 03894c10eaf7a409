import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { createSortedObjects, type Snapshot } from './sorted-objects.ts';
import { storeObject, type StoredObject } from './stored-object.ts';

const stored = (namespace: string, name: string, revision = 1): StoredObject =>
  storeObject({ metadata: { namespace, name } }, revision);

const texts = (objects: Iterable<StoredObject>): string[] =>
  Array.from(objects, ({ key, revision }) => `${key}@${revision}`);

describe('sorted objects', () => {
  it.each([1, 2, 3])('are what a sorted list would be, now and before (seed %i)', (seed) => {
    const random = createRandom(seed);
    const objects = createSortedObjects();
    const model = new Map<string, StoredObject>();
    const kept: [Snapshot, string[]][] = [];
    const expected = (): string[] =>
      texts([...model.values()].sort((a, b) => (a.key < b.key ? -1 : 1)));
    for (let step = 1; step <= 6000; step += 1) {
      const object = stored(`ns-${random.below(3)}`, `n${random.below(3000)}`, step);
      // First they grow, then they shrink: chunks are split, and emptied.
      if (random.below(10) < (step < 3000 ? 2 : 8)) {
        objects.delete(object.key);
        model.delete(object.key);
      } else {
        objects.set(object);
        model.set(object.key, object);
      }
      if (step % 500 === 0) kept.push([objects.snapshot(), expected()]);
    }
    for (const [snapshot, state] of kept) {
      expect(texts(snapshot)).toEqual(state);
      expect(snapshot.size).toBe(state.length);
    }
    for (const [key, object] of model) expect(objects.get(key)).toBe(object);
    expect(objects.size).toBe(model.size);
  });

  it('give and count those of one namespace, from a key on', () => {
    const objects = createSortedObjects();
    for (const namespace of ['a', 'a-b', 'a0', 'b']) {
      for (let index = 0; index < 700; index += 1) {
        objects.set(stored(namespace, `n${String(index).padStart(3, '0')}`));
      }
    }
    const snapshot = objects.snapshot();
    const names = (...range: [string?, string?]): [number, string | undefined] => [
      snapshot.count(...range),
      snapshot.objects(...range).next().value?.key,
    ];
    expect(names()).toEqual([2800, 'a-b/n000']);
    expect(names('a')).toEqual([700, 'a/n000']);
    expect(names('a', 'a/n100\0')).toEqual([599, 'a/n101']);
    expect(names('a', 'b/')).toEqual([0, undefined]);
    expect(names('aa')).toEqual([0, undefined]);
    expect(names(undefined, 'b/n650')).toEqual([50, 'b/n650']);
    for (const namespace of ['a', 'b']) {
      expect(snapshot.objects(namespace).toArray()).toHaveLength(snapshot.count(namespace));
    }
  });

  it('can be changed from any past state on, which stays what it was', () => {
    const objects = createSortedObjects();
    for (let index = 0; index < 2000; index += 1) objects.set(stored('', `n${index}`));
    const snapshot = objects.snapshot();
    const before = texts(snapshot);
    const edited = snapshot.edit();
    edited.delete('n7');
    edited.set(stored('', 'n8', 2));
    expect([edited.size, edited.get('n7'), edited.get('n8')?.revision]).toEqual([
      1999,
      undefined,
      2,
    ]);
    expect(texts(snapshot)).toEqual(before);
    expect(texts(objects.snapshot())).toEqual(before);
  });
});
