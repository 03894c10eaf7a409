import type { LosslessNumber } from '@kindscope/kube';
import { invalidValue, NO_PATH, tooLong, typeInvalid } from './field-errors.ts';
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
  const number = goNumber(value);
  const range = rangeOf(schema);
  range(out, number, 'Checked', path);
  const refuse = (why: string): void => {
    addCause(out, invalidValue(path, value, `${path} in body should be ${why}`));
  };
  // A bound that the type cannot hold is itself a mistake; the value is held against it all the same.
  const bound = (limit: number, title: string): number => {
    const isGood = range(out, goNumber(limit), title, path);
    return number.integer && isGood ? Math.trunc(limit) : limit;
  };
  if (multipleOf !== undefined) {
    const factor = bound(multipleOf, 'MultipleOf');
    if (factor <= 0) {
      const why = `factor MultipleOf declared for ${path} must be positive: ${goFloat(factor)}`;
      addCause(out, invalidValue(path, factor, why));
    } else if (!isMultiple(number, factor)) refuse(`a multiple of ${limitText(number, factor)}`);
  }
  if (minimum !== undefined) {
    const limit = bound(minimum, 'Minimum boundary');
    const { exclusiveMinimum: exclusive } = schema;
    if (exclusive ? number.value <= limit : number.value < limit) {
      refuse(`greater than ${exclusive ? '' : 'or equal to '}${limitText(number, limit)}`);
    }
  }
  if (maximum !== undefined) {
    const limit = bound(maximum, 'Maximum boundary');
    const { exclusiveMaximum: exclusive } = schema;
    if (exclusive ? number.value >= limit : number.value > limit) {
      refuse(`less than ${exclusive ? '' : 'or equal to '}${limitText(number, limit)}`);
    }
  }
}

/** A limit is written as an integer where the value is one, otherwise as a float. */
function limitText(number: GoNumber, limit: number): string {
  return number.integer && Number.isInteger(limit) ? String(limit) : goFloat(limit);
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

function isMultiple(number: GoNumber, factor: number): boolean {
  if (number.integer && Number.isInteger(factor)) {
    return BigInt(number.text) % BigInt(factor) === 0n;
  }
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
