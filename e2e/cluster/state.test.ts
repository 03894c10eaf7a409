import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ControlPlaneError } from './errors.ts';
import { clusterNames, readState, removeState, statePaths, writeState } from './state.ts';
import type { ClusterState } from './state.ts';

let env: { XDG_STATE_HOME: string };
beforeEach(async () => {
  env = { XDG_STATE_HOME: await mkdtemp(join(tmpdir(), 'kindscope-state-')) };
});
afterEach(async () => {
  await rm(env.XDG_STATE_HOME, { recursive: true });
});

const state: ClusterState = {
  name: 'one',
  phase: 'ready',
  bare: true,
  until: 'down',
  supervisor: { pid: 1, started: 'x' },
  programs: [],
  lacks: [],
  server: 'https://127.0.0.1:1',
  kubeconfig: '/k',
  kubectl: '/kubectl',
  version: 'v1.36.3',
  startedAt: '2026-01-01T00:00:00.000Z',
};

test('what was written is read, and what was not is undefined', async () => {
  const paths = statePaths('one', env);
  expect(await readState(paths)).toBeUndefined();
  await mkdir(paths.dir, { recursive: true });
  await writeState(paths, state);
  expect(await readState(paths)).toEqual(state);
});

test('a state file that cannot be read names itself and the remedy', async () => {
  const paths = statePaths('one', env);
  await mkdir(paths.dir, { recursive: true });
  await writeFile(paths.state, '{"name": ');
  await expect(readState(paths)).rejects.toThrow(`${paths.state} cannot be read`);
});

test('a removed cluster leaves nothing behind, and can be removed again', async () => {
  const paths = statePaths('one', env);
  await mkdir(paths.run, { recursive: true });
  await writeState(paths, state);
  await removeState(paths);
  await removeState(paths);
  expect(await readdir(join(paths.dir, '..'))).toEqual([]);
});

test('clusters are listed by name', async () => {
  expect(await clusterNames(env)).toEqual([]);
  for (const name of ['two', 'one']) {
    await mkdir(statePaths(name, env).dir, { recursive: true });
  }
  expect(await clusterNames(env)).toEqual(['one', 'two']);
});

test.each(['', '../one', 'One', 'a_b', '-a', 'a'.repeat(41)])('"%s" is no name', (name) => {
  expect(() => statePaths(name, env)).toThrow(ControlPlaneError);
});
