// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { freshnessWords } from './freshness.tsx';
import { fold } from './sparkline.tsx';
import { clockTime } from './time.ts';

describe('freshness in words', () => {
  it('says how far a sync is, and never that it is done while it is not', () => {
    expect(freshnessWords({ kind: 'syncing', received: 71, expected: 100 })).toBe('Syncing 71%');
    expect(freshnessWords({ kind: 'syncing', received: 500, expected: 500 })).toBe('Syncing 99%');
    expect(freshnessWords({ kind: 'syncing', received: 12 })).toBe('Syncing');
  });

  it('says since when it is stale', () => {
    const since = '2026-11-22T14:11:31.000Z';
    expect(freshnessWords({ kind: 'stale', since })).toBe(`Stale since ${clockTime(since)}`);
  });
});

describe('a sparkline', () => {
  it('folds counts so that none is lost', () => {
    const folded = fold(
      Array.from({ length: 60 }, (_, minute) => minute),
      30,
    );
    expect(folded).toHaveLength(30);
    expect(folded[0]).toBe(1);
    expect(folded.reduce((a, b) => a + b)).toBe((59 * 60) / 2);
  });
});
