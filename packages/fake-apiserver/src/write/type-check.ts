import { showBody } from '../http/body.ts';
import { mapAt, stringAt, type JsonMap } from '../json.ts';
import { BUILT_IN_TYPES } from '../resources/built-ins.ts';
import { apiVersionOf, type ServedType } from '../resources/resource-type.ts';
import { badRequest, invalid } from '../status.ts';
import type { WriteRequest } from './write-request.ts';

/** Throws 400 or 422 unless the object says the version and kind that the URL stands for. */
export function requireType({ served, subresource }: WriteRequest, object: JsonMap): void {
  const expected = apiVersionOf(served.type.group, served.version.version);
  for (const key of ['apiVersion', 'kind']) requireText(served, object, key);
  const apiVersion = stringAt(object, 'apiVersion') ?? '';
  const kind = stringAt(object, 'kind') ?? '';
  if (apiVersion === expected && kind === served.type.kind) return;
  if (served.type.custom) requireCustomType(served, expected, object, subresource);
  else requireBuiltInType(served, expected, apiVersion, kind);
}

function requireText({ type }: ServedType, object: JsonMap, key: string): void {
  const value = object[key] ?? '';
  if (typeof value === 'string') return;
  throw unrecognized(
    type.kind,
    `couldn't get version/kind; json parse error: json: cannot unmarshal ${typeof value} into Go struct field .${key} of type string`,
    object,
  );
}

/** A custom resource must say what it is. */
function requireCustomType(
  { type }: ServedType,
  expected: string,
  object: JsonMap,
  subresource: string | undefined,
): void {
  const apiVersion = stringAt(object, 'apiVersion') ?? '';
  const kind = stringAt(object, 'kind') ?? '';
  if (kind === '') {
    const why = `Object 'Kind' is missing in '${JSON.stringify(object)}'`;
    throw unrecognized(type.kind, why, object);
  }
  if (apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  // The rest of what is written to a subresource is not looked at.
  if (subresource !== undefined) return;
  const name = stringAt(mapAt(object, 'metadata'), 'name') ?? '';
  throw invalid({ group: type.group, kind, name }, [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: "${kind}": must be ${type.kind}`,
      field: 'kind',
    },
  ]);
}

/** Where Kubernetes' types are registered, as its errors name it. */
const SCHEME = 'pkg/runtime/scheme.go:111';

/** What a built-in object leaves off is taken from the URL, as for a typed client. */
function requireBuiltInType(
  { type }: ServedType,
  expected: string,
  givenVersion: string,
  givenKind: string,
): void {
  const apiVersion = givenVersion === '' ? expected : givenVersion;
  const kind = givenKind === '' ? type.kind : givenKind;
  if (apiVersion === expected && kind === type.kind) return;
  const [name = ''] = apiVersion.split('/').slice(-1);
  const known = BUILT_IN_TYPES.some(
    (item) =>
      item.kind === kind &&
      item.versions.some((served) => apiVersionOf(item.group, served.version) === apiVersion),
  );
  const why = known
    ? `converting (${name}.${kind}) to (${packageOf(type.group)}.${type.kind}): unknown conversion`
    : `no kind "${kind}" is registered for version "${apiVersion}" in scheme "${SCHEME}"`;
  throw badRequest(`${kind} in version "${name}" cannot be handled as a ${type.kind}: ${why}`);
}

/** The Go package of a group's internal types. */
function packageOf(group: string): string {
  return group === '' ? 'core' : (group.split('.')[0] ?? group);
}

function unrecognized(kind: string, why: string, object: JsonMap): Error {
  const shown = showBody(JSON.stringify(object));
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): ${why} (${shown})`,
  );
}
