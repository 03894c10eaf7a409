import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { findBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { cacheDir } from './cache.ts';
import { ControlPlaneError } from './errors.ts';
import { goBuild, goModuleDir, goVersion } from './go.ts';
import { dataFiles, goDir, programNames, programs, programVersion } from './programs.ts';
import type { DataFiles, ProgramName } from './programs.ts';
import { duration } from './progress.ts';
import { lockBuild, showWork } from './work.ts';

async function buildProgram(name: ProgramName, dir: string, signal: AbortSignal): Promise<void> {
  const place = `[${String(programNames.indexOf(name) + 1)}/${String(programNames.length)}]`;
  const program = programs[name];
  const version = await programVersion(name);
  const output = join(dir, name);
  await showWork(`${place} ${`${name} ${version}`.padEnd(34)}`, output, (onProgress) =>
    goBuild({
      dir: join(goDir, program.family),
      package: program.package,
      stamps: program.stamp(version),
      output,
      signal,
      onProgress,
    }),
  );
}

async function copyData(data: DataFiles, dir: string, signal: AbortSignal): Promise<void> {
  const { family, module } = programs[data.program];
  const source = await goModuleDir(family, module, signal);
  await mkdir(join(dir, data.folder));
  for (const file of data.files) {
    await writeFile(join(dir, data.folder, basename(file)), await readFile(join(source, file)));
  }
}

/**
 * Builds every program into a folder beside its final place, which gets its name only when all of it is there: a build
 * that was cut off is never taken for a whole one, and costs only what Go's own cache does not remember.
 */
async function buildInto(target: string, signal: AbortSignal): Promise<void> {
  const draft = `${target}.partial`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    for (const name of programNames) await buildProgram(name, draft, signal);
    for (const data of dataFiles) await copyData(data, draft, signal);
    // A folder that is there and yet not whole has been tampered with.
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * Returns the binaries, after building them if they are not there yet. One build at a time; others wait for it.
 * Throws ControlPlaneError when they cannot be built: KUBEBUILDER_ASSETS is incomplete, there is no Go, or Go fails.
 */
export async function buildBinaries(signal: AbortSignal): Promise<Binaries> {
  const found = await findBinaries();
  if (!('missing' in found)) return found;
  const go = found.buildable ? await goVersion(signal) : undefined;
  if (go === undefined) {
    throw new ControlPlaneError(
      found.buildable ? `${found.missing}, and there is no go to build one` : found.missing,
      found.buildable
        ? 'Install Go 1.26.1 or newer (https://go.dev/dl), or set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kubectl.'
        : found.remedy,
    );
  }
  const target = await cacheDir();
  const lock = await lockBuild(join(dirname(target), 'build.lock'), signal);
  try {
    const meanwhile = await findBinaries();
    if (!('missing' in meanwhile)) return meanwhile;
    console.error(`Building the control plane with ${go} into ${target}`);
    const started = performance.now();
    await buildInto(target, signal);
    console.error(`Built in ${duration(performance.now() - started)}.`);
  } finally {
    lock.release();
  }
  const built = await findBinaries();
  if ('missing' in built) throw new Error(`a finished build is not complete: ${built.missing}`);
  return built;
}
