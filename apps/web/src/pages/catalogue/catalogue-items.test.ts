// @vitest-environment node
import type { ResourceInfo } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { resourceInfo } from '../../testing/resource-info.ts';
import {
  byGroup,
  isCustom,
  matchesSearch,
  needsAttention,
  perMinute,
  sumUp,
} from './catalogue-items.ts';

const rollout = resourceInfo({
  group: 'argoproj.io',
  resource: 'rollouts',
  kind: 'Rollout',
  shortNames: ['ro'],
});

describe('the catalogue', () => {
  it('finds a kind by every word of the search, in its names and its group', () => {
    for (const search of ['', 'roll', 'RO argo', 'argoproj.io', 'rollouts']) {
      expect({ search, found: matchesSearch(rollout, search) }).toEqual({ search, found: true });
    }
    expect(matchesSearch(rollout, 'roll istio')).toBe(false);
  });

  it('tells custom from built in by the group where it may not list CRDs', () => {
    const { crd: _, ...bare } = rollout;
    expect(isCustom(bare)).toBe(true);
    expect(isCustom(resourceInfo({ group: 'apps', crd: undefined }))).toBe(false);
    expect(isCustom(resourceInfo({ group: '', crd: undefined }))).toBe(false);
  });

  it('makes no rate up for what nobody watches', () => {
    expect(perMinute({ watch: 'unwatched' })).toBeUndefined();
    expect(perMinute({ watch: 'stale', rate: [9] })).toBeUndefined();
    expect(perMinute({ watch: 'live', rate: [9, 9, 0, 0, 0, 0, 10] })).toBe(2);
    expect(sumUp([rollout]).perMinute).toBeUndefined();
  });

  it('sums up what is counted and says how many kinds are not', () => {
    const counted = resourceInfo({
      id: 'a/b',
      count: { value: 38, source: 'cache', at: '2026-11-22T14:00:00Z' },
      watch: 'live',
      rate: [0, 0, 0, 5, 5],
    });
    const broken = resourceInfo({ id: 'a/c', watch: 'forbidden' });
    expect([counted, broken, rollout].filter(needsAttention)).toEqual([broken]);
    expect(sumUp([counted, broken, rollout])).toEqual({
      objects: 38,
      uncounted: 2,
      perMinute: 2,
    });
  });

  it('groups by API group in the order that comes', () => {
    const items: readonly ResourceInfo[] = [
      resourceInfo({ id: 'a/x', group: 'a' }),
      resourceInfo({ id: 'b/x', group: 'b' }),
      resourceInfo({ id: 'a/y', group: 'a' }),
    ];
    expect(byGroup(items).map(({ group, items }) => [group, items.length])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });
});
