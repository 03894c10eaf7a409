import type { JsonObject } from '@kindscope/kube';
import type { Client } from './client.ts';
import { gvrOf } from './gvr.ts';
import type { DemoObject } from './objects/index.ts';

/** How many requests are under way at once; their order does not matter. */
const concurrency = 16;

/** Creates all of them; rejects with the first refusal. */
export async function createAll(
  client: Client,
  objects: Iterable<DemoObject>,
  signal: AbortSignal,
  onCreated?: (object: JsonObject) => void,
): Promise<void> {
  const waiting = Iterator.from(objects);
  const work = async (): Promise<void> => {
    for (const object of waiting) {
      const gvr = gvrOf(object.apiVersion, object.resource);
      const { namespace } = object.body.metadata;
      const write = { gvr, namespace, manager: object.manager, signal };
      const created = await client.create(write, object.body);
      onCreated?.(created);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
