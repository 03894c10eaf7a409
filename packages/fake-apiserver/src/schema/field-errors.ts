import type { Json } from '../json.ts';
import type { Cause } from '../status.ts';
import { goQuote, valueText } from './go-text.ts';

/**
 * The errors of apimachinery pkg/util/validation/field, as the causes that a client reads. A path
 * is the empty string where Kubernetes has none.
 */

/** What Kubernetes says for a path that there is not. */
export const NO_PATH = '<nil>';

function fieldError(reason: string, field: string, title: string, detail: string): Cause {
  const message = detail === '' ? title : `${title}: ${detail}`;
  return { reason, message, field: field === '' ? NO_PATH : field };
}

export function required(field: string, detail = ''): Cause {
  return fieldError('FieldValueRequired', field, 'Required value', detail);
}

export function forbidden(field: string, detail: string): Cause {
  return fieldError('FieldValueForbidden', field, 'Forbidden', detail);
}

export function invalidValue(field: string, value: Json | undefined, detail: string): Cause {
  return invalidText(field, valueText(value), detail);
}

/** The same for a value that is already written as it is to be shown. */
export function invalidText(field: string, text: string, detail: string): Cause {
  return fieldError('FieldValueInvalid', field, `Invalid value: ${text}`, detail);
}

export function typeInvalid(field: string, value: Json, detail: string): Cause {
  return fieldError('FieldValueTypeInvalid', field, `Invalid value: ${valueText(value)}`, detail);
}

export function notSupported(field: string, value: Json, supported: readonly string[]): Cause {
  const detail =
    supported.length === 0
      ? ''
      : `supported values: ${supported.map((item) => goQuote(item)).join(', ')}`;
  return fieldError(
    'FieldValueNotSupported',
    field,
    `Unsupported value: ${valueText(value)}`,
    detail,
  );
}

export function duplicate(field: string, value: Json): Cause {
  return fieldError('FieldValueDuplicate', field, `Duplicate value: ${valueText(value)}`, '');
}

export function tooLong(field: string, limit: number): Cause {
  const unit = limit === 1 ? 'byte' : 'bytes';
  return fieldError(
    'FieldValueTooLong',
    field,
    'Too long',
    `may not be more than ${limit} ${unit}`,
  );
}

export function tooMany(field: string, actual: number, limit: number): Cause {
  const unit = limit === 1 ? 'item' : 'items';
  const detail = `must have at most ${limit} ${unit}`;
  return fieldError('FieldValueTooMany', field, `Too many: ${actual}`, detail);
}

/** `spec` and `size` make `spec.size`; the first name of a path stands alone. */
export function child(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A key of a map or an index: `labels[app]`. */
export function at(path: string, key: string | number): string {
  return `${path}[${key}]`;
}
