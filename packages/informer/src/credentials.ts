/** What TLS needs to know about one cluster and user; PEM texts. */
export interface TlsIdentity {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly passphrase?: string;
  readonly servername?: string;
  /** False only where the kubeconfig says `insecure-skip-tls-verify`. */
  readonly rejectUnauthorized?: boolean;
}

/** What one request carries. */
export interface Authentication {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsIdentity;
}

/** One user at one cluster. */
export interface Credentials {
  /** The kubeconfig's context, or `in-cluster`. */
  readonly context: string;
  /** Where they came from, for people: a path, or `service account`. */
  readonly source: string;
  /** The API server's URL, with its path, which may hold a secret. */
  readonly server: string;
  /** The context's namespace. */
  readonly namespace: string | undefined;
  /** Every context of the kubeconfig, for people to choose from. */
  readonly contexts: readonly string[];
  /** The proxy that the kubeconfig names for this cluster. */
  readonly proxyUrl: string | undefined;
  /**
   * What the next request carries. Concurrent callers share one run of a plugin. `force` forgets
   * what was cached, after a 401. Rejects with a TransportError where a plugin fails or hangs.
   */
  authenticate(options: { readonly force: boolean }): Promise<Authentication>;
}

export interface CredentialsError {
  readonly code:
    | 'unreadable'
    | 'invalid'
    | 'unknown-context'
    | 'no-context'
    | 'not-in-cluster'
    | 'no-cluster';
  readonly detail: string;
  readonly remedy: string;
}

export type CredentialsResult =
  | { readonly ok: true; readonly credentials: Credentials }
  | { readonly ok: false; readonly error: CredentialsError };
