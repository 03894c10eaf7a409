const canonicalDecimal = /^(?:0|[1-9]\d*)$/;
/** Digits of 2^128 - 1: KEP-5504 has resourceVersions as unsigned integers of at most 128 bits. */
const mostDigits = 39;

/**
 * Compares two resourceVersions of the same resource [I26]: -1 where `a` is older, 1 where it is
 * newer, 0 where they are the same text. Undefined where their order cannot be known: one of them
 * is not a decimal number without leading zero (KEP-5504, "Comparable Resource Version").
 */
export function compareResourceVersions(a: string, b: string): -1 | 0 | 1 | undefined {
  if (a === b) {
    return 0;
  }
  if (!isComparable(a) || !isComparable(b)) {
    return undefined;
  }
  if (a.length !== b.length) {
    return a.length < b.length ? -1 : 1;
  }
  return a < b ? -1 : 1;
}

function isComparable(version: string): boolean {
  return version.length <= mostDigits && canonicalDecimal.test(version);
}
