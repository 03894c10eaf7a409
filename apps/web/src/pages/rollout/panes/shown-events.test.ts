// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { lengthComparison, runLength } from './run-span.ts';
import { branchOf } from './shown-events.ts';

const node = (uid: string, parent?: string) => ({
  uid,
  resource: { group: '', version: 'v1', resource: 'pods' },
  kind: 'Pod',
  namespace: 'shop',
  name: uid,
  created: 0,
  health: { status: 'healthy' as const },
  bars: [],
  ...(parent === undefined ? {} : { parent }),
});

describe('a branch', () => {
  it('is a node and all below it', () => {
    const nodes = [node('a'), node('b', 'a'), node('c', 'b'), node('d', 'a')];
    const map = new Map(nodes.map((one) => [one.uid, one]));
    expect([...branchOf(map, 'b')].toSorted()).toEqual(['b', 'c']);
    expect(branchOf(map, 'a').size).toBe(4);
  });

  it('ends where nodes own each other', () => {
    const nodes = [node('a', 'b'), node('b', 'a')];
    const map = new Map(nodes.map((one) => [one.uid, one]));
    expect([...branchOf(map, 'a')].toSorted()).toEqual(['a', 'b']);
  });
});

describe('how long a rollout took', () => {
  it('is not known where nobody saw its beginning or its end', () => {
    expect(runLength({ outcome: 'healthy', steps: [], ended: 5 }, 9)).toBeUndefined();
    expect(runLength({ outcome: 'unknown', steps: [], started: 5 }, 9)).toBeUndefined();
  });

  it('grows while it is under way', () => {
    expect(runLength({ outcome: 'under way', steps: [], started: 5 }, 9)).toBe(4);
    expect(runLength({ outcome: 'healthy', steps: [], started: 5, ended: 6 }, 9)).toBe(1);
  });

  it('is compared with the one before only where both are known', () => {
    expect(lengthComparison(undefined, 5)).toBeUndefined();
    expect(lengthComparison(5_500, 5_000)).toBe('same');
    expect(lengthComparison(9_000, 5_000)).toEqual({ longer: 4_000 });
    expect(lengthComparison(5_000, 9_000)).toEqual({ shorter: 4_000 });
  });
});
