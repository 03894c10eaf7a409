import type { JsonMap } from '../json.ts';
import { conformToType } from '../resources/typed/conform.ts';
import { applyDefaults } from '../schema/defaults.ts';
import { pruneUnknown } from '../schema/prune.ts';
import { objectCauses } from '../schema/validate.ts';
import { badRequest, type Cause } from '../status.ts';
import type { WriteRequest } from './write-request.ts';

/**
 * Brings a custom resource into the form of its schema, and an object of any other kind into that of
 * its Go type: unknown fields are taken out and, as the request wants it, ignored, warned of or
 * refused (400); defaults are filled in. Changes `object`.
 */
export function conformToSchema(request: WriteRequest, object: JsonMap): void {
  const { type, version } = request.served;
  if (!type.custom) {
    conformToType(request, object);
    return;
  }
  if (version.schema === undefined) return;
  const unknown = pruneUnknown(object, version.schema).map((path) => `unknown field "${path}"`);
  if (request.fieldValidation === 'Strict' && unknown.length > 0) {
    throw badRequest(
      `${type.kind} in version "${version.version}" cannot be handled as a ${type.kind}: strict decoding error: ${unknown.join(', ')}`,
    );
  }
  if (request.fieldValidation !== 'Ignore') request.warnings.push(...unknown);
  applyDefaults(object, version.schema);
}

/**
 * What is wrong with a custom resource by its schema. A mistake that was there before is let be
 * (CRD validation ratcheting, KEP-4008).
 */
export function schemaMistakes(
  { served }: WriteRequest,
  before: JsonMap | undefined,
  after: JsonMap,
): Cause[] {
  const { schema } = served.version;
  if (!served.type.custom || schema === undefined) return [];
  const causes = objectCauses(after, schema);
  if (causes.length === 0 || before === undefined) return causes;
  const known = new Set(objectCauses(before, schema).map(textOf));
  return causes.filter((cause) => !known.has(textOf(cause)));
}

function textOf({ field = '', message }: Cause): string {
  return `${field}: ${message}`;
}
