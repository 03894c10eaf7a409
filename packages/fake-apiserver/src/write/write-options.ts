import type { ApiRequest } from '../http/answer.ts';
import { mediaType } from '../http/body.ts';
import { forbidden, invalidText, notSupported, required, tooLong } from '../schema/field-errors.ts';
import { goQuote } from '../schema/go-text.ts';
import { invalid, type Cause } from '../status.ts';
import { APPLY_PATCH } from './patch-types.ts';
import type { WriteRequest } from './write-request.ts';

export type WriteOptions = Pick<WriteRequest, 'manager' | 'dryRun' | 'fieldValidation'>;

/** What the options of a request with this method are called in an error. */
const KINDS: Readonly<Record<string, string>> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
};

/**
 * `CreateOptions`, `UpdateOptions` and `PatchOptions` of meta/v1, from the query; throws 422 for
 * values that they cannot have (apimachinery pkg/apis/meta/v1/validation). A deletion's options are
 * read apart.
 */
export function readWriteOptions({ method, query, headers }: ApiRequest): WriteOptions {
  const kind = KINDS[method];
  const manager = managerOf(query, headers['user-agent']);
  if (kind === undefined) return { manager, dryRun: false, fieldValidation: 'Warn' };
  const dryRun = query.getAll('dryRun');
  const fieldValidation = query.get('fieldValidation') ?? '';
  const causes = [
    ...(method === 'PATCH' ? patchCauses(query, headers['content-type']) : []),
    ...managerCauses(query.get('fieldManager') ?? ''),
    ...dryRunCauses(dryRun),
    ...(isFieldValidation(fieldValidation)
      ? []
      : [notSupported('fieldValidation', fieldValidation, ['', 'Ignore', 'Strict', 'Warn'])]),
  ];
  if (causes.length > 0) throw invalid({ group: 'meta.k8s.io', kind, name: '' }, causes);
  return {
    manager,
    dryRun: dryRun.length > 0,
    fieldValidation: fieldValidation === '' ? 'Warn' : (fieldValidation as 'Warn'),
  };
}

const MAX_MANAGER_LENGTH = 128;

/** The manager asked for, or what the User-Agent starts with, cut where it is too long. */
function managerOf(query: URLSearchParams, userAgent: string | undefined): string {
  const asked = query.get('fieldManager');
  if (asked !== null && asked !== '') return asked;
  const prefix = (userAgent ?? '').split('/')[0] ?? '';
  return (prefix === '' ? 'unknown' : prefix).slice(0, MAX_MANAGER_LENGTH);
}

function isFieldValidation(text: string): boolean {
  return ['', 'Ignore', 'Strict', 'Warn'].includes(text);
}

function dryRunCauses(asked: readonly string[]): Cause[] {
  if (asked.every((value) => value === 'All')) return [];
  const message = `Unsupported value: ${JSON.stringify(asked)}: supported values: "All"`;
  return [{ reason: 'FieldValueNotSupported', message, field: 'dryRun' }];
}

const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

function managerCauses(manager: string): Cause[] {
  const field = 'fieldManager';
  const long = Buffer.byteLength(manager) > MAX_MANAGER_LENGTH;
  const causes = long ? [tooLong(field, MAX_MANAGER_LENGTH)] : [];
  const found = UNPRINTABLE.exec(manager);
  if (found === null) return causes;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const position = Buffer.byteLength(manager.slice(0, found.index));
  const detail = `invalid character U+${code} (at position ${position})`;
  return [...causes, invalidText(field, goQuote(manager), detail)];
}

function patchCauses(query: URLSearchParams, contentType: string | undefined): Cause[] {
  if (mediaType(contentType) === APPLY_PATCH) {
    if ((query.get('fieldManager') ?? '') !== '') return [];
    return [required('fieldManager', 'is required for apply patch')];
  }
  return query.has('force') ? [forbidden('force', 'may not be specified for non-apply patch')] : [];
}
