import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { findBinaries } from './binaries.ts';
import { contextName } from './credentials.ts';
import { ControlPlaneError } from './errors.ts';
import { compactEtcd } from './etcd-compaction.ts';
import type { ProgramName } from './programs.ts';
import { startSupervised } from './supervised.ts';

/** A control plane that can be started. */
export interface Found {
  readonly source: 'KUBEBUILDER_ASSETS' | 'cache';
  readonly dir: string;
  readonly kubectl: string;
  /** Programs that are not there; without them a control plane is less than whole. */
  readonly lacks: readonly ProgramName[];
}

/** Why none can be started, and what to do about it. */
export interface NotFound {
  readonly missing: string;
  readonly remedy: string;
}

/** Looks for a built control plane, in KUBEBUILDER_ASSETS and in the cache. It never builds one. */
export async function findControlPlane(): Promise<Found | NotFound> {
  const found = await findBinaries();
  if ('missing' in found) return { missing: found.missing, remedy: found.remedy };
  return { ...found, kubectl: join(found.dir, 'kubectl') };
}

export interface StartControlPlane {
  /** etcd and kube-apiserver alone: no controllers, no nodes, no Argo Rollouts. */
  readonly bare?: boolean;
  /** Clusters of different names run side by side; by default a name that nobody else has. */
  readonly name?: string;
  /** Aborts the start. */
  readonly signal?: AbortSignal;
  /** Called with a line for each part that has become ready. */
  readonly onProgress?: (text: string) => void;
}

/** A running control plane, which ends with this process at the latest. */
export interface ControlPlane {
  readonly name: string;
  /** Path of a kubeconfig with the administrator's rights. */
  readonly kubeconfig: string;
  /** The name of the kubeconfig's only context, `kindscope-NAME`. */
  readonly context: string;
  /** Path of a kubectl of the server's own version. */
  readonly kubectl: string;
  /** URL of the API server. */
  readonly server: string;
  /** The administrator's bearer token. */
  readonly token: string;
  /** Ends the API server as a crash would; its data stays. */
  readonly stopApiServer: () => Promise<void>;
  /** Starts it again, on the same port, with the same certificate and tokens; resolves when it is ready. */
  readonly startApiServer: () => Promise<void>;
  /** Makes it fall silent: connections stay open, nothing answers. */
  readonly freezeApiServer: () => Promise<void>;
  readonly thawApiServer: () => Promise<void>;
  /** Makes etcd forget every version but the newest, as kube-apiserver does every few minutes. */
  readonly compact: () => Promise<void>;
  /** Ends everything and removes all its files; resolves when no process is left. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a control plane; resolves when all of it is ready. It is stopped by `stop`, and by the end of this process,
 * whatever kind of end that is.
 * Rejects with ControlPlaneError, whose message and `remedy` are for people to read, when there are no binaries, when
 * the name is in use, or when a program fails; then nothing is left running.
 */
export async function startControlPlane(options: StartControlPlane = {}): Promise<ControlPlane> {
  const { bare = false, signal, onProgress } = options;
  const name = options.name ?? `test-${String(process.pid)}-${randomBytes(4).toString('hex')}`;
  const binaries = await findBinaries();
  if ('missing' in binaries) throw new ControlPlaneError(binaries.missing, binaries.remedy);
  const outcome = await startSupervised({
    name,
    bare,
    binaries,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (outcome.kind === 'taken') {
    throw new ControlPlaneError(
      `a cluster named "${name}" runs already`,
      `Use another name, or stop it: pnpm cluster down --name ${name}`,
    );
  }
  const { state, token, call, stop } = outcome.supervised;
  return {
    name,
    kubeconfig: state.kubeconfig,
    context: contextName(name),
    kubectl: state.kubectl,
    server: state.server,
    token,
    stopApiServer: async () => call('stopApiServer'),
    startApiServer: async () => call('startApiServer'),
    freezeApiServer: async () => call('freezeApiServer'),
    thawApiServer: async () => call('thawApiServer'),
    compact: async () => compactEtcd(state),
    stop,
  };
}
