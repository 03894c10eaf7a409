import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSortedList } from './sorted-list.ts';

interface Item {
  readonly rank: number;
  readonly label: string;
}

const operation = fc.record({
  do: fc.constantFrom('put', 'remove', 'look'),
  rank: fc.integer({ min: 0, max: 3000 }),
  length: fc.integer({ min: 0, max: 700 }),
});

it('the sorted list holds what a sorted array would, through any insertions and removals', () => {
  const loads = fc.uniqueArray(fc.integer({ min: 0, max: 3000 }), { maxLength: 1500 });
  const property = fc.property(loads, fc.array(operation, { maxLength: 400 }), (load, steps) => {
    const list = createSortedList<Item>((a, b) => a.rank - b.rank);
    let array: Item[] = load.toSorted((a, b) => a - b).map((rank) => ({ rank, label: 'loaded' }));
    list.load(array);
    for (const [n, { do: what, rank, length }] of steps.entries()) {
      const item = { rank, label: `step ${n}` };
      const held = array.some((other) => other.rank === rank);
      if (what === 'put') {
        if (held) list.replace(item);
        else list.insert(item);
        array = [...array.filter((other) => other.rank !== rank), item];
        array.sort((a, b) => a.rank - b.rank);
      } else if (what === 'remove' && held) {
        list.remove(item);
        array = array.filter((other) => other.rank !== rank);
      }
      const index = array.findIndex((other) => other.rank >= rank);
      expect(list.indexOf(item)).toBe(index < 0 ? array.length : index);
      expect(list.slice(rank, length)).toEqual(array.slice(rank, rank + length));
    }
    expect(list.size).toBe(array.length);
    expect(list.slice(0, 1e6)).toEqual(array);
  });
  fc.assert(property, { seed: 3, numRuns: 40 });
});

it('the sorted list splits blocks that grow and drops those that are empty', () => {
  const list = createSortedList<number>((a, b) => a - b);
  for (let n = 0; n < 5000; n += 1) list.insert((n * 2503) % 5000);
  expect(list.slice(1234, 3)).toEqual([1234, 1235, 1236]);
  for (let n = 0; n < 5000; n += 1) list.remove(n);
  expect(list.size).toBe(0);
  list.insert(7);
  expect(list.slice(0, 9)).toEqual([7]);
});
