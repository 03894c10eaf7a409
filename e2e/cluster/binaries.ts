import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './cache.ts';
import { dataFiles, programNames } from './programs.ts';
import type { ProgramName } from './programs.ts';

/** Programs of which to start a control plane. */
export interface Binaries {
  readonly source: 'KUBEBUILDER_ASSETS' | 'cache';
  readonly dir: string;
  /** Programs that are not there: never etcd, kube-apiserver or kubectl. Empty for a control plane built here. */
  readonly lacks: readonly ProgramName[];
}

/** Why there is nothing to start, and what to do about it. */
export interface Missing {
  readonly missing: string;
  readonly remedy: string;
  /** Whether building would help: not when KUBEBUILDER_ASSETS names a folder that lacks something. */
  readonly buildable: boolean;
}

const required: readonly ProgramName[] = ['etcd', 'kube-apiserver', 'kubectl'];

async function readable(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** Whether `dir` has the program, executable, and the data files without which it would not run. */
async function has(dir: string, name: ProgramName): Promise<boolean> {
  if (!(await readable(join(dir, name), constants.X_OK))) return false;
  const folders = dataFiles.filter((data) => data.program === name).map(({ folder }) => folder);
  const found = await Promise.all(
    folders.map((folder) => readable(join(dir, folder), constants.R_OK)),
  );
  return found.every(Boolean);
}

async function lacking(dir: string): Promise<readonly ProgramName[]> {
  const found = await Promise.all(programNames.map((name) => has(dir, name)));
  return programNames.filter((_, index) => found[index] !== true);
}

/**
 * Looks for the programs: in KUBEBUILDER_ASSETS if it is set, else in the cache. Builds nothing.
 *
 * KUBEBUILDER_ASSETS (the variable that controller-runtime's envtest reads) must hold etcd, kube-apiserver and kubectl;
 * a folder that lacks one of them is a mistake to report, not a reason to look elsewhere.
 */
export async function findBinaries(
  env: NodeJS.ProcessEnv = process.env,
): Promise<Binaries | Missing> {
  if (process.platform === 'win32') {
    return {
      missing: 'Kubernetes control planes run on Linux and macOS only',
      remedy: 'Use WSL.',
      buildable: false,
    };
  }
  const assets = env['KUBEBUILDER_ASSETS'];
  if (assets !== undefined && assets !== '') {
    const lacks = await lacking(assets);
    const needed = required.filter((name) => lacks.includes(name));
    if (needed.length === 0) return { source: 'KUBEBUILDER_ASSETS', dir: assets, lacks };
    return {
      missing: `KUBEBUILDER_ASSETS=${assets} lacks ${needed.join(', ')}`,
      remedy:
        'Point KUBEBUILDER_ASSETS at a folder with etcd, kube-apiserver and kubectl (setup-envtest makes one), or unset it.',
      buildable: false,
    };
  }
  const dir = await cacheDir(env);
  const lacks = await lacking(dir);
  if (lacks.length === 0) return { source: 'cache', dir, lacks };
  return {
    missing: `no control plane has been built (looked in ${dir})`,
    remedy:
      'Run `pnpm cluster build` (needs Go, about 10 minutes, once), or set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kubectl.',
    buildable: true,
  };
}
