import { stringAt, type JsonMap } from '../json.ts';
import { apiVersionOf, type ServedType } from '../resources/resource-type.ts';
import { badRequest, invalid } from '../status.ts';

/** Throws 400 or 422 unless the object says the version and kind that the URL stands for. */
export function requireType(served: ServedType, object: JsonMap): void {
  const { type, version } = served;
  const expected = apiVersionOf(type.group, version.version);
  const apiVersion = stringAt(object, 'apiVersion') ?? '';
  const kind = stringAt(object, 'kind') ?? '';
  // A typed client leaves both off; a custom resource must say what it is.
  if (!type.custom && apiVersion === '' && kind === '') return;
  if (kind === '') throw unrecognized(type.kind, `Object 'Kind' is missing in`, object);
  if (apiVersion === '') throw unrecognized(type.kind, `Object 'apiVersion' is missing in`, object);
  if (apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  if (kind === type.kind) return;
  if (!type.custom) {
    throw badRequest(`${kind} in version "${version.version}" cannot be handled as a ${type.kind}`);
  }
  throw invalid({ group: type.group, kind, name: '' }, [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: "${kind}": must be ${type.kind}`,
      field: 'kind',
    },
  ]);
}

function unrecognized(kind: string, why: string, object: JsonMap): Error {
  const text = JSON.stringify(object);
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): ${why} '${text}' (${text})`,
  );
}
