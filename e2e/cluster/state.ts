import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { codeOf, ControlPlaneError } from './errors.ts';
import type { ProcessIdentity } from './identity.ts';
import type { ProgramName } from './programs.ts';

/** One program of a running control plane. */
interface ProgramState {
  readonly program: ProgramName;
  readonly process: ProcessIdentity;
  readonly port: number;
  readonly log: string;
}

/** What is known about one cluster: `cluster.json` in its state directory, written by its supervisor alone. */
export interface ClusterState {
  readonly name: string;
  readonly phase: 'starting' | 'ready';
  readonly bare: boolean;
  /** `process`: ends with the process that started it (tests). `down`: runs until `pnpm cluster down`. */
  readonly until: 'process' | 'down';
  readonly supervisor: ProcessIdentity;
  readonly programs: readonly ProgramState[];
  /** Programs that were asked for and are not in the folder the binaries came from. */
  readonly lacks: readonly ProgramName[];
  readonly server: string;
  readonly kubeconfig: string;
  readonly kubectl: string;
  /** The git version that kube-apiserver tells; empty until it is ready. */
  readonly version: string;
  readonly startedAt: string;
}

/** Where clusters keep their state: `$XDG_STATE_HOME`, else `~/.local/state`, then `kindscope/clusters`. */
function clustersDir(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_STATE_HOME'];
  return join(
    base === undefined || base === '' ? join(homedir(), '.local', 'state') : base,
    'kindscope',
    'clusters',
  );
}

/** Paths inside one cluster's state directory. */
export interface StatePaths {
  readonly dir: string;
  readonly lock: string;
  readonly state: string;
  readonly supervisorLog: string;
  /** All that belongs to one run: data, keys, logs, kubeconfig. */
  readonly run: string;
  readonly logs: string;
  readonly kubeconfig: string;
}

/** The paths of a cluster. Throws ControlPlaneError for a name that cannot be a folder and a context name. */
export function statePaths(name: string, env: NodeJS.ProcessEnv = process.env): StatePaths {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) {
    throw new ControlPlaneError(
      `"${name}" cannot be the name of a cluster`,
      'Use at most 40 lower-case letters, digits and hyphens, the first a letter or digit.',
    );
  }
  const dir = join(clustersDir(env), name);
  const run = join(dir, 'run');
  return {
    dir,
    run,
    lock: join(dir, 'lock'),
    state: join(dir, 'cluster.json'),
    supervisorLog: join(dir, 'supervisor.log'),
    logs: join(run, 'logs'),
    kubeconfig: join(run, 'kubeconfig'),
  };
}

/** The cluster's state as last written; undefined when there is none. */
export async function readState(paths: StatePaths): Promise<ClusterState | undefined> {
  try {
    return JSON.parse(await readFile(paths.state, 'utf8')) as ClusterState;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new ControlPlaneError(
      `${paths.state} cannot be read`,
      `Remove ${paths.dir} if no process uses it.`,
      { cause: error },
    );
  }
}

/** Replaces the cluster's state; a reader sees the old one or the new one, never half of it. */
export async function writeState(paths: StatePaths, state: ClusterState): Promise<void> {
  const draft = `${paths.state}.new`;
  await writeFile(draft, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, paths.state);
}

/**
 * Removes everything about a cluster. It is moved away first, at one stroke, so that a start under the same name never
 * meets a half-removed directory.
 */
export async function removeState(paths: StatePaths): Promise<void> {
  const doomed = `${paths.dir}.removed-${String(process.pid)}`;
  try {
    await rename(paths.dir, doomed);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  await rm(doomed, { recursive: true, force: true });
}

/** The names of all clusters that have state, running or not. */
export async function clusterNames(env: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  try {
    const entries = await readdir(clustersDir(env), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.includes('.'))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
