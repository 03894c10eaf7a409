import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from './identity.ts';
import { createProcesses } from './processes.ts';
import { waitUntil } from './readiness.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kindscope-processes-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

/** A stand-in for etcd: a shell script under its name. */
async function install(script: string) {
  await writeFile(join(root, 'etcd'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return createProcesses({ binDir: root, runDir: root, onChange: () => undefined });
}

const { signal } = new AbortController();

test('a program that ends while it is awaited is reported with its last words', async () => {
  const processes = await install('echo starting; echo address in use >&2; exit 3');
  const startAndWait = async (): Promise<void> => {
    const program = await processes.start('etcd', 1, []);
    await waitUntil({ what: 'etcd', program, signal, probe: async () => false });
  };
  await expect(startAndWait()).rejects.toThrow('etcd exited with status 3: address in use');
});

test('a program that is not there is reported by name', async () => {
  const processes = createProcesses({ binDir: root, runDir: root, onChange: () => undefined });
  await expect(processes.start('kwok', 1, [])).rejects.toThrow('kwok could not be started');
});

test('all programs are ended, also one that is frozen, and none starts any more', async () => {
  const processes = await install('exec sleep 60');
  const program = await processes.start('etcd', 1, []);
  program.signal('SIGSTOP');
  expect(await isAlive(program.process)).toBe(true);
  await processes.killAll();
  expect(await isAlive(program.process)).toBe(false);
  expect(processes.running()).toEqual([]);
  await expect(processes.start('etcd', 1, [])).rejects.toThrow('is being stopped');
});

test('the environment of a program holds nothing of ours', async () => {
  const processes = await install('env; echo done; exec sleep 60');
  process.env['ETCD_NAME'] = 'ours';
  const program = await processes.start('etcd', 1, []);
  delete process.env['ETCD_NAME'];
  const log = async (): Promise<string> => readFile(program.log, 'utf8');
  const probe = async (): Promise<boolean> => (await log()).endsWith('done\n');
  await waitUntil({ what: 'its environment', program, signal, probe });
  await processes.killAll();
  expect(await log()).toContain(`HOME=${root}`);
  expect(await log()).not.toContain('ETCD_NAME');
});
