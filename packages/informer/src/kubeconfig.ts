import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { KubeConfig, loadYaml } from '@kubernetes/client-node';
import type { Context } from '@kubernetes/client-node';
import type { CredentialsError, CredentialsResult } from './credentials.ts';
import { createCredentials } from './kubeconfig-credentials.ts';
import { addressFault, shapeFault } from './kubeconfig-shape.ts';

export interface CredentialsSource {
  /** A kubeconfig file. Without it: KUBECONFIG, then ~/.kube/config, then the pod's service account. */
  readonly kubeconfig?: string | undefined;
  /** Instead of the kubeconfig's current context. */
  readonly context?: string | undefined;
  /** The pod's service account and nothing else. */
  readonly inCluster?: boolean | undefined;
}

type Found =
  | { readonly ok: true; readonly config: KubeConfig; readonly source: string }
  | { readonly ok: false; readonly error: CredentialsError };

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Finds credentials as kubectl does: the file named, else every file of KUBECONFIG (the first to say
 * something wins), else `~/.kube/config`, else the service account of the pod. Reads files, asks nobody:
 * whether they are accepted is known only after a request.
 */
export function loadCredentials(source: CredentialsSource): CredentialsResult {
  const found = find(source);
  if (!found.ok) return found;
  const chosen = choose(found.config, found.source, source.context);
  if (!chosen.ok) return chosen;
  return {
    ok: true,
    credentials: createCredentials({
      config: found.config,
      source: found.source,
      context: chosen.context,
      reload: () => {
        const again = find(source);
        return again.ok && choose(again.config, again.source, chosen.context.name).ok
          ? again.config
          : undefined;
      },
    }),
  };
}

function find(source: CredentialsSource): Found {
  if (source.inCluster === true) return inCluster();
  if (source.kubeconfig !== undefined) return fromFiles([source.kubeconfig], true);
  const named = (process.env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  if (named.length > 0) return fromFiles(named, false);
  const standard = join(homedir(), '.kube', 'config');
  if (readable(standard)) return fromFiles([standard], true);
  const pod = inCluster();
  if (pod.ok) return pod;
  return fail(
    'no-cluster',
    'No cluster is configured: there is no kubeconfig and this is no pod.',
    {
      remedy: 'Name a kubeconfig, or set KUBECONFIG.',
    },
  );
}

/** kubectl's merge: of two entries with one name the first stands; in a list, files that are missing are passed over. */
function fromFiles(paths: readonly string[], required: boolean): Found {
  const merged = new KubeConfig();
  const read: string[] = [];
  for (const path of paths) {
    if (!required && !readable(path)) continue;
    const file = readKubeConfig(path);
    if (!file.ok) return file;
    read.push(path);
    addMissing(merged.clusters, file.config.clusters);
    addMissing(merged.users, file.config.users);
    addMissing(merged.contexts, file.config.contexts);
    merged.currentContext ||= file.config.currentContext;
  }
  if (read.length === 0) {
    return fail('unreadable', `No file that KUBECONFIG names can be read: ${paths.join(', ')}.`, {
      remedy: 'Correct KUBECONFIG, or unset it.',
    });
  }
  return { ok: true, config: merged, source: read.join(delimiter) };
}

function addMissing<Entry extends { readonly name: string }>(into: Entry[], more: Entry[]): void {
  const names = new Set(into.map((entry) => entry.name));
  into.push(...more.filter((entry) => !names.has(entry.name)));
}

function readKubeConfig(path: string): Found {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return fail('unreadable', `The kubeconfig ${path} cannot be read: ${reason(error)}.`, {
      remedy: 'Name a kubeconfig that exists and that you may read.',
    });
  }
  try {
    const wrong = shapeFault(loadYaml(text));
    if (wrong !== undefined) return notKubeConfig(path, wrong);
    const config = new KubeConfig();
    config.loadFromString(text);
    config.makePathsAbsolute(dirname(path));
    addTokenFiles(config, text, dirname(path));
    return { ok: true, config, source: path };
  } catch (error) {
    return notKubeConfig(path, reason(error));
  }
}

function notKubeConfig(path: string, why: string): Found {
  return fail('invalid', `${path} is not a kubeconfig: ${why}.`, {
    remedy: 'Compare it with the output of: kubectl config view',
  });
}

/** client-node knows `tokenFile` only as an auth provider of its own (and reads it again each minute). */
function addTokenFiles(config: KubeConfig, text: string, root: string): void {
  const raw = loadYaml<{ users?: { name?: string; user?: { tokenFile?: string } }[] }>(text);
  for (const { name, user } of raw.users ?? []) {
    const tokenFile = user?.tokenFile;
    const known = config.users.find((candidate) => candidate.name === name);
    if (tokenFile === undefined || known === undefined || known.token !== undefined) continue;
    const path = isAbsolute(tokenFile) ? tokenFile : join(root, tokenFile);
    Object.assign(known, { authProvider: { name: 'tokenFile', config: { tokenFile: path } } });
  }
}

function inCluster(): Found {
  if (
    process.env['KUBERNETES_SERVICE_HOST'] === undefined ||
    !readable(`${SERVICE_ACCOUNT}/token`)
  ) {
    return fail('not-in-cluster', `This is no pod: there is no service account token.`, {
      remedy: 'Run it in a pod that mounts a service account token, or name a kubeconfig.',
    });
  }
  const config = new KubeConfig();
  config.loadFromCluster();
  return { ok: true, config, source: 'service account' };
}

type Choice =
  | { readonly ok: true; readonly context: Context }
  | { readonly ok: false; readonly error: CredentialsError };

function choose(config: KubeConfig, source: string, wanted: string | undefined): Choice {
  const names = config.contexts.map((context) => context.name);
  const name = wanted ?? config.currentContext;
  const known = names.length === 0 ? 'It has none' : `It has: ${names.join(', ')}`;
  if (!name) {
    return fail('no-context', `${source} names no current context. ${known}.`, {
      remedy: 'Choose one with --context, or with: kubectl config use-context NAME',
    });
  }
  const context = config.contexts.find((candidate) => candidate.name === name);
  if (context === undefined) {
    return fail('unknown-context', `${source} has no context “${name}”. ${known}.`, {
      remedy: 'Choose one of these with --context.',
    });
  }
  const missing = missingPart(config, context);
  if (missing !== undefined) {
    return fail('invalid', `${source}: context “${name}” names a ${missing} that is not there.`, {
      remedy: 'Compare it with the output of: kubectl config view',
    });
  }
  config.setCurrentContext(name);
  const cluster = config.getCurrentCluster();
  const unreachable = cluster === null ? undefined : addressFault(cluster);
  if (unreachable !== undefined) {
    return fail('invalid', `${source}: context “${name}” ${unreachable}.`, {
      remedy: 'Write it as in https://cluster.example:6443.',
    });
  }
  return { ok: true, context };
}

function missingPart(config: KubeConfig, context: Context): string | undefined {
  if (config.getCluster(context.cluster) === null) return `cluster “${context.cluster}”`;
  // A context without a user is anonymous; one with an unknown user is a mistake.
  if (context.user && config.getUser(context.user) === null) return `user “${context.user}”`;
  return undefined;
}

function readable(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'there is no such file';
  if ('code' in error && error.code === 'EACCES') return 'permission denied';
  if ('code' in error && error.code === 'EISDIR') return 'it is a directory';
  return error.message.split('\n')[0] ?? error.message;
}

function fail(
  code: CredentialsError['code'],
  detail: string,
  { remedy }: { readonly remedy: string },
): { readonly ok: false; readonly error: CredentialsError } {
  return { ok: false, error: { code, detail, remedy } };
}
