import { conformCrd } from '../crd/conform-crd.ts';
import { applyCrdDefaults, emptyCrd } from '../crd/crd-defaults.ts';
import { isCrdType } from '../crd/crd-type.ts';
import type { JsonMap } from '../json.ts';
import type { ServedType } from '../resources/resource-type.ts';
import { conformToType, emptyOfType } from '../resources/typed/conform.ts';
import { builtInCauses } from '../resources/validation/built-in-causes.ts';
import { customResourceCauses } from '../schema/custom-resource.ts';
import { applyDefaults } from '../schema/defaults.ts';
import { readEmbedded } from '../schema/embedded-objects.ts';
import { pruneUnknown } from '../schema/prune.ts';
import type { Cause } from '../status.ts';
import { reportFields } from './field-validation.ts';
import type { WriteRequest } from './write-request.ts';

/**
 * Brings a custom resource into the form of its schema, and an object of any other kind into that of
 * its Go type: unknown fields are taken out and, as the request wants it, ignored, warned of or
 * refused (a `DecodeError`); defaults are filled in. Changes `object`.
 */
export function conformToSchema(request: WriteRequest, object: JsonMap): void {
  const { type, version } = request.served;
  if (!type.custom) {
    if (isCrdType(type)) {
      conformCrd(request, object);
      applyCrdDefaults(object);
    } else conformToType(request, object);
    return;
  }
  if (version.schema === undefined) return;
  reportFields(request, pruneUnknown(object, version.schema));
  readEmbedded(object, version.schema);
  applyDefaults(object, version.schema);
}

/**
 * What an object is before anything is said of it. What a first writer is recorded to own is the
 * difference to it: Go writes some fields of its types whether they are set or not.
 */
export function emptyObject(served: ServedType): JsonMap {
  if (served.type.custom) return {};
  return isCrdType(served.type) ? emptyCrd() : emptyOfType(served);
}

/** What is wrong with a custom resource by what its CRD declares, with another object by its kind. */
export function schemaMistakes(
  { served, subresource, warnings }: WriteRequest,
  before: JsonMap | undefined,
  after: JsonMap,
): Cause[] {
  if (!served.type.custom) return builtInCauses(served.type, subresource, after, before);
  return customResourceCauses(served.version, subresource, before, after, warnings);
}
