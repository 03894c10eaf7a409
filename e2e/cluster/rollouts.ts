import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiClient } from './api-client.ts';
import type { ApiServer } from './apiserver.ts';
import { ControlPlaneError } from './errors.ts';
import { answersOk, waitUntil } from './readiness.ts';
import type { Run } from './run.ts';

const crdPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

async function createCrd(client: ApiClient, file: string): Promise<void> {
  const { status, body } = await client.post(crdPath, await readFile(file, 'utf8'));
  if (status !== 201) throw new ControlPlaneError(`${file} was refused: ${String(status)} ${body}`);
}

interface CrdList {
  readonly items: readonly {
    readonly status?: { readonly conditions?: readonly { type: string; status: string }[] };
  }[];
}

/** Whether every custom resource is served: the controller ends when it meets one that is not. */
async function allEstablished(client: ApiClient): Promise<boolean> {
  const { items } = JSON.parse((await client.get(crdPath)).body) as CrdList;
  return items.every(({ status }) =>
    status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True'),
  );
}

/** Installs the custom resources of Argo Rollouts and starts its controller; waits until it is healthy. */
export async function startRollouts(run: Run, api: ApiServer): Promise<void> {
  const client = await api.client();
  const folder = join(run.binaries.dir, 'rollouts-crds');
  const files = (await readdir(folder)).map((file) => join(folder, file));
  await Promise.all(files.map(async (file) => createCrd(client, file)));
  await waitUntil({
    what: 'the custom resources of Argo Rollouts',
    program: api.program(),
    signal: run.signal,
    probe: async () => allEstablished(client),
  });

  const kubeconfig = await api.writeKubeconfig(
    'rollouts-controller',
    join(run.dir, 'rollouts-controller.kubeconfig'),
  );
  const program = await run.processes.start('rollouts-controller', run.ports.rolloutsHealth, [
    `--kubeconfig=${kubeconfig}`,
    `--metricsPort=${String(run.ports.rolloutsMetrics)}`,
    `--healthzPort=${String(run.ports.rolloutsHealth)}`,
    '--leader-elect=false',
  ]);
  await waitUntil({
    what: 'rollouts-controller',
    program,
    signal: run.signal,
    probe: async () =>
      answersOk(`http://127.0.0.1:${String(run.ports.rolloutsHealth)}/healthz`, run.signal),
  });
  run.report('rollouts-controller is ready, with its custom resources');
}
