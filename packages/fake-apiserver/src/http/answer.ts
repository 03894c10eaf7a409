import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../json.ts';
import { ApiError, PageNotFound, statusObject } from '../status.ts';

/** One request, decoded as far as every handler needs it. */
export interface ApiRequest {
  readonly method: string;
  /** The path's decoded segments. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Where a watch writes. `write` answers false when the client lags; `onDrain` says it caught up. */
export interface StreamSink {
  write(bytes: Buffer): boolean;
  onDrain(listener: () => void): void;
  /** Ends it in good order, or, once the client is given up, at once. */
  end(): void;
  destroy(): void;
  /** Closes the connection once what is written is out, without saying that it was the end. */
  cut(): void;
}

export type Answer =
  | {
      readonly kind: 'body';
      readonly status: number;
      readonly contentType: string;
      readonly body: Buffer | Iterable<Buffer>;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
    }
  | {
      readonly kind: 'stream';
      readonly contentType: string;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      /** Called once the headers are out; returns what to do when the client has gone. */
      start(sink: StreamSink): () => void;
    };

/** What a fault leaves of an answer. */
export interface BrokenAnswer {
  readonly kind: 'broken';
  /** How it begins; undefined when not a byte of it is sent. */
  readonly begin?: {
    readonly status: number;
    readonly contentType: string;
    readonly headers?: Readonly<Record<string, string | readonly string[]>>;
    readonly part: Buffer;
  };
  /** Closes the connection, or leaves it open and never says another thing. */
  readonly end: 'cut' | 'silence';
}

/** Everything that can be sent to a client. */
export type Reply = Answer | BrokenAnswer;

export const JSON_TYPE = 'application/json';

export function jsonAnswer(
  value: Json,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return textAnswer(`${JSON.stringify(value)}\n`, JSON_TYPE, status, headers);
}

export function textAnswer(
  text: string,
  contentType = 'text/plain; charset=utf-8',
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { kind: 'body', status, contentType, body: Buffer.from(text), headers };
}

export function errorAnswer(error: unknown): Answer {
  if (error instanceof PageNotFound) return textAnswer(`${error.message}\n`, undefined, 404);
  const known =
    error instanceof ApiError
      ? error
      : new ApiError({
          code: 500,
          reason: 'InternalError',
          message: `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`,
        });
  const retryAfter = known.fields.details?.['retryAfterSeconds'];
  return jsonAnswer(
    statusObject(known.fields),
    known.fields.code,
    typeof retryAfter === 'number' ? { 'retry-after': String(retryAfter) } : {},
  );
}
