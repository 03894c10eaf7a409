import { countAt, isJsonObject, listAt, parseJson, stringAt } from '@kindscope/kube';
import type { JsonObject } from '@kindscope/kube';
import type { InformerFault } from './informer-state.ts';
import type { TransportError } from './transport-error.ts';
import type { TransportResponse } from './transport.ts';

/** What a watcher has to know about a failure in order to go on: see the table in watcher-step.ts. */
export type FailureKind =
  /** No answer, a cut, or credentials that are not accepted: the same request may work later. */
  | 'disconnected'
  /** A line that is truncated or cannot be read. */
  | 'garbled'
  /** 429: it wants us to come later. */
  | 'busy'
  /** 410: the resourceVersion or the continue token is too old. */
  | 'expired'
  /** The resourceVersion is newer than the server's cache [I12]. */
  | 'tooLarge'
  | 'forbidden'
  /** 404: this resource is not served (any more). */
  | 'notServed'
  /** Any other error of the API. */
  | 'refused';

export interface Failure {
  readonly kind: FailureKind;
  readonly fault: InformerFault;
  /** Not sooner than this, says the server: 1 s to 10 min. */
  readonly retryAfterMs: number | undefined;
}

type Stage = InformerFault['stage'];

/** From a request that got no answer, or a body that was cut. */
export function failureOfError(error: TransportError, stage: Stage): Failure {
  return {
    kind: 'disconnected',
    retryAfterMs: undefined,
    fault: {
      code: error.code,
      stage,
      detail: error.message,
      ...(error.remedy !== undefined && { remedy: error.remedy }),
      status: undefined,
    },
  };
}

/** From bytes that are not what they should be. */
export function failureOfGarbage(detail: string): Failure {
  return {
    kind: 'garbled',
    retryAfterMs: undefined,
    fault: { code: 'bad-data', stage: 'decode', detail, status: undefined },
  };
}

/** From an answer that is no success; reads its body, which should be a `Status`. */
export async function failureOfResponse(
  response: TransportResponse,
  stage: Stage,
): Promise<Failure> {
  const text = await response.text().catch(() => '');
  const failure = failureOfStatus(statusIn(text) ?? {}, stage, response.status);
  const retryAfterMs = waitAsked(Number(response.headers['retry-after']));
  return retryAfterMs === undefined ? failure : { ...failure, retryAfterMs };
}

/** Longer than this no server means: whoever said it has miscounted, and is asked again. */
const LONGEST_WAIT_SECONDS = 600;

/** A server that asks for no wait leaves it to our own back-off: it must not be asked all the time. */
function waitAsked(seconds: number): number | undefined {
  return seconds >= 1 ? Math.min(seconds, LONGEST_WAIT_SECONDS) * 1000 : undefined;
}

/** From a `Status` object (apimachinery, `metav1.Status`), which an ERROR event carries too. */
export function failureOfStatus(body: JsonObject, stage: Stage, httpStatus?: number): Failure {
  const status = httpStatus ?? countAt(body, 'code') ?? 500;
  const kind = kindOf(status, body);
  const message = stringAt(body, 'message');
  const remedy = remedyOf(kind, stage, status);
  return {
    kind,
    retryAfterMs: waitAsked(countAt(body, 'details', 'retryAfterSeconds') ?? 0),
    fault: {
      code: codeOf(kind, status),
      stage,
      detail: detailOf(status, message),
      ...(remedy !== undefined && { remedy }),
      status,
    },
  };
}

function remedyOf(kind: FailureKind, stage: Stage, status: number): string | undefined {
  if (status === 401) {
    return 'The token or certificate may have expired: log in again, or correct the user in the kubeconfig.';
  }
  if (kind !== 'forbidden') return undefined;
  return stage === 'discovery'
    ? 'Ask to be bound to the ClusterRole system:discovery, as all who are logged in usually are.'
    : 'Ask for a Role or ClusterRole with the verbs list and watch on this resource.';
}

/** The one place that says what an answer means. */
function kindOf(status: number, body: JsonObject): FailureKind {
  const reason = stringAt(body, 'reason');
  // A lagging replica says 504 Timeout with this cause; a plain 504 is only slow [I12].
  const tooLarge = listAt(body, 'details', 'causes').some(
    (cause) => stringAt(cause, 'reason') === 'ResourceVersionTooLarge',
  );
  if (tooLarge) return 'tooLarge';
  if (status === 410 || reason === 'Expired' || reason === 'Gone') return 'expired';
  if (status === 429) return 'busy';
  if (status === 403) return 'forbidden';
  // The collection itself is missing, whatever the reason says.
  if (status === 404) return 'notServed';
  // New credentials were tried already; the resourceVersion is as good as before.
  if (status === 401) return 'disconnected';
  return 'refused';
}

function codeOf(kind: FailureKind, status: number): string {
  if (status === 401) return 'unauthorized';
  switch (kind) {
    case 'tooLarge':
      return 'too-large';
    case 'expired':
      return 'expired';
    case 'busy':
      return 'too-many-requests';
    case 'forbidden':
      return 'forbidden';
    case 'notServed':
      return 'not-found';
    default:
      // A redirection is a proxy's, to its login: an API server sends nobody elsewhere.
      if (status < 400) return 'bad-data';
      return status >= 500 ? 'server-error' : 'refused';
  }
}

function detailOf(status: number, message: string | undefined): string {
  if (status === 401) return 'The API server refuses these credentials (401 Unauthorized).';
  return message ?? `The API server answered ${status}.`;
}

function statusIn(text: string): JsonObject | undefined {
  try {
    const body = parseJson(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    // A proxy’s HTML: the HTTP status must do.
    return undefined;
  }
}
