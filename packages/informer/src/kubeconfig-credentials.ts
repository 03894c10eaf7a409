import type { RequestOptions } from 'node:https';
import type { Context, KubeConfig, User } from '@kubernetes/client-node';
import type { Authentication, Credentials, TlsIdentity } from './credentials.ts';
import { sentence } from './sentence.ts';
import { TransportError } from './transport-error.ts';

export interface KubeConfigCredentials {
  /** Its current context is set. */
  readonly config: KubeConfig;
  readonly source: string;
  readonly context: Context;
  /** Reads the files again; undefined when they no longer say anything of use. */
  readonly reload: () => KubeConfig | undefined;
}

/**
 * Credentials through client-node's `applyToHTTPSOptions`. client-node caches what an exec plugin said and
 * has no way to forget it, so a forced authentication reads the files again and starts from nothing:
 * a rotated certificate or token is found by the same way.
 */
export function createCredentials(deps: KubeConfigCredentials): Credentials {
  const { source, context } = deps;
  let config = prepare(deps.config);
  let running: Promise<Authentication> | undefined;
  const cluster = config.getCurrentCluster();

  return {
    context: source === 'service account' ? 'in-cluster' : context.name,
    source,
    server: cluster?.server ?? '',
    namespace: context.namespace?.trim() || undefined,
    contexts: config.contexts.map(({ name }) => name),
    proxyUrl: cluster?.proxyUrl,
    authenticate({ force }) {
      // By force it begins again: a plugin that hangs must not hold everyone for ever.
      if (running !== undefined && !force) return running;
      if (force) config = prepare(deps.reload() ?? config);
      const run = authenticate(config).finally(() => {
        if (running === run) running = undefined;
      });
      running = run;
      return run;
    },
  };
}

/** What client-node needs to be told before it does as kubectl does. */
function prepare(config: KubeConfig): KubeConfig {
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  // It refuses plain http unless verification is off; there is nothing to verify.
  if (cluster?.server.startsWith('http:') === true) Object.assign(cluster, { skipTLSVerify: true });
  // Without a user it forgets the cluster's CA too.
  if (user === null) addAnonymousUser(config);
  else if (user.exec && cluster !== null) addExecInfo(user, cluster);
  return config;
}

function addAnonymousUser(config: KubeConfig): void {
  const context = config.getContextObject(config.getCurrentContext());
  if (context === null) return;
  Object.assign(context, { user: 'anonymous (no user in the context)' });
  config.addUser({ name: context.user });
}

/** Plugins that ask for cluster information read it from here (KEP-541). */
function addExecInfo(
  user: User,
  cluster: { readonly server: string; readonly caData?: string },
): void {
  const apiVersion: unknown = user.exec.apiVersion ?? 'client.authentication.k8s.io/v1';
  const info = {
    apiVersion,
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      cluster: { server: cluster.server, 'certificate-authority-data': cluster.caData },
    },
  };
  const entry = { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) };
  const env: unknown[] = Array.isArray(user.exec.env) ? user.exec.env : [];
  user.exec.env = [...env, entry];
}

async function authenticate(config: KubeConfig): Promise<Authentication> {
  const options: RequestOptions = { headers: {} };
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw credentialsError(config.getCurrentUser(), error);
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    // A token file ends in a newline more often than not.
    headers[name.toLowerCase()] = String(value).trim();
  }
  if (typeof options.auth === 'string') {
    headers['authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  }
  return { headers, tls: tlsOf(options) };
}

function tlsOf(options: RequestOptions): TlsIdentity {
  const { ca, cert, key, passphrase, servername, rejectUnauthorized } = options;
  return {
    ...(isPem(ca) && { ca }),
    ...(isPem(cert) && { cert }),
    ...(isPem(key) && { key }),
    ...(passphrase !== undefined && { passphrase }),
    ...(servername !== undefined && { servername }),
    ...(rejectUnauthorized === false && { rejectUnauthorized }),
  };
}

function isPem(value: unknown): value is string | Buffer {
  return typeof value === 'string' || Buffer.isBuffer(value);
}

function credentialsError(user: User | null, error: unknown): TransportError {
  const text = sentence(error instanceof Error ? error.message : String(error));
  const command: unknown = user?.exec?.command;
  if (typeof command !== 'string') {
    return new TransportError('credentials', `The credentials cannot be read: ${text}`, {
      remedy: 'Check the user’s entry in the kubeconfig.',
      cause: error,
    });
  }
  return new TransportError(
    'credentials',
    `The credentials plugin “${command}” failed: ${text || 'it gave no reason.'}`,
    { remedy: `Run it by hand: ${command}`, cause: error },
  );
}
