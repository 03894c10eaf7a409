import type { KubeConfig } from '@kubernetes/client-node';
import { CustomObjectsApi, Watch } from '@kubernetes/client-node';
import type { Machine } from './machines.ts';
import { group, machine, plural, version } from './machines.ts';

/** The bare Watch, with the parameters that change what it tells. */
export async function watchPart(config: KubeConfig, namespace: string): Promise<void> {
  const api = config.makeApiClient(CustomObjectsApi);
  const all = { group, version, namespace, plural };
  for (const name of ['one', 'two']) {
    await api.createNamespacedCustomObject({ ...all, body: machine(name, 'small') });
  }
  const list = (await api.listNamespacedCustomObject(all)) as Machine;
  const now = list.metadata?.resourceVersion ?? '';
  await api.deleteNamespacedCustomObject({ ...all, name: 'two' });

  const path = `/apis/${group}/${version}/namespaces/${namespace}/${plural}`;
  const follow = (title: string, query: Query): Promise<void> =>
    printWatch(config, title, path, query);
  await follow('from a version', { resourceVersion: now });
  await follow('from none', {});
  await follow('from any', { resourceVersion: '0' });
  await follow('by labels', { labelSelector: 'size=large' });
  await follow('with initial events', {
    sendInitialEvents: true,
    resourceVersionMatch: 'NotOlderThan',
    allowWatchBookmarks: true,
  });
  await follow('from a version that has been forgotten', { resourceVersion: '1' });
  await follow('from nonsense', { resourceVersion: 'nonsense' });
  await follow('by a wrong selector', { labelSelector: 'a in' });
}

type Query = Record<string, string | boolean>;

/** Prints what a watch of one second tells. */
function printWatch(config: KubeConfig, title: string, path: string, query: Query): Promise<void> {
  console.log(title);
  return new Promise((resolve, reject) => {
    const tell = (phase: string, object: Machine & { code?: number; message?: string }): void => {
      const what = phase === 'ERROR' ? JSON.stringify(object) : (object.metadata?.name ?? '-');
      const annotations = object.metadata?.annotations;
      console.log(`  ${phase} ${what} ${JSON.stringify(annotations ?? {})}`);
    };
    const ended = (error: unknown): void => {
      console.log(`  ended: ${error instanceof Error ? error.message : 'by the server'}`);
      resolve();
    };
    new Watch(config).watch(path, { ...query, timeoutSeconds: 1 }, tell, ended).catch(reject);
  });
}
