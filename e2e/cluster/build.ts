import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { cacheDir } from './cache.ts';
import { ControlPlaneError } from './errors.ts';
import { goBuild, goModuleDir, goVersion } from './go.ts';
import type { Lock } from './lock.ts';
import { tryLock } from './lock.ts';
import { dataFiles, programNames, programs, programVersion } from './programs.ts';
import type { DataFiles, ProgramName } from './programs.ts';
import { createProgressLine, duration } from './progress.ts';

async function lockBuild(path: string, signal: AbortSignal): Promise<Lock> {
  for (let told = false; ; told = true) {
    const lock = await tryLock(path);
    if (lock !== undefined) return lock;
    if (!told) console.error('Another process is building the control plane; waiting for it.');
    await delay(500, undefined, { signal });
  }
}

async function buildProgram(name: ProgramName, dir: string, signal: AbortSignal): Promise<void> {
  const line = createProgressLine(process.stderr);
  const title = `${name} ${await programVersion(name)}`.padEnd(34);
  const place = `[${String(programNames.indexOf(name) + 1)}/${String(programNames.length)}]`;
  const started = performance.now();
  const elapsed = (): string => duration(performance.now() - started);
  let at = 'starting';
  const show = (): void => {
    line.update(`${place} ${title} ${at}, ${elapsed()}`);
  };
  show();
  const ticking = setInterval(show, 1000);
  try {
    await goBuild({
      name,
      output: join(dir, name),
      signal,
      onProgress: (text) => {
        at = text;
      },
    });
  } finally {
    clearInterval(ticking);
  }
  const megabytes = Math.round((await stat(join(dir, name))).size / 1e6);
  line.done(`${place} ${title} built in ${elapsed()}, ${String(megabytes)} MB`);
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
