import type { Environment } from '@marcbachmann/cel-js';
import { parseQuantity, type Quantity } from '../../resources/typed/quantity.ts';
import { RuleCallError } from './cel-functions.ts';

/** A quantity inside of a rule (apiserver pkg/cel/library/quantity.go): `quantity("100Mi")`. */
class RuleQuantity {
  readonly nano: bigint;

  constructor(nano: bigint) {
    this.nano = nano;
  }
}

const NANO = 1_000_000_000n;

const UNREADABLE =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

export function registerQuantities(environment: Environment): Environment {
  const compare = (a: RuleQuantity, b: RuleQuantity): bigint =>
    a.nano === b.nano ? 0n : a.nano < b.nano ? -1n : 1n;
  return environment
    .registerType('Quantity', RuleQuantity)
    .registerFunction('isQuantity(string): bool', (text: string) => read(text) !== undefined)
    .registerFunction('quantity(string): Quantity', (text: string) => {
      const quantity = read(text);
      if (quantity !== undefined) return new RuleQuantity(quantity.nano);
      throw new RuleCallError(UNREADABLE);
    })
    .registerOperator(
      'Quantity == Quantity',
      (a: RuleQuantity, b: RuleQuantity) => a.nano === b.nano,
    )
    .registerFunction('Quantity.compareTo(Quantity): int', compare)
    .registerFunction(
      'Quantity.isGreaterThan(Quantity): bool',
      (a: RuleQuantity, b: RuleQuantity) => a.nano > b.nano,
    )
    .registerFunction(
      'Quantity.isLessThan(Quantity): bool',
      (a: RuleQuantity, b: RuleQuantity) => a.nano < b.nano,
    )
    .registerFunction('Quantity.sign(): int', (a: RuleQuantity) => compare(a, new RuleQuantity(0n)))
    .registerFunction('Quantity.isInteger(): bool', (a: RuleQuantity) => a.nano % NANO === 0n)
    .registerFunction('Quantity.asInteger(): int', (a: RuleQuantity) => {
      if (a.nano % NANO === 0n) return a.nano / NANO;
      throw new RuleCallError('cannot convert value to integer');
    })
    .registerFunction(
      'Quantity.asApproximateFloat(): double',
      (a: RuleQuantity) => Number(a.nano) / Number(NANO),
    )
    .registerFunction(
      'Quantity.add(int): Quantity',
      (a: RuleQuantity, b: bigint) => new RuleQuantity(a.nano + b * NANO),
    )
    .registerFunction(
      'Quantity.add(Quantity): Quantity',
      (a: RuleQuantity, b: RuleQuantity) => new RuleQuantity(a.nano + b.nano),
    )
    .registerFunction(
      'Quantity.sub(int): Quantity',
      (a: RuleQuantity, b: bigint) => new RuleQuantity(a.nano - b * NANO),
    )
    .registerFunction(
      'Quantity.sub(Quantity): Quantity',
      (a: RuleQuantity, b: RuleQuantity) => new RuleQuantity(a.nano - b.nano),
    );
}

function read(text: string): Quantity | undefined {
  try {
    return parseQuantity(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
