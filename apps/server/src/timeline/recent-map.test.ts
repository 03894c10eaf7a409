import { expect, it } from 'vitest';
import { createRecentMap } from './recent-map.ts';

it('remembers the last keys it was given, and no more than twice as many', () => {
  const recent = createRecentMap<number>(100);
  for (let n = 0; n < 1000; n += 1) {
    recent.set(`k${n}`, n);
    for (let back = 0; back < Math.min(100, n + 1); back += 1) {
      expect(recent.get(`k${n - back}`)).toBe(n - back);
    }
  }
  const held = Array.from({ length: 1000 }, (_, n) => recent.get(`k${n}`));
  expect(held.filter((value) => value !== undefined).length).toBeLessThanOrEqual(200);
});

it('forgets a key in whichever generation it is, and everything at once', () => {
  const recent = createRecentMap<number>(2);
  for (const [n, key] of ['a', 'b', 'c'].entries()) recent.set(key, n);
  recent.delete('a');
  recent.delete('c');
  expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual([undefined, 1, undefined]);
  recent.clear();
  expect(recent.get('b')).toBeUndefined();
});
