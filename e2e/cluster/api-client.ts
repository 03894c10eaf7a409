import { request } from 'node:https';
import { text } from 'node:stream/consumers';

interface ApiResponse {
  readonly status: number;
  readonly body: string;
}

/** The few requests that bringing up a cluster needs; for anything richer there is kubectl. */
export interface ApiClient {
  readonly get: (path: string) => Promise<ApiResponse>;
  /** `body` is a YAML or JSON text. */
  readonly post: (path: string, body: string) => Promise<ApiResponse>;
}

export interface ApiClientDeps {
  readonly server: string;
  /** PEM of whom to trust. */
  readonly certificateAuthority: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

const answerWithin = 5000;

/** Talks HTTPS to a server on loopback. Rejects when it cannot be reached or does not answer within 5 s. */
export function createApiClient(deps: ApiClientDeps): ApiClient {
  const send = async (method: string, path: string, body?: string): Promise<ApiResponse> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        new URL(path, deps.server),
        {
          method,
          ca: deps.certificateAuthority,
          agent: false,
          headers: {
            authorization: `Bearer ${deps.token}`,
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/yaml' }),
          },
          signal: AbortSignal.any([deps.signal, AbortSignal.timeout(answerWithin)]),
        },
        (incoming) => {
          text(incoming).then((answer) => {
            resolve({ status: incoming.statusCode ?? 0, body: answer });
          }, reject);
        },
      );
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  return {
    get: async (path) => send('GET', path),
    post: async (path, body) => send('POST', path, body),
  };
}
