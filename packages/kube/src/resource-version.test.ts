import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareResourceVersions } from './resource-version.ts';

describe('compareResourceVersions', () => {
  it('[I26] orders decimal numbers of up to 128 bits by value', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 128n - 1n), fc.bigInt(0n, 2n ** 128n - 1n), (a, b) => {
        const order = compareResourceVersions(String(a), String(b));
        expect(order).toBe(a < b ? -1 : Number(a > b));
      }),
    );
    expect(compareResourceVersions('9007199254740993', '9007199254740992')).toBe(1);
  });

  it('[I26] compares anything else by equality alone', () => {
    for (const odd of ['', 'abc', '01', '-1', '1.5', ' 1', '1'.repeat(40)]) {
      expect(compareResourceVersions(odd, odd)).toBe(0);
      expect(compareResourceVersions(odd, '7')).toBeUndefined();
      expect(compareResourceVersions('7', odd)).toBeUndefined();
    }
  });
});
