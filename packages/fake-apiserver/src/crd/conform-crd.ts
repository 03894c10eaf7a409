import type { JsonMap } from '../json.ts';
import { badRequest } from '../status.ts';
import type { WriteRequest } from '../write/write-request.ts';
import { CrdDecodeError, readCrd } from './read-crd.ts';

/**
 * Brings a CRD into the form of its Go type, and tells of what the type does not know as the
 * request wants it. Changes `crd`. Throws 400 for a value of a wrong type, and for an unknown field
 * where the request is strict.
 */
export function conformCrd(request: WriteRequest, crd: JsonMap): void {
  const { type, version } = request.served;
  const refuse = (why: string): Error =>
    badRequest(
      `${type.kind} in version "${version.version}" cannot be handled as a ${type.kind}: ${why}`,
    );
  let unknown: string[];
  try {
    unknown = readCrd(crd).map((path) => `unknown field "${path}"`);
  } catch (error) {
    throw error instanceof CrdDecodeError ? refuse(error.message) : error;
  }
  if (unknown.length === 0 || request.fieldValidation === 'Ignore') return;
  if (request.fieldValidation === 'Strict') {
    throw refuse(`strict decoding error: ${unknown.join(', ')}`);
  }
  request.warnings.push(...unknown);
}
