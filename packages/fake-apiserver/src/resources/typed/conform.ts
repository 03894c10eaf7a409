import type { JsonMap } from '../../json.ts';
import { reportFields } from '../../write/field-validation.ts';
import type { WriteRequest } from '../../write/write-request.ts';
import type { ServedType } from '../resource-type.ts';
import { emptyStruct, isTyped, readTyped } from './read-typed.ts';

/** The Go type of a kind, as the table of messages names it: `coordination.v1.Lease`. */
function messageOf({ type, version }: ServedType): string {
  const group = type.group === '' ? 'core' : (type.group.split('.')[0] ?? '');
  return `${group}.${version.version}.${type.kind}`;
}

/** What Go writes of an object of one of Kubernetes' own kinds with nothing set. */
export function emptyOfType(served: ServedType): JsonMap {
  const message = messageOf(served);
  return isTyped(message) ? emptyStruct(message) : {};
}

/**
 * Brings an object of one of Kubernetes' own kinds into the form of its Go type, and tells of what
 * the type does not know as the request wants it. Changes `object`. Throws a `DecodeError` for a
 * value of a wrong type, and for an unknown field where the request is strict.
 */
export function conformToType(request: WriteRequest, object: JsonMap): void {
  const message = messageOf(request.served);
  if (!isTyped(message)) return;
  reportFields(request, readTyped(message, object));
}
