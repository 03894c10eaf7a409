import { typeFaults } from '../fields/typed-check.ts';
import { decodeYaml } from '../http/body.ts';
import { isMap, mapAt, stringAt, type JsonMap } from '../json.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import { badRequest, internalError } from '../status.ts';
import { goTypeOf } from './object-meta.ts';
import type { WriteRequest } from './write-request.ts';

/** What a request applies, from YAML or JSON. Throws 400, and 500 for what is not of its type. */
export function readApplied(request: WriteRequest, body: Buffer): JsonMap {
  const applied = decodeApplied(body);
  requireAppliedType(request, applied);
  const metadata = mapAt(applied, 'metadata');
  if ((metadata?.['managedFields'] ?? null) !== null) {
    throw badRequest('metadata.managedFields must be nil');
  }
  requireTyped(request, applied);
  return applied;
}

/** Throws 400 unless the object says the kind that the URL stands for. */
function requireAppliedType({ served }: WriteRequest, applied: JsonMap): void {
  const apiVersion = stringAt(applied, 'apiVersion') ?? '';
  const kind = stringAt(applied, 'kind') ?? '';
  const { type, version } = served;
  if (apiVersion === apiVersionOf(type.group, version.version) && kind === type.kind) return;
  const grouped = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
  throw badRequest(`invalid object type: ${grouped}, Kind=${kind}`);
}

/** Throws what Kubernetes does for an object that is not of its type: an error without a reason. */
function requireTyped(request: WriteRequest, applied: JsonMap): void {
  const { version } = request.served;
  const faults = typeFaults(applied, version.schema);
  if (faults.length === 0) return;
  const metadata = mapAt(applied, 'metadata');
  const who = `${stringAt(metadata, 'namespace') ?? ''}/${stringAt(metadata, 'name') ?? ''}`;
  const apiVersion = stringAt(applied, 'apiVersion') ?? '';
  const type = `${apiVersion.includes('/') ? '' : '/'}${apiVersion}, Kind=${stringAt(applied, 'kind') ?? ''}`;
  const why =
    faults.length === 1
      ? faults.join('')
      : `errors:\n${faults.map((fault) => `  ${fault}`).join('\n')}`;
  throw internalError(`failed to create typed patch object (${who}; ${type}): ${why}`);
}

function decodeApplied(body: Buffer): JsonMap {
  const text = body.toString();
  const applied = text.trim() === '' ? {} : decodeYaml(text, 'error decoding YAML: ');
  if (applied === null) return {};
  if (isMap(applied)) return applied;
  throw badRequest(
    `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${goTypeOf(applied)} into Go value of type map[string]interface {}`,
  );
}
