import { ControlPlaneError } from './errors.ts';
import type { ClusterState } from './state.ts';

/** Compacts etcd at its newest revision, over the JSON that it speaks beside gRPC. */
export async function compactEtcd(state: ClusterState): Promise<void> {
  const etcd = state.programs.find(({ program }) => program === 'etcd');
  if (etcd === undefined) throw new Error('a control plane without etcd');
  const ask = async (path: string, body: object): Promise<string> => {
    const url = `http://127.0.0.1:${String(etcd.port)}/v3/${path}`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    const text = await response.text();
    // Nothing was written since the last time.
    if (response.ok || text.includes('required revision has been compacted')) return text;
    throw new ControlPlaneError(
      `etcd answered ${String(response.status)} to ${path}: ${text}`,
      `Look into ${etcd.log}`,
    );
  };
  const status = JSON.parse(await ask('maintenance/status', {})) as {
    header: { revision: string };
  };
  await ask('kv/compaction', { revision: status.header.revision, physical: true });
}
