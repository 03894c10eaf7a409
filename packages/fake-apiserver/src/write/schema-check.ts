import { conformCrd } from '../crd/conform-crd.ts';
import { isCrdType } from '../crd/crd-type.ts';
import type { JsonMap } from '../json.ts';
import { conformToType } from '../resources/typed/conform.ts';
import { customResourceCauses } from '../schema/custom-resource.ts';
import { applyDefaults } from '../schema/defaults.ts';
import { readEmbedded } from '../schema/embedded-objects.ts';
import { pruneUnknown } from '../schema/prune.ts';
import { badRequest, type Cause } from '../status.ts';
import { DecodeError } from './object-meta.ts';
import type { WriteRequest } from './write-request.ts';

/**
 * Brings a custom resource into the form of its schema, and an object of any other kind into that of
 * its Go type: unknown fields are taken out and, as the request wants it, ignored, warned of or
 * refused (400); defaults are filled in. Changes `object`.
 */
export function conformToSchema(request: WriteRequest, object: JsonMap): void {
  const { type, version } = request.served;
  if (!type.custom) {
    if (isCrdType(type)) conformCrd(request, object);
    else conformToType(request, object);
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
  try {
    readEmbedded(object, version.schema);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw badRequest(
      `${type.kind} in version "${version.version}" cannot be handled as a ${type.kind}: ${error.message}`,
    );
  }
  applyDefaults(object, version.schema);
}

/** What is wrong with a custom resource by what its CRD declares. */
export function schemaMistakes(
  { served, subresource }: WriteRequest,
  before: JsonMap | undefined,
  after: JsonMap,
): Cause[] {
  if (!served.type.custom) return [];
  return customResourceCauses(served.version, subresource, before, after);
}
