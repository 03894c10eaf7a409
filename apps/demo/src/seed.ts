import { stringAt, type JsonObject } from '@kindscope/kube';
import type { Client } from './client.ts';
import { crds } from './crds/index.ts';
import { gvrOf } from './gvr.ts';
import { backupOf, demoObjects, runOf, type DemoObject } from './objects/index.ts';
import { randomOf } from './random.ts';

const crdResource = gvrOf('apiextensions.k8s.io/v1', 'customresourcedefinitions');

/** How many requests are under way at once; the order within a stage does not matter. */
const concurrency = 16;

/** What the cluster begins with. */
export interface SeedOptions {
  readonly seed: number;
  /** At least so many objects. */
  readonly objects: number;
  readonly signal: AbortSignal;
}

/**
 * Creates the CRDs, the namespaces, the objects, and then what is owned by objects. Rejects with the first
 * refusal: the demo's own data is wrong then.
 */
export async function seed(client: Client, options: SeedOptions): Promise<void> {
  const { signal } = options;
  for (const crd of crds) {
    await client.create({ gvr: crdResource, manager: 'helm', signal }, crd);
  }
  const objects = demoObjects(options.seed, options.objects);
  const isNamespace = ({ resource }: DemoObject): boolean => resource === 'namespaces';
  const owned: DemoObject[] = [];
  const keepOwned = (object: JsonObject): void => void owned.push(...ownedBy(object, options.seed));
  await createAll(client, objects.filter(isNamespace), signal);
  await createAll(
    client,
    objects.filter((object) => !isNamespace(object)),
    signal,
    keepOwned,
  );
  await createAll(client, owned, signal);
}

/** A run of each pipeline, and a backup of each database. */
function ownedBy(object: JsonObject, seed: number): DemoObject[] {
  switch (object['kind']) {
    case 'CloudDatabase':
      return [backupOf(object, 'first')];
    case 'Pipeline': {
      const random = randomOf(`${seed} ${stringAt(object, 'metadata', 'name')}`);
      return [runOf(object, { random, trigger: 'push', manager: 'git-webhook' })];
    }
    default:
      return [];
  }
}

async function createAll(
  client: Client,
  objects: readonly DemoObject[],
  signal: AbortSignal,
  onCreated?: (object: JsonObject) => void,
): Promise<void> {
  const waiting = objects.values();
  const worker = async (): Promise<void> => {
    for (const object of waiting) {
      const gvr = gvrOf(object.apiVersion, object.resource);
      const { namespace } = object.body.metadata;
      const write = { gvr, namespace, manager: object.manager, signal };
      const created = await client.create(write, object.body);
      onCreated?.(created);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
