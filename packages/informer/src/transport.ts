import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import type { Log } from './log.ts';

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
  /** Until the response's headers have come; 30 s unless said. A body may take as long as it likes. */
  readonly timeoutMs?: number;
  /** Called when the request has been handed to a connected socket. */
  readonly onSent?: () => void;
}

/** Any status is an answer; only no answer is an error. The body must be read or aborted. */
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
  /** The API server's URL. */
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

export function createTransport(deps: TransportDeps): Transport {
  throw new Error(`not built yet: ${deps.userAgent}`);
}
