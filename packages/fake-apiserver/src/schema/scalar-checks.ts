import type { LosslessNumber } from '@kindscope/kube';
import { invalidText, invalidValue, NO_PATH, tooLong, typeInvalid } from './field-errors.ts';
import { addCause, type Findings } from './findings.ts';
import { hasFormat } from './formats.ts';
import { goFloat, goNumber, goQuote, plainDigits, type GoNumber } from './go-text.ts';
import type { Schema } from './schema.ts';

/** The first thing that is wrong with a text: its length before its pattern. */
export function checkString(out: Findings, text: string, schema: Schema, path: string): void {
  const { maxLength, minLength, pattern } = schema;
  if (maxLength !== undefined && text.length > maxLength && characters(text) > maxLength) {
    addCause(out, tooLong(path, maxLength));
  } else if (minLength !== undefined && characters(text) < minLength) {
    const why = `${path} in body should be at least ${minLength} chars long`;
    addCause(out, invalidValue(path, text, why));
  } else if (pattern?.expression?.test(text) === false) {
    addCause(out, invalidValue(path, text, `${path} in body should match '${pattern.source}'`));
  }
}

/** Kubernetes counts code points, whatever its messages say. */
function characters(text: string): number {
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}

export function checkFormat(out: Findings, text: string, schema: Schema, path: string): void {
  if (schema.format === '' || hasFormat(schema.format, text)) return;
  const why = `${path} in body must be of type ${schema.format}: ${goQuote(text)}`;
  addCause(out, typeInvalid(path, text, why));
}

/** kube-openapi pkg/validation/validate/validator.go numberValidator. */
export function checkNumber(
  out: Findings,
  value: number | LosslessNumber,
  schema: Schema,
  path: string,
): void {
  out.matches += 1;
  const { multipleOf, minimum, maximum, format, types } = schema;
  const isBounded = multipleOf !== undefined || minimum !== undefined || maximum !== undefined;
  if (!isBounded && format === '' && types[0] !== 'integer') return;
  const isPlain = typeof value === 'number' && Number.isSafeInteger(value);
  // Most numbers are good, and are seen to be without reading their limits.
  if (isPlain && isWithin(value, schema)) return;
  const number = goNumber(value);
  const range = rangeOf(schema);
  range(out, number, 'Checked', path);
  const refuse = (why: string, shown: string): void => {
    addCause(out, invalidText(path, shown, `${path} in body should be ${why}`));
  };
  if (multipleOf !== undefined) {
    const { limit, shown, exact } = boundFor(multipleOf, 'MultipleOf');
    if (limit <= 0) {
      const why = `factor MultipleOf declared for ${path} must be positive: ${goFloat(limit)}`;
      addCause(out, invalidText(path, goFloat(limit), why));
    } else if (!isMultiple(number, limit, exact)) {
      refuse(`a multiple of ${limitText(limit, exact)}`, shown);
    }
  }
  if (minimum !== undefined) {
    const { limit, shown, exact } = boundFor(minimum, 'Minimum boundary');
    const { exclusiveMinimum: exclusive } = schema;
    if (exclusive ? number.value <= limit : number.value < limit) {
      const text = limitText(limit, exact);
      refuse(`greater than ${exclusive ? '' : 'or equal to '}${text}`, shown);
    }
  }
  if (maximum !== undefined) {
    const { limit, shown, exact } = boundFor(maximum, 'Maximum boundary');
    const { exclusiveMaximum: exclusive } = schema;
    if (exclusive ? number.value >= limit : number.value > limit) {
      const text = limitText(limit, exact);
      refuse(`less than ${exclusive ? '' : 'or equal to '}${text}`, shown);
    }
  }

  // A limit that the type cannot hold is itself a mistake, and then both count as floats; else
  // an integer is held against the whole part of its limit.
  function boundFor(limit: number, title: string): Bound {
    const isGood = range(out, goNumber(limit), title, path);
    return isGood && number.integer
      ? { limit: asInt64(limit), shown: number.text, exact: true }
      : { limit, shown: goFloat(number.value), exact: false };
  }
}

/** Whether a small integer has nothing that is wrong with it; false where that is to be seen. */
function isWithin(value: number, { multipleOf, minimum, maximum, format }: Schema): boolean {
  if (multipleOf !== undefined || (format !== '' && format !== 'int32')) return false;
  if (format === 'int32' && value !== (value | 0)) return false;
  return isBelow(minimum, value) && isBelow(value, maximum);
}

/** Limits that are small integers themselves have no mistakes of their own. */
function isBelow(low: number | undefined, high: number | undefined): boolean {
  if (low === undefined || high === undefined) return true;
  return low < high && Number.isSafeInteger(low) && Number.isSafeInteger(high);
}

interface Bound {
  readonly limit: number;
  /** The value as an error shows it. */
  readonly shown: string;
  readonly exact: boolean;
}

function limitText(limit: number, exact: boolean): string {
  return exact ? String(BigInt(limit)) : goFloat(limit);
}

/** A float64 as an int64: beyond its range Go gives the smallest. */
function asInt64(value: number): number {
  return Math.abs(value) < 2 ** 63 ? Math.trunc(value) : -(2 ** 63);
}

type RangeCheck = (out: Findings, number: GoNumber, title: string, path: string) => boolean;

/** Says when a number is out of the range of the schema's type and format. */
function rangeOf({ types, format }: Schema): RangeCheck {
  const type = types.length === 1 ? types[0] : undefined;
  return (out, number, title, path) => {
    if (inRange(number, type, format)) return true;
    const shown = format === '' ? '(default format)' : `with format ${format}`;
    const why = `${title} value must be of type ${type ?? ''} ${shown} in ${path}`;
    addCause(out, invalidValue(NO_PATH, '', why));
    return false;
  };
}

const FLOAT32_MAX = 3.4028235677973366e38;

function inRange(number: GoNumber, type: string | undefined, format: string): boolean {
  if (type === 'number') return format !== 'float' || Math.abs(number.value) < FLOAT32_MAX;
  if (type !== 'integer') return true;
  if (format === 'int32' && Math.trunc(number.value) !== (number.value | 0)) return false;
  return (
    number.integer ||
    (Number.isInteger(number.value) && goNumber(Number(plainDigits(number.value))).integer)
  );
}

function isMultiple(number: GoNumber, factor: number, exact: boolean): boolean {
  if (exact) return BigInt(number.text) % BigInt(factor) === 0n;
  return isNearlyInteger(factor < 1 ? (1 / factor) * number.value : number.value / factor);
}

const EPSILON = 1e-9;

/** go-openapi/swag IsFloat64AJSONInteger. */
export function isNearlyInteger(value: number): boolean {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return false;
  if (Number.isInteger(value)) return true;
  if (value < 0) return false;
  const whole = Math.floor(value);
  return whole !== 0 && (value - whole) / (value + whole) < EPSILON;
}
