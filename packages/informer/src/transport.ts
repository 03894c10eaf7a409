import { createGunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import { createDispatcherPool } from './dispatcher-pool.ts';
import type { Log } from './log.ts';
import { toTransportError, TransportError } from './transport-error.ts';

export interface TransportRequest {
  /** `GET` unless said. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with `/`; escaped by the caller (see `resourcePath`). */
  readonly path: string;
  /** Undefined values are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the request and its body, whenever. */
  readonly signal: AbortSignal;
  /** Until the response's headers have come; 30 s unless said. */
  readonly timeoutMs?: number;
  /** The longest silence within the body; 60 s unless said, 0 for no limit (a watch). */
  readonly idleTimeoutMs?: number;
  /** Called when the request has been handed to a connected socket. */
  readonly onSent?: () => void;
}

/** Any status is an answer; only no answer is an error. The body must be read, or the signal aborted. */
export interface TransportResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body, decoded. */
  text(): Promise<string>;
  /** The body as it comes, gzip decoded. Rejects with a TransportError when it is cut. */
  readonly stream: AsyncIterable<Uint8Array>;
}

/** Authenticated requests to one API server, over one pool of connections. */
export interface Transport {
  /** Scheme, host and port of the API server, for people: a path may hold a secret. */
  readonly server: string;
  /** Rejects with a {@link TransportError}. A 401 is tried once more with new credentials. */
  request(request: TransportRequest): Promise<TransportResponse>;
  /** Destroys every connection. */
  close(): Promise<void>;
}

export interface TransportDeps {
  readonly credentials: Credentials;
  readonly userAgent: string;
  readonly log: Log;
  readonly clock: Clock;
}

const HEADERS_TIMEOUT_MS = 30_000;
const IDLE_TIMEOUT_MS = 60_000;
/** An exec plugin may open a browser on a first login; it must not hang for ever. */
const CREDENTIALS_TIMEOUT_MS = 60_000;
const PLUGIN_HANGS = new TransportError(
  'credentials',
  `The credentials plugin did not answer in ${CREDENTIALS_TIMEOUT_MS / 1000} s.`,
  { remedy: 'Run it by hand: it may be waiting for a login.' },
);

export function createTransport(deps: TransportDeps): Transport {
  const { credentials, userAgent, log, clock } = deps;
  const server = new URL(credentials.server);
  const pool = createDispatcherPool({ proxyUrl: credentials.proxyUrl, log });
  /** Concurrent requests that were refused share one new authentication. */
  let generation = 0;
  /** The last authentication did not end in time. */
  let hung = false;

  async function authenticate(force: boolean, signal: AbortSignal) {
    const again = force || hung;
    hung = false;
    const limit = Promise.withResolvers<never>();
    const cancelLimit = clock.after(CREDENTIALS_TIMEOUT_MS, () => {
      hung = true;
      limit.reject(PLUGIN_HANGS);
    });
    const abort = (): void => limit.reject(ended());
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    try {
      return await Promise.race([credentials.authenticate({ force: again }), limit.promise]);
    } finally {
      cancelLimit();
      signal.removeEventListener('abort', abort);
    }
  }

  async function send(request: TransportRequest, force: boolean): Promise<TransportResponse> {
    const { headers, tls } = await authenticate(force, request.signal);
    const late = new AbortController();
    const signal = AbortSignal.any([request.signal, late.signal]);
    const timeoutMs = request.timeoutMs ?? HEADERS_TIMEOUT_MS;
    const cancelTimeout = clock.after(timeoutMs, () =>
      late.abort(
        new TransportError('timeout', `${server.host} did not answer in ${timeoutMs / 1000} s.`),
      ),
    );
    try {
      const response = await pool.dispatcher(tls).request({
        origin: server.origin,
        path: requestPath(server, request),
        method: request.method ?? 'GET',
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip',
          'user-agent': userAgent,
          ...request.headers,
          ...headers,
        },
        body: request.body ?? null,
        signal,
        headersTimeout: 0,
        bodyTimeout: request.idleTimeoutMs ?? IDLE_TIMEOUT_MS,
        opaque: request.onSent ?? null,
      });
      return toResponse(response, (error) => failure(error, request.signal));
    } catch (error) {
      throw failure(error, request.signal);
    } finally {
      cancelTimeout();
    }
  }

  function failure(error: unknown, signal: AbortSignal): TransportError {
    if (signal.aborted || pool.closed) {
      return ended();
    }
    return toTransportError(error, server);
  }

  return {
    server: server.origin,
    async request(request) {
      const before = generation;
      const response = await send(request, false);
      if (response.status !== 401) return response;
      await discard(response);
      const force = before === generation;
      if (force) {
        generation += 1;
        log.info({ server: server.host }, 'the credentials were refused: asking for new ones');
      }
      return send(request, force);
    },
    close: () => pool.close(),
  };
}

function requestPath(server: URL, request: TransportRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) search.set(name, String(value));
  }
  const base = server.pathname.replace(/\/$/, '');
  const query = search.toString();
  return `${base}${request.path}${query === '' ? '' : `?${query}`}`;
}

type Explain = (error: unknown) => TransportError;

function toResponse(
  response: Dispatcher.ResponseData<unknown>,
  explain: Explain,
): TransportResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const stream = decoded(response.body, headers['content-encoding'], explain);
  return { status: response.statusCode, headers, stream, text: () => textOf(stream) };
}

async function* decoded(
  body: Dispatcher.ResponseData['body'],
  encoding: string | undefined,
  explain: Explain,
): AsyncGenerator<Uint8Array> {
  // A body that is destroyed unread says so as an error, which nobody may be listening for.
  body.on('error', () => undefined);
  try {
    if (encoding === 'gzip') {
      const gunzip = createGunzip();
      // `pipe` alone would lose the error of a cut body.
      body.once('error', (error) => gunzip.destroy(error));
      body.pipe(gunzip);
      yield* gunzip;
    } else {
      yield* body;
    }
  } catch (error) {
    throw explain(error);
  } finally {
    body.destroy();
  }
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function discard(response: TransportResponse): Promise<void> {
  try {
    await response.text();
  } catch {
    // The answer was refused already: what its body does changes nothing.
  }
}

function ended(): TransportError {
  return new TransportError('aborted', 'The request was ended from our side.');
}
