import { sentence } from './sentence.ts';

export type TransportErrorCode =
  /** Refused, reset, unresolvable, unroutable. */
  | 'network'
  /** The server's certificate is not trusted, or it does not take ours. */
  | 'tls'
  /** No answer in time. */
  | 'timeout'
  /** The caller's signal, or the transport was closed. */
  | 'aborted'
  /** An exec plugin or a token file failed. */
  | 'credentials';

/** A request that got no answer, or a body that was cut. `message` is a sentence for people. */
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

interface Explanation {
  readonly code: TransportErrorCode;
  readonly message: string;
  readonly remedy?: string;
}

/** One function says what went wrong on the way to the server, from what Node and undici throw. */
export function toTransportError(error: unknown, server: URL): TransportError {
  if (error instanceof TransportError) return error;
  const { code, message, remedy } = explain(error, server);
  return new TransportError(code, message, { remedy, cause: error });
}

function explain(error: unknown, server: URL): Explanation {
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'aborted', message: 'The request was ended from our side.' };
  }
  return (
    explainNetwork(code, server) ??
    explainTls(code, text, server) ?? {
      code: 'network',
      message: `The connection to ${server.host} failed: ${sentence(text || code || 'no reason given')}`,
    }
  );
}

function explainNetwork(code: string, server: URL): Explanation | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return {
        code: 'network',
        message: `Nothing answers at ${server.host}: the connection was refused.`,
        remedy: 'Check that the cluster is running and that the kubeconfig names its address.',
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        code: 'network',
        message: `The name ${server.hostname} cannot be resolved.`,
        remedy: 'Check the server address in the kubeconfig, and the network or VPN.',
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return {
        code: 'network',
        message: `There is no route to ${server.host}.`,
        remedy: 'Check the network or VPN.',
      };
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return {
        code: 'timeout',
        message: `${server.host} did not accept a connection in time.`,
        remedy: 'Check the network or VPN, and whether a firewall is between.',
      };
    case 'UND_ERR_BODY_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
      return { code: 'timeout', message: `${server.host} stopped answering in the middle.` };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return { code: 'network', message: `The connection to ${server.host} was cut.` };
    default:
      return undefined;
  }
}

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
]);

function explainTls(code: string, text: string, server: URL): Explanation | undefined {
  if (UNTRUSTED.has(code)) {
    return {
      code: 'tls',
      message: `The certificate of ${server.host} is signed by an authority that is not trusted.`,
      remedy:
        'Name the cluster’s CA as certificate-authority (or certificate-authority-data) in the kubeconfig.',
    };
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return {
      code: 'tls',
      message: `The certificate of ${server.host} has expired.`,
      remedy: 'Renew the API server’s certificate, and check this machine’s clock.',
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      code: 'tls',
      message: `The certificate of ${server.host} is for another name.`,
      remedy:
        'Use a name or address that the certificate lists, or set tls-server-name in the kubeconfig.',
    };
  }
  if (text.includes('wrong version number')) {
    return {
      code: 'tls',
      message: `${server.host} does not speak TLS.`,
      remedy: 'Write http:// instead of https:// in the server address, or check its port.',
    };
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_')) {
    return {
      code: 'tls',
      message: `TLS with ${server.host} failed: ${sentence(text)}`,
      remedy: 'Check https or http in the server address, and the client certificate.',
    };
  }
  return undefined;
}

/** The innermost known code: undici wraps what Node says in `cause`. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const inner = error.cause === undefined ? '' : codeOf(error.cause);
  return inner || own;
}
