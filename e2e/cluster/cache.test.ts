import { expect, test } from 'vitest';
import { cacheKey, cacheRoot, readCacheInputs } from './cache.ts';
import type { CacheInputs } from './cache.ts';

const inputs: CacheInputs = {
  platform: 'linux-x64',
  recipe: '-trimpath',
  files: { 'a/go.mod': 'module a', 'a/go.sum': 'x' },
};

test('the same inputs give the same key, in whatever order the files were read', () => {
  const reversed = Object.fromEntries(Object.entries(inputs.files).toReversed());
  expect(cacheKey({ ...inputs, files: reversed })).toBe(cacheKey(inputs));
});

test('a change of a go.sum, of the flags or of the platform changes the key', () => {
  const keys = [
    inputs,
    { ...inputs, files: { ...inputs.files, 'a/go.sum': 'y' } },
    { ...inputs, recipe: '-race' },
    { ...inputs, platform: 'darwin-arm64' },
  ].map(cacheKey);
  expect(new Set(keys).size).toBe(4);
});

test('text that moves from one file to the next changes the key', () => {
  const moved = { 'a/go.mod': 'module ', 'a/go.sum': 'ax' };
  expect(cacheKey({ ...inputs, files: moved })).not.toBe(cacheKey(inputs));
});

test('the key covers go.mod and go.sum of every family', async () => {
  const { files } = await readCacheInputs();
  expect(Object.keys(files).sort()).toEqual([
    'etcd/go.mod',
    'etcd/go.sum',
    'kubernetes/go.mod',
    'kubernetes/go.sum',
    'kwok/go.mod',
    'kwok/go.sum',
    'rollouts/go.mod',
    'rollouts/go.sum',
  ]);
});

test('the cache follows XDG_CACHE_HOME', () => {
  expect(cacheRoot({ XDG_CACHE_HOME: '/big/disk' })).toBe('/big/disk/kindscope/control-plane');
});
