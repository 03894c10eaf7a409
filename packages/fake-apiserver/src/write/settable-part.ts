import { mapAt, type JsonMap } from '../json.ts';
import { metadataKeptByStatus } from './strategies.ts';
import type { WriteRequest } from './write-request.ts';

/** What says which object is meant, and is nobody's. */
const IDENTITY = ['name', 'namespace', 'uid', 'resourceVersion'];

/**
 * An object without what an endpoint puts back whatever is said there, and what nobody can therefore
 * come to own there: a status at the main endpoint, all but the status at `/status` (the strategies'
 * `GetResetFields`).
 */
export function settablePart({ served, subresource }: WriteRequest, object: JsonMap): JsonMap {
  const { type, version } = served;
  if (subresource === 'status') {
    const { spec: _spec, ...rest } = object;
    const metadata = Object.entries(mapAt(object, 'metadata') ?? {}).filter(([key]) =>
      type.custom ? IDENTITY.includes(key) : !metadataKeptByStatus(type).includes(key),
    );
    return { ...rest, metadata: Object.fromEntries(metadata) };
  }
  if (!version.status) return object;
  const { status: _status, ...rest } = object;
  return rest;
}
