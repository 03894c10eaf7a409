import type { Log, Transport, TransportResponse } from '@kindscope/informer';
import { parseJson, stringAt } from '@kindscope/kube';
import type { ClusterConnection } from './connection.ts';

/** What the API server says of itself and of us, asked again whenever it comes back. */
export interface ClusterFacts {
  /** gitVersion; undefined while it has not answered. */
  readonly serverVersion: string | undefined;
  /** The user name it knows us by; undefined where it will not say. */
  readonly identity: string | undefined;
  stop(): void;
}

/** SelfSubjectReview, served since 1.28: https://kep.k8s.io/3325 */
const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };

export function createClusterFacts(deps: {
  readonly transport: Pick<Transport, 'request'>;
  readonly connection: ClusterConnection;
  readonly log: Log;
}): ClusterFacts {
  const ending = new AbortController();
  let serverVersion: string | undefined;
  let identity: string | undefined;

  /** The text at `path` of the answer; undefined where there is none. */
  async function read(
    request: Promise<TransportResponse>,
    ...path: string[]
  ): Promise<string | undefined> {
    try {
      const response = await request;
      const text = await response.text();
      return response.status < 300 ? stringAt(parseJson(text), ...path) : undefined;
    } catch (error) {
      deps.log.debug({ err: error }, 'the cluster did not say who it is');
      return undefined;
    }
  }

  async function ask(): Promise<void> {
    const { transport } = deps;
    const { signal } = ending;
    const [version, user] = await Promise.all([
      read(transport.request({ path: '/version', signal }), 'gitVersion'),
      read(
        transport.request({
          method: 'POST',
          path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(review),
          signal,
        }),
        'status',
        'userInfo',
        'username',
      ),
    ]);
    serverVersion = version ?? serverVersion;
    identity = user ?? identity;
  }

  const off = deps.connection.onChange((state) => {
    if (state.kind === 'connected') void ask();
  });

  return {
    get serverVersion() {
      return serverVersion;
    },
    get identity() {
      return identity;
    },
    stop() {
      off();
      ending.abort();
    },
  };
}
