import { createWorkQueue } from '@kindscope/informer';
import { stringAt } from '@kindscope/kube';
import { isTolerable } from '../client.ts';
import { randomOf } from '../random.ts';
import { carryOut, type CarryOutDeps } from './carry-out.ts';
import type { WorkloadController } from './workload-controller.ts';

export interface WorkloadDeps extends CarryOutDeps {
  readonly seed: number;
}

/** Queues, decides and writes until the signal aborts, one object at a time; rejects with a bug. */
export async function runWorkload<Memory>(
  controller: WorkloadController<Memory>,
  deps: WorkloadDeps,
  signal: AbortSignal,
): Promise<void> {
  const { cache, clock, log } = deps;
  const { resource, triggers } = controller;
  const queue = createWorkQueue<string>({ clock });
  const memories = new Map<string, { readonly uid: string; readonly memory: Memory }>();
  let turn = 0;

  async function lookAt(key: string): Promise<void> {
    const object = cache.get(resource, key);
    const uid = stringAt(object, 'metadata', 'uid') ?? '';
    const remembered = memories.get(key);
    if (remembered?.uid !== uid) memories.delete(key);
    if (object === undefined) return;
    turn += 1;
    const { deeds, againMs, memory } = controller.decide({
      object,
      view: cache,
      now: clock.now(),
      random: randomOf(`${deps.seed} ${controller.component} ${key} ${turn}`),
      memory: memories.get(key)?.memory,
      beginning: deps.isBeginning(),
    });
    if (memory !== undefined) memories.set(key, { uid, memory });
    if (againMs !== undefined) queue.addAfter(key, againMs);
    await carryOut(controller, deeds, deps, signal);
  }

  async function work(): Promise<void> {
    for (;;) {
      const key = await queue.get(signal);
      if (key === undefined) return;
      try {
        await lookAt(key);
        queue.forget(key);
      } catch (error) {
        if (signal.aborted) return;
        if (!isTolerable(error, log)) throw error;
        queue.addRateLimited(key);
      } finally {
        queue.done(key);
      }
    }
  }

  const sources = new Set([resource, ...triggers.map((trigger) => trigger.resource)]);
  await Promise.all(Array.from(sources, (source) => cache.synced(source)));
  const stops = [
    cache.onChange(resource, ({ object }) => queue.add(object.key)),
    ...triggers.map((trigger) =>
      cache.onChange(trigger.resource, (changed) => {
        for (const key of trigger.keys(changed, cache)) queue.add(key);
      }),
    ),
  ];
  for (const key of cache.keys(resource)) queue.add(key);
  try {
    await work();
  } finally {
    for (const stop of stops) stop();
    void queue.shutdown();
  }
}
