import { showBody } from '../http/body.ts';
import { mapAt, stringAt, type JsonMap } from '../json.ts';
import { BUILT_IN_TYPES } from '../resources/built-ins.ts';
import { apiVersionOf, type ResourceType, type ServedType } from '../resources/resource-type.ts';
import { invalidValue } from '../schema/field-errors.ts';
import { goJson } from '../schema/go-text.ts';
import { badRequest, invalid } from '../status.ts';
import { DecodeError } from './object-meta.ts';
import type { WriteRequest } from './write-request.ts';

/** Throws 400 or 422 unless the object says the version and kind that the URL stands for. */
export function requireType({ served, subresource }: WriteRequest, object: JsonMap): void {
  const expected = apiVersionOf(served.type.group, served.version.version);
  for (const key of ['apiVersion', 'kind']) requireText(served, object, key);
  const apiVersion = stringAt(object, 'apiVersion') ?? '';
  const kind = stringAt(object, 'kind') ?? '';
  if (apiVersion === expected && kind === served.type.kind) return;
  if (served.type.custom) requireCustomType(served, expected, object, subresource);
  else requireBuiltInType(served, expected, object);
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
    invalidValue('kind', kind, `must be ${type.kind}`),
  ]);
}

/** Where Kubernetes' types are registered, as its errors name it. */
const SCHEME = 'pkg/runtime/scheme.go:111';

/** Throws 400 for another type; what a built-in object leaves off is taken from the URL. */
function requireBuiltInType({ type }: ServedType, expected: string, object: JsonMap): void {
  const why = builtInFault(type, expected, object);
  if (why === undefined) return;
  const kind = givenOr(object, 'kind', type.kind);
  const version = givenOr(object, 'apiVersion', expected).split('/').at(-1) ?? '';
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${type.kind}: ${why}`);
}

function givenOr(object: JsonMap, key: string, fallback: string): string {
  const given = stringAt(object, key) ?? '';
  return given === '' ? fallback : given;
}

/** Why an object is not of a built-in type, in the words of Go's scheme. */
function builtInFault(type: ResourceType, expected: string, object: JsonMap): string | undefined {
  const apiVersion = givenOr(object, 'apiVersion', expected);
  const kind = givenOr(object, 'kind', type.kind);
  if (apiVersion === expected && kind === type.kind) return undefined;
  const known = BUILT_IN_TYPES.some(
    (item) =>
      item.kind === kind &&
      item.versions.some((served) => apiVersionOf(item.group, served.version) === apiVersion),
  );
  const version = apiVersion.split('/').at(-1) ?? '';
  return known
    ? `converting (${version}.${kind}) to (${packageOf(type.group)}.${type.kind}): unknown conversion`
    : `no kind "${kind}" is registered for version "${apiVersion}" in scheme "${SCHEME}"`;
}

/**
 * The same for what a patch made of an object. Throws a `DecodeError`, and 422 for a custom resource
 * that says it is another kind.
 */
export function requirePatchedType({ served }: WriteRequest, object: JsonMap): void {
  const { type, version } = served;
  const expected = apiVersionOf(type.group, version.version);
  const apiVersion = stringAt(object, 'apiVersion') ?? '';
  const kind = stringAt(object, 'kind') ?? '';
  if (apiVersion === expected && kind === type.kind) return;
  if (!type.custom) {
    const why = builtInFault(type, expected, object);
    if (why !== undefined) throw new DecodeError(why);
    return;
  }
  if (kind === '') throw new DecodeError(`Object 'Kind' is missing in '${goJson(object)}'`);
  const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
  const name = stringAt(mapAt(object, 'metadata'), 'name') ?? '';
  throw invalid({ group, kind, name }, [
    ...(kind === type.kind ? [] : [invalidValue('kind', kind, `must be ${type.kind}`)]),
    ...(apiVersion === expected
      ? []
      : [invalidValue('apiVersion', apiVersion, `must be ${expected}`)]),
  ]);
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
