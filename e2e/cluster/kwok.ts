import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ApiClient } from './api-client.ts';
import type { ApiServer } from './apiserver.ts';
import { ControlPlaneError } from './errors.ts';
import { waitUntil } from './readiness.ts';
import type { Run } from './run.ts';

const nodeNames: readonly string[] = ['node-1', 'node-2', 'node-3'];

function node(name: string): unknown {
  const resources = { cpu: '32', memory: '256Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        type: 'kwok',
      },
    },
    status: { allocatable: resources, capacity: resources },
  };
}

async function createNode(client: ApiClient, name: string): Promise<void> {
  const { status, body } = await client.post('/api/v1/nodes', JSON.stringify(node(name)));
  if (status !== 201) {
    throw new ControlPlaneError(`node ${name} was not created: ${String(status)} ${body}`);
  }
}

interface NodeList {
  readonly items: readonly {
    readonly status: { readonly conditions?: readonly { type: string; status: string }[] };
  }[];
}

async function readyNodes(client: ApiClient): Promise<number> {
  const { items } = JSON.parse((await client.get('/api/v1/nodes')).body) as NodeList;
  return items.filter(({ status }) =>
    status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
  ).length;
}

/** Our own, of pods that ask for them by a label: what KWOK's stages do not play. */
const ownStages = fileURLToPath(new URL('./stages', import.meta.url));

async function stagesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort().map((file) => `--config=${join(folder, file)}`);
}

/**
 * Creates the nodes and starts KWOK, which plays their kubelets: pods that are placed on them become ready, complete
 * and end, without a container anywhere. Waits until every node is Ready.
 */
export async function startKwok(run: Run, api: ApiServer): Promise<void> {
  const client = await api.client();
  await Promise.all(nodeNames.map(async (name) => createNode(client, name)));
  const kubeconfig = await api.writeKubeconfig('kwok', join(run.dir, 'kwok.kubeconfig'));
  const program = await run.processes.start('kwok', run.ports.kwok, [
    `--kubeconfig=${kubeconfig}`,
    '--manage-all-nodes=true',
    '--node-ip=127.0.0.1',
    `--server-address=127.0.0.1:${String(run.ports.kwok)}`,
    '--node-lease-duration-seconds=40',
    // Without stages KWOK exits: they are its whole behaviour.
    ...(await stagesIn(join(run.binaries.dir, 'kwok-stages'))),
    ...(await stagesIn(ownStages)),
  ]);
  await waitUntil({
    what: `${String(nodeNames.length)} ready nodes`,
    program,
    signal: run.signal,
    probe: async () => (await readyNodes(client)) === nodeNames.length,
  });
  run.report(`kwok is ready, with ${String(nodeNames.length)} nodes`);
}
