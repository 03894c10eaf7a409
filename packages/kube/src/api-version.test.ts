import { describe, expect, it } from 'vitest';
import { compareVersions } from './api-version.ts';
import upstream from './testing/upstream/versions.json' with { type: 'json' };

describe('compareVersions', () => {
  it('prefers what Kubernetes prefers', () => {
    for (const [a, b, order] of upstream as [string, string, number][]) {
      expect([a, b, Math.sign(compareVersions(a, b))]).toEqual([a, b, order]);
    }
  });

  it('sorts the best version first', () => {
    const versions = ['foo1', 'v1alpha1', 'v2', 'v1', 'v10', 'v1beta2', 'v1beta10', 'bar'];
    const best = ['v10', 'v2', 'v1', 'v1beta10', 'v1beta2', 'v1alpha1', 'bar', 'foo1'];
    expect(versions.sort(compareVersions)).toEqual(best);
  });
});
