import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBinaries } from './binaries.ts';
import { cacheDir } from './cache.ts';
import { dataFiles, programNames } from './programs.ts';
import type { ProgramName } from './programs.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kindscope-binaries-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function install(dir: string, names: readonly ProgramName[], mode = 0o755): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const name of names) await writeFile(join(dir, name), '', { mode });
}

async function installAll(dir: string): Promise<void> {
  await install(dir, programNames);
  for (const { folder } of dataFiles) await mkdir(join(dir, folder));
}

test('KUBEBUILDER_ASSETS comes before the cache', async () => {
  const env = { XDG_CACHE_HOME: join(root, 'cache'), KUBEBUILDER_ASSETS: join(root, 'assets') };
  await installAll(await cacheDir(env));
  await install(env.KUBEBUILDER_ASSETS, ['etcd', 'kube-apiserver', 'kubectl']);
  expect(await findBinaries(env)).toEqual({
    source: 'KUBEBUILDER_ASSETS',
    dir: env.KUBEBUILDER_ASSETS,
    lacks: ['kube-controller-manager', 'kube-scheduler', 'kwok', 'rollouts-controller'],
  });
});

test('an incomplete KUBEBUILDER_ASSETS is reported, even when the cache has everything', async () => {
  const env = { XDG_CACHE_HOME: join(root, 'cache'), KUBEBUILDER_ASSETS: join(root, 'assets') };
  await installAll(await cacheDir(env));
  await install(env.KUBEBUILDER_ASSETS, ['etcd']);
  expect(await findBinaries(env)).toMatchObject({
    missing: `KUBEBUILDER_ASSETS=${env.KUBEBUILDER_ASSETS} lacks kube-apiserver, kubectl`,
    buildable: false,
  });
});

test('a program counts only when it is executable and has its data files', async () => {
  const assets = join(root, 'assets');
  await install(assets, programNames);
  await install(join(root, 'other'), programNames, 0o644);
  expect(await findBinaries({ KUBEBUILDER_ASSETS: assets })).toMatchObject({
    lacks: ['kwok', 'rollouts-controller'],
  });
  expect(await findBinaries({ KUBEBUILDER_ASSETS: join(root, 'other') })).toMatchObject({
    buildable: false,
  });
});

test('without KUBEBUILDER_ASSETS a whole cache is used', async () => {
  const env = { XDG_CACHE_HOME: root, KUBEBUILDER_ASSETS: '' };
  await installAll(await cacheDir(env));
  expect(await findBinaries(env)).toEqual({
    source: 'cache',
    dir: await cacheDir(env),
    lacks: [],
  });
});

test('a cache that lacks one program is no cache: the remedy is to build', async () => {
  const env = { XDG_CACHE_HOME: root };
  await installAll(await cacheDir(env));
  await rm(join(await cacheDir(env), 'kwok'));
  const found = await findBinaries(env);
  expect(found).toMatchObject({ buildable: true });
  expect('remedy' in found && found.remedy).toContain('pnpm cluster build');
});
