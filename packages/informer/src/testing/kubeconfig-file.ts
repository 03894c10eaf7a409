import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from '../credentials.ts';
import { loadCredentials } from '../kubeconfig.ts';

/** A directory of its own for one test file; remove it at the end. */
export function createDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'informer-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A kubeconfig with one context, `test`; JSON is YAML. */
export function writeKubeConfig(
  directory: string,
  parts: { readonly cluster: object; readonly user?: object; readonly namespace?: string },
): string {
  const path = join(directory, 'config');
  const { cluster, user, namespace } = parts;
  writeFileSync(
    path,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster }],
      users: user === undefined ? [] : [{ name: 'u', user }],
      contexts: [
        {
          name: 'test',
          context: { cluster: 'c', ...(user && { user: 'u' }), ...(namespace && { namespace }) },
        },
      ],
      'current-context': 'test',
    }),
  );
  return path;
}

export function credentialsOf(kubeconfig: string): Credentials {
  const result = loadCredentials({ kubeconfig });
  if (!result.ok) throw new Error(result.error.detail);
  return result.credentials;
}
