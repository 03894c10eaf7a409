import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { KubeConfig, KubernetesListObject } from '@kubernetes/client-node';
import {
  CustomObjectsApi,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
} from '@kubernetes/client-node';
import type { Machine } from './machines.ts';
import { group, machine, plural, version } from './machines.ts';

interface Informed {
  /** Does something and waits for the one event that it must bring. */
  step(title: string, act: () => Promise<unknown>): Promise<void>;
  next(): Promise<void>;
  names(): readonly string[];
}

async function startInformer(
  config: KubeConfig,
  namespace: string,
  selector?: string,
): Promise<Informed> {
  const api = config.makeApiClient(CustomObjectsApi);
  const path = `/apis/${group}/${version}/namespaces/${namespace}/${plural}`;
  const list = (): Promise<KubernetesListObject<Machine>> =>
    api.listNamespacedCustomObject({
      group,
      version,
      namespace,
      plural,
      ...(selector === undefined ? {} : { labelSelector: selector }),
    }) as Promise<KubernetesListObject<Machine>>;
  const informer = makeInformer<Machine>(config, path, list, selector);
  const told: string[] = [];
  let wake = (): void => undefined;
  const tell =
    (what: string) =>
    (object: Machine): void => {
      const { spec, status, metadata } = object;
      const marks = [metadata?.generation, status?.replicas ?? 0, metadata?.labels?.['size']];
      told.push(`  ${what} ${metadata?.name ?? ''}(${spec?.size ?? ''} ${marks.join(' ')})`);
      wake();
    };
  informer.on('add', tell('add'));
  informer.on('update', tell('update'));
  informer.on('delete', tell('delete'));
  // As its README shows: an error ends it, until somebody starts it again.
  informer.on('error', () => {
    void delay(100).then(() => informer.start());
  });
  await informer.start();
  const next = async (): Promise<void> => {
    while (told.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    console.log(told.shift());
  };
  return {
    async step(title, act) {
      console.log(title);
      await act();
      await next();
    },
    next,
    names: () => informer.list().map((each) => each.metadata?.name ?? ''),
  };
}

/** An informer while somebody works. */
export async function informerPart(config: KubeConfig, namespace: string): Promise<void> {
  const api = config.makeApiClient(CustomObjectsApi);
  const all = { group, version, namespace, plural };
  const merge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
  const patch = (name: string, body: object) => (): Promise<unknown> =>
    api.patchNamespacedCustomObject({ ...all, name, body }, merge);
  const remove = (name: string) => (): Promise<unknown> =>
    api.deleteNamespacedCustomObject({ ...all, name });
  for (const name of ['early', 'other']) {
    await api.createNamespacedCustomObject({ ...all, body: machine(name, 'small') });
  }
  const informed = await startInformer(config, namespace);
  await informed.next();
  await informed.next();
  const late = { ...all, body: machine('late', 'small') };
  await informed.step('create', () => api.createNamespacedCustomObject(late));
  await informed.step('change the spec', patch('late', { spec: { size: 'large' } }));
  await informed.step('change the status', () =>
    api.patchNamespacedCustomObjectStatus(
      { ...all, name: 'late', body: { status: { replicas: 2 } } },
      merge,
    ),
  );
  await informed.step('hold', patch('late', { metadata: { finalizers: [`${group}/hold`] } }));
  await informed.step('delete what is held', remove('late'));
  await informed.step('let go', patch('late', { metadata: { finalizers: null } }));
  await informed.step('delete', remove('other'));
  console.log(`holds ${informed.names().join()}`);

  const selected = await startInformer(config, namespace, 'size=large');
  for (const size of ['large', 'small']) {
    await selected.step(`label ${size}`, patch('early', { metadata: { labels: { size } } }));
  }
}

/** Keeps an informer while the server goes away and comes back: each line on standard input is one such time. */
export async function outagePart(config: KubeConfig, namespace: string): Promise<void> {
  const api = config.makeApiClient(CustomObjectsApi);
  const create = (name: string) => async (): Promise<unknown> => {
    const request = { group, version, namespace, plural, body: machine(name, 'small') };
    for (;;) {
      try {
        return await api.createNamespacedCustomObject(request);
      } catch {
        // The client's connections may be those of the server that went away.
        await delay(50);
      }
    }
  };
  const informed = await startInformer(config, namespace);
  await informed.step('create before', create('before'));
  console.log('ready');
  let count = 0;
  for await (const _ of createInterface(process.stdin)) {
    count += 1;
    await informed.step(`create after-${count}`, create(`after-${count}`));
    console.log('ready');
  }
  console.log(`holds ${informed.names().toSorted().join()}`);
}
