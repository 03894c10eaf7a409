import type { ServedType } from '../resources/resource-type.ts';
import { unsupportedOption, type Subject } from '../status.ts';

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
  /** What the client is to be warned of; grows while the write is worked on. */
  readonly warnings: string[];
}

export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

/** apiserver pkg/endpoints/handlers/fieldmanager: the manager's name is cut at this length. */
const MAX_MANAGER_LENGTH = 128;

export function managerOf(query: URLSearchParams, userAgent: string | undefined): string {
  const asked = query.get('fieldManager');
  if (asked !== null && asked !== '') return asked;
  const prefix = (userAgent ?? '').split('/')[0] ?? '';
  return (prefix === '' ? 'unknown' : prefix).slice(0, MAX_MANAGER_LENGTH);
}

/** What the options of a request with this method are called in an error. */
export function optionsKind(method: string): string {
  const kinds: Readonly<Record<string, string>> = {
    POST: 'CreateOptions',
    PUT: 'UpdateOptions',
    PATCH: 'PatchOptions',
  };
  return kinds[method] ?? 'DeleteOptions';
}

export function fieldValidationOf(query: URLSearchParams, options: string): FieldValidation {
  const asked = query.get('fieldValidation') ?? '';
  if (asked === '') return 'Warn';
  if (asked === 'Ignore' || asked === 'Warn' || asked === 'Strict') return asked;
  throw unsupportedOption(options, 'fieldValidation', `"${asked}"`, [
    '',
    'Ignore',
    'Strict',
    'Warn',
  ]);
}

export function subjectOf(request: WriteRequest): Subject {
  const { type } = request.served;
  return { group: type.group, resource: type.resource, name: request.name };
}

/** The same, named by kind: what `Invalid` names. */
export function kindSubjectOf(
  served: ServedType,
  name: string,
): { group: string; kind: string; name: string } {
  return { group: served.type.group, kind: served.type.kind, name };
}
