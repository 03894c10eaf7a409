import type { ServedType } from '../resources/resource-type.ts';
import type { Subject } from '../status.ts';

/** What every write needs to know of its request. */
export interface WriteRequest {
  readonly served: ServedType;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string | undefined;
  /** The field manager: `fieldManager`, or what the User-Agent starts with. */
  readonly manager: string;
  readonly dryRun: boolean;
  readonly fieldValidation: FieldValidation;
  /** Keys that the body has twice, each as Kubernetes names it; told of when the body is read. */
  readonly duplicates: string[];
  /** What the client is to be warned of; grows while the write is worked on. */
  readonly warnings: string[];
}

export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

export function subjectOf(request: WriteRequest): Subject {
  const { type } = request.served;
  return { group: type.group, resource: type.resource, name: request.name };
}

/** The same, named by kind: what `Invalid` names. */
export function kindSubjectOf(
  served: ServedType,
  name: string,
): { group: string; kind: string; name: string } {
  const { group, kind } = served.type.storedAs ?? served.type;
  return { group, kind, name };
}
