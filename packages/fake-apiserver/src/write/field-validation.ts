import { DecodeError } from './object-meta.ts';
import type { WriteRequest } from './write-request.ts';

/**
 * Tells of keys that the body has twice and of fields that nobody knows, as the request wants it:
 * not at all, as warnings, or by refusing them all (a `DecodeError`). `unknown` are the paths of
 * those fields.
 */
export function reportFields(request: WriteRequest, unknown: readonly string[]): void {
  const found = [
    ...request.duplicates.splice(0),
    ...unknown.map((path) => `unknown field "${path}"`),
  ];
  if (found.length === 0 || request.fieldValidation === 'Ignore') return;
  if (request.fieldValidation === 'Strict') {
    throw new DecodeError(`strict decoding error: ${found.join(', ')}`);
  }
  request.warnings.push(...found);
}
