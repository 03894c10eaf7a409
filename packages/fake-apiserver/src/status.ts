import type { JsonMap } from './json.ts';

/** One reason inside `details.causes`. */
export interface Cause {
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

export interface StatusFields {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: JsonMap;
  /** Carried in `metadata.continue` by an expired list that can be continued inconsistently. */
  readonly continue?: string;
}

/** A failure that is answered as a `Status` object (apimachinery pkg/api/errors). */
export class ApiError extends Error {
  readonly fields: StatusFields;

  constructor(fields: StatusFields) {
    super(fields.message);
    this.name = 'ApiError';
    this.fields = fields;
  }
}

export function statusObject(fields: StatusFields): JsonMap {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: fields.continue === undefined ? {} : { continue: fields.continue },
    status: 'Failure',
    message: fields.message,
    ...(fields.reason === '' ? {} : { reason: fields.reason }),
    ...(fields.details === undefined ? {} : { details: fields.details }),
    code: fields.code,
  };
}

/** What an error names: `resource` is the plural; the core group is the empty string. */
export interface Subject {
  readonly group: string;
  readonly resource: string;
  readonly name?: string;
}

/** `plural.group`; the plural alone in the core group. */
export function qualified(subject: Subject): string {
  return subject.group === '' ? subject.resource : `${subject.resource}.${subject.group}`;
}

function subjectDetails(subject: Subject): JsonMap {
  return {
    ...(subject.name === undefined || subject.name === '' ? {} : { name: subject.name }),
    ...(subject.group === '' ? {} : { group: subject.group }),
    kind: subject.resource,
  };
}

export function notFound(subject: Subject): ApiError {
  return new ApiError({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(subject)} "${subject.name ?? ''}" not found`,
    details: subjectDetails(subject),
  });
}

/** A path below which nothing is served at all: answered as plain text, not as a `Status`. */
export class PageNotFound extends Error {
  constructor() {
    super('404 page not found');
    this.name = 'PageNotFound';
  }
}

/** The answer to a resource that a served group does not have. */
export function noSuchResource(): ApiError {
  return new ApiError({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });
}

export function alreadyExists(subject: Subject): ApiError {
  return new ApiError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualified(subject)} "${subject.name ?? ''}" already exists`,
    details: subjectDetails(subject),
  });
}

export const MODIFIED_SINCE =
  'the object has been modified; please apply your changes to the latest version and try again';

export function conflict(subject: Subject, why: string): ApiError {
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualified(subject)} "${subject.name ?? ''}": ${why}`,
    details: subjectDetails(subject),
  });
}

export function forbidden(subject: Subject, why: string, causes: readonly Cause[] = []): ApiError {
  return new ApiError({
    code: 403,
    reason: 'Forbidden',
    message: `${qualified(subject)} "${subject.name ?? ''}" is forbidden: ${why}`,
    details: {
      ...subjectDetails(subject),
      ...(causes.length === 0 ? {} : { causes: causes.map((cause) => ({ ...cause })) }),
    },
  });
}

/** `group` and `kind` (not the plural) name what was invalid; each cause is one field. */
export function invalid(
  subject: { readonly group: string; readonly kind: string; readonly name: string },
  causes: readonly Cause[],
): ApiError {
  const named = subject.group === '' ? subject.kind : `${subject.kind}.${subject.group}`;
  // Said once, however often it was found.
  const texts = [...new Set(causes.map((cause) => `${cause.field ?? ''}: ${cause.message}`))];
  const all = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `${named} "${subject.name}" is invalid: ${all}`,
    details: {
      ...(subject.name === '' ? {} : { name: subject.name }),
      ...(subject.group === '' ? {} : { group: subject.group }),
      ...(subject.kind === '' ? {} : { kind: subject.kind }),
      causes: causes.map((cause) => ({ ...cause })),
    },
  });
}

export function badRequest(message: string): ApiError {
  return new ApiError({ code: 400, reason: 'BadRequest', message });
}

/** An option of a request that has a value it cannot have. `options` is the kind, as `PatchOptions`. */
export function unsupportedOption(
  options: string,
  field: string,
  value: string,
  supported: readonly string[],
): ApiError {
  const values = supported.map((item) => `"${item}"`).join(', ');
  const message = `Unsupported value: ${value}: supported values: ${values}`;
  return invalid({ group: 'meta.k8s.io', kind: options, name: '' }, [
    { reason: 'FieldValueNotSupported', message, field },
  ]);
}

/** An error that Kubernetes answers without a reason: a plain Go error of its storage. */
export function internalError(message: string): ApiError {
  return new ApiError({ code: 500, reason: '', message });
}

export function expired(message: string, continueToken?: string): ApiError {
  return new ApiError({
    code: 410,
    reason: 'Expired',
    message,
    ...(continueToken === undefined ? {} : { continue: continueToken }),
  });
}

export function tooLargeResourceVersion(asked: number, current: number): ApiError {
  return new ApiError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${asked}, current: ${current}`,
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  });
}

export function methodNotAllowed(): ApiError {
  return new ApiError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

/** The same from the router of custom resources, which names the resource. */
export function methodNotSupported(subject: Subject, action: string): ApiError {
  return new ApiError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: `${action} is not supported on resources of kind "${qualified(subject)}"`,
    details: subjectDetails(subject),
  });
}

export function unauthorized(): ApiError {
  return new ApiError({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
}

export function unsupportedMediaType(accepted: readonly string[]): ApiError {
  return new ApiError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  });
}

export function notAcceptable(accepted: readonly string[]): ApiError {
  return new ApiError({
    code: 406,
    reason: 'NotAcceptable',
    message: `only the following media types are accepted: ${accepted.join(', ')}`,
  });
}

export function bodyTooLarge(limit: number): ApiError {
  return new ApiError({
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: `Request entity too large: limit is ${limit}`,
  });
}
