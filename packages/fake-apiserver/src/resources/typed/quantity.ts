/**
 * Kubernetes' quantities (apimachinery pkg/api/resource): a number with a suffix, kept exactly in
 * billionths, which is as fine as they go.
 */
export interface Quantity {
  readonly nano: bigint;
  readonly format: 'decimal' | 'binary' | 'exponent';
}

const DECIMAL: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const SHAPE = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;
const EXPONENT = /^[eE]([+-]?\d+)$/;

const WRONG_SHAPE = `quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`;
const WRONG_SUFFIX = `unable to parse quantity's suffix`;

/** Throws a RangeError with Kubernetes' message for what is none. */
export function parseQuantity(text: string): Quantity {
  const [, sign = '', whole = '', fraction = '', suffix = ''] = SHAPE.exec(text) ?? [];
  if (whole === '' && fraction === '') throw new RangeError(WRONG_SHAPE);
  const { format, multiply, power } = readSuffix(suffix);
  const digits = BigInt(whole + fraction) * multiply;
  const nano = scaled(digits, 9 + power - fraction.length);
  return { nano: sign === '-' ? -nano : nano, format };
}

function readSuffix(suffix: string): {
  format: Quantity['format'];
  multiply: bigint;
  power: number;
} {
  const power = DECIMAL.get(suffix);
  if (power !== undefined) return { format: 'decimal', multiply: 1n, power };
  const binary = BINARY.indexOf(suffix);
  if (binary >= 0) return { format: 'binary', multiply: 1024n ** BigInt(binary + 1), power: 0 };
  const exponent = EXPONENT.exec(suffix)?.[1];
  if (exponent === undefined) throw new RangeError(WRONG_SUFFIX);
  return { format: 'exponent', multiply: 1n, power: Number(exponent) };
}

/** `digits × 10^power`; what is finer than one is rounded up. */
function scaled(digits: bigint, power: number): bigint {
  if (power >= 0) return digits * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (digits + divisor - 1n) / divisor;
}

/** The form in which Kubernetes writes it; other texts for the same quantity become this one. */
export function canonicalQuantity(text: string): string {
  const quantity = parseQuantity(text);
  // Kubernetes keeps the text of these as it came.
  if (quantity.format === 'exponent' || /^\+|\.$/.test(text)) return text;
  return formatQuantity(quantity);
}

function formatQuantity({ nano, format }: Quantity): string {
  if (nano === 0n) return '0';
  const sign = nano < 0n ? '-' : '';
  const size = nano < 0n ? -nano : nano;
  const binary = format === 'binary' && size >= 1024n * NANO && size % NANO === 0n;
  return sign + (binary ? binaryText(size / NANO) : decimalText(size));
}

const NANO = 1_000_000_000n;

function binaryText(whole: bigint): string {
  let rest = whole;
  let unit = -1;
  while (rest % 1024n === 0n && unit < BINARY.length - 1) {
    rest /= 1024n;
    unit += 1;
  }
  return `${rest}${BINARY[unit] ?? ''}`;
}

function decimalText(nano: bigint): string {
  let rest = nano;
  for (const suffix of DECIMAL.keys()) {
    if (rest % 1000n !== 0n || suffix === 'E') return `${rest}${suffix}`;
    rest /= 1000n;
  }
  return String(rest);
}

/** Rounded up to thousandths, which is as fine as a container's resources go. */
export function milliQuantity(text: string): string {
  const quantity = parseQuantity(text);
  const milli = 1_000_000n;
  if (quantity.nano % milli === 0n) return text;
  const up = (quantity.nano + milli - 1n) / milli;
  return formatQuantity({ ...quantity, nano: up * milli });
}
