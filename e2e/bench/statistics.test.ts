import { expect, test } from 'vitest';
import { percentile, round } from './statistics.ts';

test('percentiles are by nearest rank, whatever the order', () => {
  const values = [5, 1, 4, 2, 3];
  expect([percentile(values, 0), percentile(values, 50), percentile(values, 99)]).toEqual([
    1, 3, 5,
  ]);
});

test('without values there is no percentile', () => {
  expect(() => percentile([], 50)).toThrow(RangeError);
});

test('figures are rounded for people', () => {
  expect(round(1.23456)).toBe(1.23);
});
