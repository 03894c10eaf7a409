import { stringAt, type JsonObject } from '@kindscope/kube';
import type { Client } from './client.ts';
import { backupEveryMs, backupSuffix } from './controllers/backup.ts';
import { nameOf } from './controllers/observation.ts';
import { crds } from './crds/index.ts';
import { createAll } from './create-all.ts';
import { gvrOf } from './gvr.ts';
import { backupOf, demoObjects, runOf, withOwner, type DemoObject } from './objects/index.ts';
import { between, randomOf } from './random.ts';

const crdResource = gvrOf('apiextensions.k8s.io/v1', 'customresourcedefinitions');

/** What the cluster begins with. */
export interface SeedOptions {
  readonly seed: number;
  /** When it begins, milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/**
 * Creates the CRDs, the namespaces, the objects, and what they own. Resolves with how many objects there are
 * then, CRDs left out. Rejects with the first refusal: the demo's own data is wrong then.
 */
export async function seed(client: Client, options: SeedOptions): Promise<number> {
  const { signal } = options;
  for (const crd of crds) {
    await client.create({ gvr: crdResource, manager: 'helm', signal }, crd);
  }
  const objects = demoObjects(options.seed);
  const isNamespace = ({ resource }: DemoObject): boolean => resource === 'namespaces';
  await createAll(client, objects.filter(isNamespace), signal);
  const others = objects.filter((object) => !isNamespace(object));
  return objects.length + (await createWithOwners(client, others, options));
}

/** In waves: what has an owner comes once that is there, and names it. Resolves with how many came besides. */
async function createWithOwners(
  client: Client,
  objects: readonly DemoObject[],
  options: SeedOptions,
): Promise<number> {
  const { signal } = options;
  const owners = new Set(objects.flatMap((object) => ownerKey(object) ?? []));
  const there = new Map<string, JsonObject>();
  const generated: DemoObject[] = [];
  const keep = (object: JsonObject): void => {
    const key = keyOf(object['kind'], stringAt(object, 'metadata', 'namespace'), nameOf(object));
    if (owners.has(key)) there.set(key, object);
    generated.push(...generatedFor(object, options));
  };
  let waiting = objects;
  while (waiting.length > 0) {
    const later: DemoObject[] = [];
    const ready: DemoObject[] = [];
    for (const object of waiting) {
      const key = ownerKey(object);
      const owner = key === undefined ? undefined : there.get(key);
      if (key !== undefined && owner === undefined) later.push(object);
      else ready.push(owner === undefined ? object : withOwner(object, owner));
    }
    if (ready.length === 0) throw new Error(`No such owner: ${later.map(ownerKey).join(', ')}.`);
    await createAll(client, ready, signal, keep);
    waiting = later;
  }
  await createAll(client, generated, signal);
  return generated.length;
}

function ownerKey({ owner, body }: DemoObject): string | undefined {
  return owner && keyOf(owner.kind, body.metadata.namespace, owner.name);
}

function keyOf(...parts: readonly unknown[]): string {
  return parts.join('/');
}

/** The last runs of each pipeline, and the last backups of each database. */
function generatedFor(object: JsonObject, { seed, now }: SeedOptions): DemoObject[] {
  const namespace = stringAt(object, 'metadata', 'namespace');
  const random = randomOf(`${seed} ${namespace}/${nameOf(object)}`);
  switch (object['kind']) {
    case 'CloudDatabase':
      return [1, 2, 3].map((ago) => backupOf(object, backupSuffix(now - ago * backupEveryMs)));
    case 'Pipeline':
      return Array.from({ length: between(random, 1, 3) }, () =>
        runOf(object, { random, trigger: 'push', manager: 'git-webhook' }),
      );
    default:
      return [];
  }
}
