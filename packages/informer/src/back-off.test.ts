import { describe, expect, test } from 'vitest';
import { backOffMs, nextAttempt } from './back-off.ts';

describe('back-off', () => {
  test('[I13] starts at 800 ms, doubles, and stays at 30 s', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 20].map((attempt) => backOffMs(attempt, 0));
    expect(waits).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  });

  test('[I13] chance adds up to as much again: [d, 2d)', () => {
    expect(backOffMs(2, 0.5)).toBe(2400);
    expect(backOffMs(2, 0.999)).toBeLessThan(3200);
  });

  test('[I13] two minutes without a failure start it over', () => {
    expect(nextAttempt(0, undefined, 0)).toBe(1);
    expect(nextAttempt(5, 1000, 1000 + 119_999)).toBe(6);
    expect(nextAttempt(5, 1000, 1000 + 120_000)).toBe(1);
  });
});
