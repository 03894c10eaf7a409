import type { Clock, InformerFactory, Log, ObjectHandle } from '@kindscope/informer';
import { createWorkQueue } from '@kindscope/informer';
import { gvrKey, type JsonObject } from '@kindscope/kube';
import { isRefusal, isTolerable, type Client } from '../client.ts';
import { gvrOf } from '../gvr.ts';
import { randomOf } from '../random.ts';
import type { Reservations } from '../reservations.ts';
import type { Controller, Decision } from './controller.ts';

export interface ControllerDeps {
  readonly factory: InformerFactory;
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Log;
  readonly seed: number;
  /** 1 is calm; at 10 it looks ten times as often, at 0 only when something has changed. */
  readonly pace: number;
  /** What somebody else sees to for now; it is looked at again once that is over. */
  readonly reserved?: Reservations;
}

export interface RunningController {
  /** Resolves when every object that was there at first has been seen to; never, if aborted before. */
  readonly settled: Promise<void>;
  /** Resolves after the abort; rejects with a bug. */
  readonly done: Promise<void>;
}

/** Watches, queues, decides and writes until the signal aborts: one object at a time. */
export function runController(
  controller: Controller,
  deps: ControllerDeps,
  signal: AbortSignal,
): RunningController {
  const { clock, pace, log, reserved } = deps;
  const { gvr, labelSelector } = controller;
  const lease = deps.factory.acquire({ gvr, labelSelector });
  const queue = createWorkQueue<string>({ clock });
  /** When each object wants to be looked at again, by the monotonic clock. */
  const dueAt = new Map<string, number>();
  const turns = new Map<string, number>();
  /** Was there at first, and has not been seen to. */
  const initial = new Set<string>();
  const settled = Promise.withResolvers<void>();
  /** The whole of the first list has come: what is seen before is a part of it. */
  let synced = false;

  lease.informer.addHandler((event) => {
    if (event.kind === 'add' || event.kind === 'update') queue.add(event.new.key);
    if (event.kind === 'add' && event.initial) initial.add(event.new.key);
    if (event.kind === 'delete') forget(event.old.key);
    if (event.kind === 'synced') synced = true;
    if (event.kind === 'synced' && initial.size === 0) settled.resolve();
  });

  function forget(key: string): void {
    dueAt.delete(key);
    turns.delete(key);
    seenTo(key);
  }

  function seenTo(key: string): void {
    if (initial.delete(key) && synced && initial.size === 0) settled.resolve();
  }

  const unsubscribe = reserved?.onRelease(gvr, (key) => queue.add(key));

  async function lookAt(key: string): Promise<void> {
    const handle = lease.informer.store.get(key);
    if (handle === undefined || reserved?.has(gvr, key) === true) return;
    const due = clock.monotonic() >= (dueAt.get(key) ?? 0);
    const turn = turns.get(key) ?? 0;
    const decision = controller.decide({
      object: handle.parse(),
      now: clock.now(),
      due,
      initial: initial.has(key),
      random: randomOf(`${deps.seed} ${controller.manager} ${gvrKey(gvr)} ${key} ${turn}`),
    });
    await carryOut(controller, handle, decision, deps.client, signal);
    if (due) turns.set(key, turn + 1);
    schedule(key, due, decision);
  }

  function schedule(key: string, due: boolean, { againMs, nextMs }: Decision): void {
    const waitMs = nextMs ?? (againMs === undefined || pace === 0 ? undefined : againMs / pace);
    if (waitMs !== undefined) dueAt.set(key, clock.monotonic() + waitMs);
    else if (due) dueAt.set(key, Number.POSITIVE_INFINITY);
    // Always anew: an earlier time that it once asked for may have used up the timer.
    const at = dueAt.get(key) ?? Number.POSITIVE_INFINITY;
    if (Number.isFinite(at)) queue.addAfter(key, at - clock.monotonic());
  }

  async function work(): Promise<void> {
    for (;;) {
      const key = await queue.get(signal);
      if (key === undefined) break;
      try {
        await lookAt(key);
        queue.forget(key);
        seenTo(key);
      } catch (error) {
        if (signal.aborted) break;
        if (!isTolerable(error, log)) throw error;
        queue.addRateLimited(key);
      } finally {
        queue.done(key);
      }
    }
    unsubscribe?.();
    await queue.shutdown();
    lease.release();
  }

  return { settled: settled.promise, done: work() };
}

async function carryOut(
  controller: Controller,
  handle: ObjectHandle,
  decision: Decision,
  client: Client,
  signal: AbortSignal,
): Promise<void> {
  const { gvr, manager } = controller;
  const { name } = handle;
  const namespace = handle.namespace === '' ? undefined : handle.namespace;
  const write = { gvr, namespace, manager, signal };
  const { spec, status, create, update, remove } = decision;
  let { resourceVersion } = handle;
  if (spec !== undefined) {
    const written = await client.patch(write, name, { metadata: { resourceVersion }, spec });
    resourceVersion = versionOf(written) ?? resourceVersion;
  }
  if (status !== undefined) {
    await client.patch(write, name, { metadata: { resourceVersion }, status }, 'status');
  }
  if (create !== undefined) {
    const created = gvrOf(create.apiVersion, create.resource);
    await client.create({ ...write, gvr: created, manager: create.manager }, create.body);
  }
  if (update !== undefined) {
    const { name: companion, patch, subresource } = update;
    await ifThere(client.patch({ ...write, gvr: update.gvr }, companion, patch, subresource));
  }
  if (remove === true) await client.remove(write, name);
}

/** What goes with an object may have been taken away. */
async function ifThere(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isRefusal(error, 404)) throw error;
  }
}

function versionOf(object: JsonObject): string | undefined {
  const metadata = object['metadata'] as JsonObject | undefined;
  const version = metadata?.['resourceVersion'];
  return typeof version === 'string' ? version : undefined;
}
