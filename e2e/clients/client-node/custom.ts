import type { KubeConfig } from '@kubernetes/client-node';
import { CustomObjectsApi, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { group, machine, plural, version } from './machines.ts';
import { outcome, say } from './transcript.ts';

const as = (strategy: PatchStrategy) => setHeaderOptions('Content-Type', strategy);

/** Everything that CustomObjectsApi offers. */
export async function customPart(config: KubeConfig, namespace: string): Promise<void> {
  const api = config.makeApiClient(CustomObjectsApi);
  const all = { group, version, namespace, plural };
  const one = { ...all, name: 'one' };

  const body = machine('one', 'small');
  await outcome('create', api.createNamespacedCustomObject({ ...all, body, fieldManager: 'node' }));
  await outcome('create again', api.createNamespacedCustomObject({ ...all, body }));
  const wrong = machine('two', 'huge');
  await outcome('create a wrong one', api.createNamespacedCustomObject({ ...all, body: wrong }));
  const unknown = { ...machine('two', 'small'), spec: { size: 'small', colour: 'red' } };
  await outcome(
    'create one with an unknown field',
    api.createNamespacedCustomObject({ ...all, body: unknown, fieldValidation: 'Strict' }),
  );
  await outcome(
    'create without effect',
    api.createNamespacedCustomObject({ ...all, body: machine('dry', 'small'), dryRun: 'All' }),
  );

  const got: unknown = await outcome('get', api.getNamespacedCustomObject(one));
  await outcome('get nobody', api.getNamespacedCustomObject({ ...all, name: 'nobody' }));
  const changed = { ...(got as object), spec: { size: 'large', owner: 'anna' } };
  await outcome('replace', api.replaceNamespacedCustomObject({ ...one, body: changed }));
  await outcome('replace an old one', api.replaceNamespacedCustomObject({ ...one, body: changed }));

  const merge = { spec: { owner: 'bert' } };
  const json = [{ op: 'replace', path: '/spec/size', value: 'medium' }];
  const withMerge = as(PatchStrategy.MergePatch);
  await outcome('merge', api.patchNamespacedCustomObject({ ...one, body: merge }, withMerge));
  await outcome(
    'JSON patch',
    api.patchNamespacedCustomObject({ ...one, body: json }, as(PatchStrategy.JsonPatch)),
  );
  await outcome(
    'strategic merge',
    api.patchNamespacedCustomObject({ ...one, body: merge }, as(PatchStrategy.StrategicMergePatch)),
  );
  const applied = machine('one', 'medium');
  await outcome(
    'apply',
    api.patchNamespacedCustomObject(
      { ...one, body: applied, fieldManager: 'applier', force: true },
      as(PatchStrategy.ServerSideApply),
    ),
  );

  const status = { status: { replicas: 1 } };
  await outcome(
    'patch the status',
    api.patchNamespacedCustomObjectStatus({ ...one, body: status }, withMerge),
  );
  await outcome('get the status', api.getNamespacedCustomObjectStatus(one));
  await outcome('get the scale', api.getNamespacedCustomObjectScale(one));
  const scale = { spec: { replicas: 3 } };
  await outcome('scale', api.patchNamespacedCustomObjectScale({ ...one, body: scale }, withMerge));

  // A group's custom resources come in an order that differs from one server to the next.
  const { resources } = await api.getAPIResources({ group, version });
  say(
    'resources',
    resources.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
  await outcome('list', api.listNamespacedCustomObject({ ...all, limit: 1 }));
  await outcome(
    'list none',
    api.listNamespacedCustomObject({ ...all, labelSelector: 'size=none' }),
  );
  await outcome('list wrongly', api.listNamespacedCustomObject({ ...all, labelSelector: 'a in' }));
  await outcome('list planets', api.listClusterCustomObject({ group, version, plural: 'planets' }));
  await outcome('delete', api.deleteNamespacedCustomObject(one));
  await outcome('delete again', api.deleteNamespacedCustomObject(one));
  await outcome('delete all', api.deleteCollectionNamespacedCustomObject(all));
}
