/** A number as the server wrote it: near enough as a double, exact by its digits. */
export interface NumberRank {
  readonly near: number;
  readonly text: string;
}

/** Undefined when the text is not a number as JSON writes them. */
export function numberRank(text: string): NumberRank | undefined {
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? { near: Number(text), text } : undefined;
}

/** digits × 10^exponent */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

function decimalOf(text: string): Decimal {
  const [mantissa = '0', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** Aligning exponents further apart than this would take digits without end. */
const maxShift = 2000;

/**
 * Compares by value: doubles decide where they differ, digits where they round to the same.
 * Two infinities (1e400, 1e500) and numbers with absurd exponents count as equal.
 */
export function compareNumbers(a: NumberRank, b: NumberRank): number {
  if (a.near !== b.near) return a.near < b.near ? -1 : 1;
  if (a.text === b.text) return 0;
  const left = decimalOf(a.text);
  const right = decimalOf(b.text);
  const shift = left.exponent - right.exponent;
  if (!(Math.abs(shift) <= maxShift)) return 0;
  const x = shift > 0 ? left.digits * 10n ** BigInt(shift) : left.digits;
  const y = shift < 0 ? right.digits * 10n ** BigInt(-shift) : right.digits;
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
