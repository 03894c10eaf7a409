import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import { KubernetesObjectApi, PatchStrategy } from '@kubernetes/client-node';
import type { Machine } from './machines.ts';
import { machine } from './machines.ts';
import { outcome } from './transcript.ts';

/** KubernetesObjectApi, which learns from discovery where an object belongs. */
export async function objectsPart(config: KubeConfig, namespace: string): Promise<void> {
  const api = KubernetesObjectApi.makeApiClient(config);
  const { merge, apply } = {
    merge: PatchStrategy.MergePatch,
    apply: PatchStrategy.ServerSideApply,
  };
  const header = { apiVersion: 'clients.example.com/v1', kind: 'Machine' };
  const one = { ...header, metadata: { name: 'one', namespace } };

  const created = await outcome('create', api.create<Machine>(machine('one', 'small', namespace)));
  await outcome('read', api.read<Machine>(one));
  await outcome('replace', api.replace<Machine>({ ...created, spec: { size: 'large' } }));
  const owned: Machine = { ...one, spec: { owner: 'anna' } };
  await outcome('patch', api.patch(owned, undefined, undefined, 'node', undefined, merge));
  const applied = machine('two', 'medium', namespace);
  await outcome('apply', api.patch(applied, undefined, undefined, 'applier', true, apply));
  await outcome('list', api.list<Machine>(header.apiVersion, header.kind, namespace));
  await outcome('delete', api.delete(one));
  await outcome('read what is gone', api.read(one));

  const settings: KubernetesObject & { data: Record<string, string> } = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace },
    data: { colour: 'red' },
  };
  await outcome('create a config map', api.create(settings));
  await outcome('list config maps', api.list('v1', 'ConfigMap', namespace));
  const planet = { apiVersion: header.apiVersion, kind: 'Planet', metadata: { name: 'mars' } };
  await outcome('read a planet', api.read(planet));
  await api
    .read({ ...one, kind: 'Widget' })
    .catch((error: unknown) => console.log(`an unknown kind: ${String(error)}`));
}
