import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './web-build.ts';

let root: string;

async function write(file: string, text: string): Promise<void> {
  const target = path.join(root, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'kindscope-build-'));
  await write('apps/web/index.html', '<html>');
  await write('apps/web/src/pages/page.tsx', 'one');
  await write('packages/kube/src/index.ts', 'two');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the page is out of date', () => {
  const changes = [
    'apps/web/index.html',
    'apps/web/src/pages/page.tsx',
    'apps/web/src/pages/new.module.css',
    'apps/web/public/theme.js',
    'packages/kube/src/index.ts',
    'packages/protocol/src/state.ts',
    'pnpm-lock.yaml',
  ];
  it.each(changes)('when %s changed', async (file) => {
    const before = await fingerprint(root);
    await write(file, 'changed');
    expect(await fingerprint(root)).not.toBe(before);
  });

  const others = [
    'apps/web/src/pages/page.test.tsx',
    'apps/web/dist/index.html',
    'apps/server/src/main.ts',
    'packages/informer/src/index.ts',
  ];
  it.each(others)('not when %s changed', async (file) => {
    const before = await fingerprint(root);
    await write(file, 'changed');
    expect(await fingerprint(root)).toBe(before);
  });

  it('not when a checkout gave a file another time', async () => {
    const before = await fingerprint(root);
    await utimes(path.join(root, 'apps/web/index.html'), 0, 0);
    expect(await fingerprint(root)).toBe(before);
  });
});
