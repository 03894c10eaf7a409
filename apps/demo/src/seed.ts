import type { Client } from './client.ts';
import { crds } from './crds/index.ts';
import { gvrOf } from './gvr.ts';
import { demoObjects, type DemoObject } from './objects/index.ts';

const crdResource = gvrOf('apiextensions.k8s.io/v1', 'customresourcedefinitions');

/** How many requests are under way at once; the order within a kind does not matter. */
const concurrency = 16;

/** Creates the CRDs, then the objects. Rejects with the first refusal: the demo's own data is wrong then. */
export async function seed(
  client: Client,
  options: { readonly seed: number; readonly objects: number; readonly signal: AbortSignal },
): Promise<void> {
  const { signal } = options;
  for (const crd of crds) {
    await client.create({ gvr: crdResource, manager: 'helm', signal }, crd);
  }
  const objects = demoObjects(options.seed, options.objects);
  const first = objects.filter((object) => object.resource === 'namespaces');
  const rest = objects.filter((object) => object.resource !== 'namespaces');
  await createAll(client, first, signal);
  await createAll(client, rest, signal);
}

async function createAll(
  client: Client,
  objects: readonly DemoObject[],
  signal: AbortSignal,
): Promise<void> {
  const waiting = objects.values();
  const worker = async (): Promise<void> => {
    for (const object of waiting) {
      const gvr = gvrOf(object.apiVersion, object.resource);
      const { namespace } = object.body.metadata;
      const write = { gvr, namespace, manager: object.manager, signal };
      await client.create(write, object.body);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
