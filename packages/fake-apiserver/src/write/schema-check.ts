import type { JsonMap } from '../json.ts';
import { applyDefaults } from '../schema/defaults.ts';
import { pruneUnknown } from '../schema/prune.ts';
import { badRequest } from '../status.ts';
import type { WriteRequest } from './write-request.ts';

/**
 * Brings a custom resource into the form of its schema: unknown fields are taken out and, as the
 * request wants it, ignored, warned of or refused (400); defaults are filled in. Changes `object`.
 */
export function conformToSchema(request: WriteRequest, object: JsonMap): void {
  const { type, version } = request.served;
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
