export type TransportErrorCode =
  /** Refused, reset, unresolvable, unroutable. */
  | 'network'
  /** The server's certificate is not trusted, or ours is not accepted. */
  | 'tls'
  /** No answer in time. */
  | 'timeout'
  /** The caller's signal, or the transport was closed. */
  | 'aborted'
  /** An exec plugin or a token file failed. */
  | 'credentials';

/** A request that got no answer. `message` is a sentence for people. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: TransportErrorCode;
  readonly remedy: string | undefined;

  constructor(
    code: TransportErrorCode,
    message: string,
    options?: { readonly remedy?: string | undefined; readonly cause?: unknown },
  ) {
    super(message, { cause: options?.cause });
    this.code = code;
    this.remedy = options?.remedy;
  }
}
