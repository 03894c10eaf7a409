import type { JsonMap } from '../json.ts';
import { reportFields } from '../write/field-validation.ts';
import type { WriteRequest } from '../write/write-request.ts';
import { unrecognizedFormats } from './crd-formats.ts';
import { readCrd } from './read-crd.ts';
import { unheardRules } from './rule-check.ts';

/**
 * Brings a CRD into the form of its Go type, and tells of what the type does not know as the
 * request wants it. Changes `crd`. Throws a `DecodeError` for a value of a wrong type, and for an
 * unknown field where the request is strict.
 */
export function conformCrd(request: WriteRequest, crd: JsonMap): void {
  reportFields(request, readCrd(crd));
  request.warnings.push(...unheardRules(crd));
  // Of a change Kubernetes tells the formats that are new; here it is silent.
  if (request.name !== '') return;
  request.warnings.push(
    ...unrecognizedFormats(crd).map((format) => `unrecognized format "${format}"`),
  );
}
