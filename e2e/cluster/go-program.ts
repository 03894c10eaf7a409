import { access, constants, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildEnvironment, buildFlags, cacheKey, cacheRoot, linkFlags } from './cache.ts';
import { goBuild, goVersion } from './go.ts';
import { lockBuild, showWork } from './work.ts';

/** A Go program of this repository, for the tests. */
export interface GoProgram {
  readonly name: string;
  /** The folder of its go.mod and of all its source files. */
  readonly dir: string;
}

/** What asks an API server things through client-go. */
export const clientGo: GoProgram = {
  name: 'client-go',
  dir: join(import.meta.dirname, '../clients/go'),
};

/** Why there is no program, and what to do about it. */
export interface NoProgram {
  readonly missing: string;
  readonly remedy: string;
}

/** Where a build of exactly these sources is kept: beside the control planes, as `NAME-KEY`. */
async function cachedPath({ name, dir }: GoProgram, env: NodeJS.ProcessEnv): Promise<string> {
  const files: Record<string, string> = {};
  for (const file of await readdir(dir)) {
    if (/\.(go|mod|sum)$/.test(file)) files[file] = await readFile(join(dir, file), 'utf8');
  }
  const key = cacheKey({
    platform: `${process.platform}-${process.arch}`,
    recipe: JSON.stringify([buildFlags, linkFlags, buildEnvironment]),
    files,
  });
  return join(cacheRoot(env), `${name}-${key}`);
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns the path of the program, after building it if it has not been built from these sources yet; or why it cannot
 * be had: there is no Go. Throws ControlPlaneError when Go fails.
 */
export async function provideGoProgram(
  program: GoProgram,
  signal: AbortSignal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | NoProgram> {
  const path = await cachedPath(program, env);
  if (await isExecutable(path)) return path;
  if ((await goVersion(signal)) === undefined) {
    return {
      missing: `${program.name} has not been built, and there is no go to build it`,
      remedy: 'Install Go 1.26.1 or newer (https://go.dev/dl), then: pnpm cluster build',
    };
  }
  await mkdir(cacheRoot(env), { recursive: true });
  const lock = await lockBuild(join(cacheRoot(env), 'build.lock'), signal);
  const draft = `${path}.partial`;
  try {
    if (await isExecutable(path)) return path;
    await showWork(program.name, draft, (onProgress) =>
      goBuild({ dir: program.dir, package: '.', output: draft, signal, onProgress }),
    );
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
    lock.release();
  }
  return path;
}
