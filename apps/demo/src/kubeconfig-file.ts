import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface KubeconfigFile {
  readonly path: string;
  /** Removes the file, and the folder where that was made for it. */
  remove(): Promise<void>;
}

/**
 * Writes a kubeconfig that its owner alone may read: at `target`, where nothing may be yet, else in a
 * new private folder among the temporary files. Rejects with the system's error.
 */
export async function writeKubeconfig(
  text: string,
  target: string | undefined,
): Promise<KubeconfigFile> {
  if (target !== undefined) {
    await writeFile(target, text, { mode: 0o600, flag: 'wx' });
    return { path: target, remove: () => rm(target, { force: true }) };
  }
  const folder = await mkdtemp(path.join(tmpdir(), `kindscope-demo-${process.getuid?.() ?? ''}-`));
  const file = path.join(folder, 'kubeconfig');
  await writeFile(file, text, { mode: 0o600 });
  return { path: file, remove: () => rm(folder, { recursive: true, force: true }) };
}
