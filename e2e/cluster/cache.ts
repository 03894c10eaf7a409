import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dataFiles, families, goDir, programNames, programs } from './programs.ts';

/**
 * Flags of every `go build` here. Other programs of this repository that share packages with the control plane are
 * built with the same ones: different flags miss Go's own compile cache.
 */
export const buildFlags: readonly string[] = ['-mod=readonly', '-trimpath', '-buildvcs=false'];
export const linkFlags: readonly string[] = ['-s', '-w'];
export const buildEnvironment: Readonly<Record<string, string>> = { CGO_ENABLED: '0' };

/** Everything that decides what a build gives. */
export interface CacheInputs {
  readonly platform: string;
  /** Flags, packages and data files, as one text. */
  readonly recipe: string;
  /** go.mod and go.sum of each family: name → content. */
  readonly files: Readonly<Record<string, string>>;
}

/** The name of the cache folder for these inputs: the same inputs give the same key, whatever their order. */
export function cacheKey(inputs: CacheInputs): string {
  const hash = createHash('sha256');
  const add = (text: string): void => {
    hash.update(`${Buffer.byteLength(text)}:`).update(text);
  };
  add(inputs.platform);
  add(inputs.recipe);
  for (const name of Object.keys(inputs.files).sort()) {
    add(name);
    add(inputs.files[name] ?? '');
  }
  return hash.digest('hex').slice(0, 16);
}

/** Reads the inputs of this checkout on this machine. */
export async function readCacheInputs(): Promise<CacheInputs> {
  const files: Record<string, string> = {};
  for (const family of families) {
    for (const file of ['go.mod', 'go.sum']) {
      files[`${family}/${file}`] = await readFile(join(goDir, family, file), 'utf8');
    }
  }
  const stamps = programNames.map((name) => [
    name,
    programs[name].package,
    programs[name].stamp('v0.0.0'),
  ]);
  return {
    platform: `${process.platform}-${process.arch}`,
    recipe: JSON.stringify([buildFlags, linkFlags, buildEnvironment, stamps, dataFiles]),
    files,
  };
}

/** Where built control planes are kept: `$XDG_CACHE_HOME`, else `~/.cache`, then `kindscope/control-plane`. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_CACHE_HOME'];
  return join(
    base === undefined || base === '' ? join(homedir(), '.cache') : base,
    'kindscope',
    'control-plane',
  );
}

/** The folder that holds, or would hold, the binaries of this checkout. It exists only when all of it is built. */
export async function cacheDir(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  return join(cacheRoot(env), cacheKey(await readCacheInputs()));
}
