import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeKubeconfig } from './kubeconfig-file.ts';

describe('the kubeconfig', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kubeconfig-file-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is for its owner alone, in a folder of its own, and leaves nothing behind', async () => {
    const file = await writeKubeconfig('text', undefined);
    expect(readFileSync(file.path, 'utf8')).toBe('text');
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file.path)).mode & 0o777).toBe(0o700);
    await file.remove();
    expect(existsSync(path.dirname(file.path))).toBe(false);
  });

  it('goes where it is asked to, and leaves the folder there', async () => {
    const file = await writeKubeconfig('text', path.join(folder, 'config'));
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    await file.remove();
    expect(existsSync(file.path)).toBe(false);
    expect(existsSync(folder)).toBe(true);
  });

  it('replaces no file', async () => {
    const target = path.join(folder, 'config');
    writeFileSync(target, 'precious');
    await expect(writeKubeconfig('text', target)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });
});
