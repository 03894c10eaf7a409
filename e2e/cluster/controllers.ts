import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApiClient } from './api-client.ts';
import type { ApiServer } from './apiserver.ts';
import { waitUntil } from './readiness.ts';
import type { Run } from './run.ts';

type Controller = 'kube-controller-manager' | 'kube-scheduler';

/** Whether a controller says on its own port that it is ready; its certificate is one it made itself. */
async function saysReady(
  run: Run,
  name: Controller,
  certDir: string,
  path: string,
): Promise<boolean> {
  const client = createApiClient({
    server: `https://127.0.0.1:${String(run.ports[name])}`,
    certificateAuthority: await readFile(join(certDir, `${name}.crt`), 'utf8'),
    token: run.credentials.tokens.admin,
    signal: run.signal,
  });
  return (await client.get(path)).status === 200;
}

async function startController(
  run: Run,
  api: ApiServer,
  name: Controller,
  extra: readonly string[],
) {
  const certDir = join(run.dir, name);
  const kubeconfig = await api.writeKubeconfig(name, join(run.dir, `${name}.kubeconfig`));
  const program = await run.processes.start(name, run.ports[name], [
    `--kubeconfig=${kubeconfig}`,
    // One process each: electing a leader would only cost a start its first seconds.
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${String(run.ports[name])}`,
    `--cert-dir=${certDir}`,
    ...extra,
  ]);
  return { program, certDir };
}

/**
 * Starts kube-controller-manager and waits until it works: the default namespace has its service account, without
 * which no pod can be created.
 */
export async function startControllerManager(run: Run, api: ApiServer): Promise<void> {
  const name = 'kube-controller-manager';
  const { program, certDir } = await startController(run, api, name, [
    `--service-account-private-key-file=${run.credentials.serviceAccountKey}`,
    '--use-service-account-credentials=true',
    // Each controller gets an account and a token first: at the default 20 requests a second that alone takes 4 s.
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
    // The default is a system directory, which it would create.
    `--flex-volume-plugin-dir=${join(run.dir, 'flexvolume')}`,
  ]);
  const client = await api.client();
  await waitUntil({
    what: name,
    program,
    signal: run.signal,
    probe: async () =>
      (await saysReady(run, name, certDir, '/healthz')) &&
      (await client.get('/api/v1/namespaces/default/serviceaccounts/default')).status === 200,
  });
  run.report(`${name} is ready`);
}

/** Starts kube-scheduler and waits until it says that it is ready, which includes its caches. */
export async function startScheduler(run: Run, api: ApiServer): Promise<void> {
  const name = 'kube-scheduler';
  const { program, certDir } = await startController(run, api, name, []);
  await waitUntil({
    what: name,
    program,
    signal: run.signal,
    probe: async () => saysReady(run, name, certDir, '/readyz'),
  });
  run.report(`${name} is ready`);
}
