import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryLock } from './lock.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kindscope-lock-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

test('a lock is had once, and again after its release', async () => {
  const path = join(root, 'new', 'lock');
  const first = await tryLock(path);
  expect(first).toBeDefined();
  expect(await tryLock(path)).toBeUndefined();
  first?.release();
  const second = await tryLock(path);
  expect(second).toBeDefined();
  second?.release();
});

test('a lock survives a garbage collection of a holder that forgot it, and ends with the process', async () => {
  const path = join(root, 'lock');
  const script = `
    const { tryLock } = await import(${JSON.stringify(join(import.meta.dirname, 'lock.ts'))});
    console.log((await tryLock(${JSON.stringify(path)})) !== undefined);
    setInterval(() => gc(), 10);
    setTimeout(() => console.log('collected'), 100);`;
  const holder = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  expect(String((await once(holder.stdout, 'data'))[0])).toBe('true\n');
  expect(String((await once(holder.stdout, 'data'))[0])).toBe('collected\n');
  expect(await tryLock(path)).toBeUndefined();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = await tryLock(path);
  expect(lock).toBeDefined();
  lock?.release();
});

test('a lock whose file was moved away does not keep others from its name', async () => {
  const path = join(root, 'lock');
  const first = await tryLock(path);
  await rename(path, `${path}.removed`);
  const second = await tryLock(path);
  expect(second).toBeDefined();
  first?.release();
  expect(await tryLock(path)).toBeUndefined();
  second?.release();
});
