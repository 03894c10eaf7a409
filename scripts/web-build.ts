import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** What the built page is made from; tests are not in it. */
const sources = [
  'apps/web/*.{html,json,ts}',
  'apps/web/public/**',
  'apps/web/src/**',
  'packages/{kube,protocol}/src/**',
  'packages/{kube,protocol}/package.json',
  'pnpm-lock.yaml',
];

/** Builds apps/web when its sources are others than those of the last build; says so while it does. */
export async function buildWeb(root: string, say: (line: string) => void): Promise<boolean> {
  const dist = path.join(root, 'apps/web/dist');
  const stamp = path.join(dist, '.stamp');
  const wanted = await fingerprint(root);
  if (existsSync(path.join(dist, 'index.html')) && (await readStamp(stamp)) === wanted) return true;
  say('Building the page (only when its sources have changed) …');
  if (!(await runVite(path.join(root, 'apps/web')))) return false;
  await writeFile(stamp, wanted);
  return true;
}

/** By content: a checkout sets times, and changes nothing. */
export async function fingerprint(root: string): Promise<string> {
  const files: string[] = [];
  for await (const entry of glob(sources, { cwd: root, withFileTypes: true })) {
    if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) {
      files.push(path.join(entry.parentPath, entry.name));
    }
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex');
}

async function readStamp(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A process of its own, so that its memory is gone when the server starts. */
async function runVite(folder: string): Promise<boolean> {
  const manifest = createRequire(path.join(folder, 'package.json')).resolve('vite/package.json');
  const program = path.join(path.dirname(manifest), 'bin/vite.js');
  const vite = spawn(process.execPath, [program, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    // Standard output is for what the server says.
    stdio: ['ignore', 2, 2],
  });
  const [status] = await once(vite, 'exit');
  return status === 0;
}
