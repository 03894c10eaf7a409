import { stringAt, type JsonMap } from '../json.ts';
import { apiVersionOf, type ServedType } from '../resources/resource-type.ts';
import { badRequest } from '../status.ts';

/** Throws 400 unless the object says the version and kind that the URL stands for. */
export function requireType(served: ServedType, object: JsonMap): void {
  const { type, version } = served;
  const expected = apiVersionOf(type.group, version.version);
  const apiVersion = stringAt(object, 'apiVersion') ?? '';
  const kind = stringAt(object, 'kind') ?? '';
  // A typed client leaves both off; a custom resource must say what it is.
  if (!type.custom && apiVersion === '' && kind === '') return;
  if (kind === '') {
    throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(object)}'`);
  }
  if (apiVersion === '') {
    throw badRequest(`Object 'apiVersion' is missing in '${JSON.stringify(object)}'`);
  }
  if (apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  if (kind !== type.kind) {
    throw badRequest(
      `${kind} in version "${version.version}" cannot be handled as a ${type.kind}: converting (${apiVersion}, Kind=${kind}) to (${expected}, Kind=${type.kind}): unknown conversion`,
    );
  }
}
