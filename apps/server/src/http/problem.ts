import { STATUS_CODES } from 'node:http';
import type { Fault, Problem } from '@kindscope/protocol';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { nearestNames } from '../catalog/nearest-names.ts';
import type { App } from './app.ts';

/** What becomes of a fault as an answer; codes without an entry are the asker's mistake. */
const statusByCode: Readonly<Record<string, number>> = {
  'unknown-resource': 404,
  'unknown-object': 404,
  'unknown-change': 404,
  'unknown-revision': 404,
  'not-watched-then': 404,
  'not-found': 404,
  'no-demo': 404,
  'unknown-scenario': 404,
  unauthorized: 401,
  forbidden: 403,
  'namespace-not-watched': 403,
  'origin-not-allowed': 403,
  'host-not-allowed': 421,
  'kept-by-flag': 409,
  'too-many-pins': 409,
  'scenario-running': 409,
  'too-many-attempts': 429,
  'too-many-requests': 429,
  'too-deep': 406,
  'cluster-unreachable': 503,
  'not-known-yet': 503,
  'demo-failed': 502,
  internal: 500,
};

export const problemType = 'application/problem+json; charset=utf-8';

/** RFC 9457. The type is a URN: there is no page to point to that would work without the internet. */
export function toProblem(fault: Fault, status = statusByCode[fault.code] ?? 400): Problem {
  return {
    type: `urn:kindscope:problem:${fault.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: fault.code,
    detail: fault.detail,
    ...(fault.remedy !== undefined && { remedy: fault.remedy }),
  };
}

export function sendProblem(reply: FastifyReply, fault: Fault, status?: number): FastifyReply {
  const problem = toProblem(fault, status);
  return reply.code(problem.status).header('content-type', problemType).send(problem);
}

/** Thrown where a handler cannot return the fault itself. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.detail);
    this.fault = fault;
  }
}

/** An address that no route could be looked up for: hooks do not run, and nothing of it is repeated. */
export function answerBadAddress(
  error: FastifyError,
  _request: unknown,
  reply: FastifyReply,
): void {
  reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  const detail =
    error.code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? 'A part of the address is longer than any name.'
      : 'The address of the request cannot be decoded.';
  sendProblem(reply, { code: 'bad-address', detail }, error.statusCode);
}

/** Every error of every route leaves as a problem document. */
export function registerProblems(app: App): void {
  app.setErrorHandler((error: FastifyError | ProblemError, request, reply) => {
    if (error instanceof ProblemError) return sendProblem(reply, error.fault);
    const status = error.statusCode ?? 500;
    if (error.validation !== undefined) {
      return sendProblem(reply, validationFault(error, request), 400);
    }
    if (status >= 500) {
      request.log.error({ err: error }, 'a request failed');
      return sendProblem(reply, internalFault, 500);
    }
    return sendProblem(
      reply,
      { code: requestCode(error), detail: sentence(error.message) },
      status,
    );
  });
}

const internalFault: Fault = {
  code: 'internal',
  detail: 'Kindscope failed to answer this: a bug.',
  remedy: 'The terminal it was started in has the error; please report it.',
};

/** Fastify's `FST_ERR_CTP_BODY_TOO_LARGE` → `ctp-body-too-large`; not every plugin's error has a code. */
function requestCode(error: Partial<FastifyError>): string {
  return (error.code ?? 'bad-request')
    .replace(/^FST_(ERR_)?/, '')
    .toLowerCase()
    .replaceAll('_', '-');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function validationFault(error: FastifyError, request: FastifyRequest): Fault {
  const [first] = error.validation ?? [];
  const where = error.validationContext === 'querystring' ? 'query parameter' : 'value';
  if (first?.keyword === 'additionalProperties') {
    const name = String(first.params['additionalProperty']);
    return {
      code: 'bad-request',
      detail: `There is no ${where} "${name}" here.`,
      ...suggestion(name, knownParameters(request)),
    };
  }
  if (first?.keyword === 'required') {
    const name = String(first.params['missingProperty']);
    return { code: 'bad-request', detail: `The ${where} "${name}" is missing.` };
  }
  const name = first?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? '';
  const what = name === '' ? 'The request' : `The ${where} "${name}"`;
  return { code: 'bad-request', detail: sentence(`${what} ${first?.message ?? 'is not valid'}`) };
}

function suggestion(name: string, known: readonly string[]): { remedy?: string } {
  const [near] = nearestNames(name, known, 1);
  if (near !== undefined) return { remedy: `Did you mean "${near}"?` };
  return known.length === 0 ? {} : { remedy: `There are: ${known.join(', ')}.` };
}

function knownParameters(request: FastifyRequest): string[] {
  const schema: unknown = request.routeOptions.schema?.querystring;
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return [];
  return Object.keys(schema.properties ?? {});
}
