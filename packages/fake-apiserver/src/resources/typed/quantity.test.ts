import { expect, it } from 'vitest';
import { canonicalQuantity, milliQuantity, parseQuantity } from './quantity.ts';

it('writes a quantity in the largest unit that leaves it whole', () => {
  const cases: [string, string][] = [
    ['0.5', '500m'],
    ['1000m', '1'],
    ['1024Mi', '1Gi'],
    ['1.5Mi', '1536Ki'],
    ['0.5Ki', '512'],
    ['1023', '1023'],
    ['1000Ki', '1000Ki'],
    ['1000000', '1M'],
    ['2048k', '2048k'],
    ['-1500m', '-1500m'],
    ['0Mi', '0'],
    ['9999999999999999999', '9999999999999999999'],
  ];
  for (const [given, written] of cases) expect(canonicalQuantity(given)).toBe(written);
});

it('keeps the text of an exponent', () => {
  expect([canonicalQuantity('1e3'), canonicalQuantity('12E6')]).toEqual(['1e3', '12E6']);
  expect(parseQuantity('12E6').nano).toBe(12_000_000n * 1_000_000_000n);
});

it('rounds up what is finer than a quantity can be', () => {
  expect(parseQuantity('0.1n').nano).toBe(1n);
  expect(milliQuantity('1.0001')).toBe('1001m');
});

it('refuses what is none, in the words of Kubernetes', () => {
  expect(() => parseQuantity('abc')).toThrow('quantities must match the regular expression');
  expect(() => parseQuantity('1kk')).toThrow(`unable to parse quantity's suffix`);
});
