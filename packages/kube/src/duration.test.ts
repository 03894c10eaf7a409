import { describe, expect, it } from 'vitest';
import { humanDuration } from './duration.ts';
import upstream from './testing/upstream/durations.json' with { type: 'json' };

describe('humanDuration', () => {
  it('prints ages as kubectl does', () => {
    for (const [ms, text] of upstream as [number, string][]) {
      expect([ms, humanDuration(ms)]).toEqual([ms, text]);
    }
  });

  it('has no age for what is no time', () => {
    expect(humanDuration(Number.NaN)).toBe('<invalid>');
  });
});
