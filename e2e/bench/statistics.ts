/** The p-th percentile (0–100) by nearest rank. @throws RangeError without values. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(0, Math.ceil((p / 100) * sorted.length) - 1);
  const value = sorted[rank];
  if (value === undefined) throw new RangeError('No values to take a percentile of.');
  return value;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
