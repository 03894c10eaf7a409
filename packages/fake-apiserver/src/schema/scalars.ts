import type { LosslessNumber } from '@kindscope/kube';
import { stringAt, type JsonMap } from '../json.ts';
import type { Cause } from '../status.ts';

export function invalidValue(field: string, value: unknown, why: string): Cause {
  const message = `Invalid value: ${JSON.stringify(value)}: ${why}`;
  return { reason: 'FieldValueInvalid', message, field };
}

/** The nearest double: near enough to compare with the bounds of a schema. */
export function numberOf(value: number | LosslessNumber): number {
  return typeof value === 'number' ? value : Number(value.rawJSON);
}

/** The first thing that is wrong with a text: its length before its pattern. */
export function stringCauses(text: string, schema: JsonMap, path: string): Cause[] {
  const { maxLength, minLength } = schema;
  // Kubernetes counts characters, whatever its message says.
  const length = Array.from(text).length;
  if (typeof maxLength === 'number' && length > maxLength) {
    const message = `Too long: may not be more than ${maxLength} bytes`;
    return [{ reason: 'FieldValueTooLong', message, field: path }];
  }
  if (typeof minLength === 'number' && length < minLength) {
    return [invalidValue(path, text, `${path} in body should be at least ${minLength} chars long`)];
  }
  const pattern = stringAt(schema, 'pattern');
  if (pattern !== undefined && !matches(pattern, text)) {
    return [invalidValue(path, text, `${path} in body should match '${pattern}'`)];
  }
  return formatCauses(text, schema, path);
}

/** A pattern that this engine cannot read (Go's syntax has a little of its own) refuses nothing. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}

const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

function formatCauses(text: string, schema: JsonMap, path: string): Cause[] {
  if (schema['format'] !== 'date-time' || DATE_TIME.test(text)) return [];
  const value = JSON.stringify(text);
  const message = `Invalid value: ${value}: ${path} in body must be of type date-time: ${value}`;
  return [{ reason: 'FieldValueTypeInvalid', message, field: path }];
}

export function numberCauses(
  value: number | LosslessNumber,
  schema: JsonMap,
  path: string,
): Cause[] {
  const number = numberOf(value);
  const { multipleOf, maximum, minimum } = schema;
  const causes = [...rangeCauses(number, schema, path)];
  const wrong = (why: string): void => {
    causes.push(invalidValue(path, value, `${path} in body should be ${why}`));
  };
  if (typeof multipleOf === 'number' && !Number.isInteger(number / multipleOf)) {
    wrong(`a multiple of ${multipleOf}`);
  }
  if (typeof maximum === 'number') {
    if (schema['exclusiveMaximum'] === true) {
      if (number >= maximum) wrong(`less than ${maximum}`);
    } else if (number > maximum) wrong(`less than or equal to ${maximum}`);
  }
  if (typeof minimum === 'number') {
    if (schema['exclusiveMinimum'] === true) {
      if (number <= minimum) wrong(`greater than ${minimum}`);
    } else if (number < minimum) wrong(`greater than or equal to ${minimum}`);
  }
  return causes;
}

/** `format: int32`, whose message names the field in its text alone. */
function rangeCauses(number: number, schema: JsonMap, path: string): Cause[] {
  if (schema['format'] !== 'int32' || Math.trunc(number) === (number | 0)) return [];
  const why = `Checked value must be of type integer with format int32 in ${path}`;
  return [invalidValue('<nil>', '', why)];
}
