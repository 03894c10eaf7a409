import type { Clock, InformerFactory } from '@kindscope/informer';
import { TransportError } from '@kindscope/informer';
import {
  objectKey,
  stringAt,
  type GroupVersionResource,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import { RefusedError, type Client } from '../client.ts';
import { gvrOf } from '../gvr.ts';
import type { DemoObject } from '../objects/index.ts';
import { pause } from '../pause.ts';
import type { Target } from './scenario.ts';

/** Where a story is played. Everything rejects once the story is ended. */
export interface Stage {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Says what happens now: one sentence for people. */
  tell(sentence: string): void;
  pause(ms: number): Promise<void>;
  /** Stays as it is until the story is ended. */
  stay(): Promise<never>;
  read(target: Target): Promise<JsonObject>;
  /** Every object of a kind, in all namespaces. */
  list(gvr: GroupVersionResource): Promise<readonly Target[]>;
  /** A JSON merge patch in that manager's name. */
  patch(target: Target, manager: string, patch: JsonValue, subresource?: 'status'): Promise<void>;
  replace(target: Target, manager: string, body: JsonValue): Promise<void>;
  create(object: DemoObject): Promise<void>;
  /** Nothing happens when it is gone already; what it owns goes with it. */
  remove(target: Target, manager: string): Promise<void>;
  /** Waits until the object is as wanted. False: it was not within that time. */
  until(target: Target, holds: (object: JsonObject) => boolean, withinMs: number): Promise<boolean>;
  /**
   * Registers what takes back what comes next. The last registered is done first, on a stage of its own, which
   * only the end of the demo ends; there, what is gone need not be put back.
   */
  putBack(undo: (stage: Stage) => Promise<void>): void;
}

export interface StageDeps {
  readonly factory: InformerFactory;
  readonly client: Client;
  readonly clock: Clock;
}

/** The waits between tries, milliseconds: a server that is cut off comes back, or the story cannot go on. */
const retryMs = [250, 500, 1000, 2000, 4000, 8000];

/** Refusals that are no word about what was asked for: the server is busy, restarts or is made to fail. */
const passing = [409, 429, 500, 502, 503, 504];

export function createStage(
  deps: StageDeps,
  signal: AbortSignal,
  hooks: Pick<Stage, 'tell' | 'putBack'>,
): Stage {
  const { factory, client, clock } = deps;

  async function wait(ms: number): Promise<void> {
    await pause(clock, ms, signal);
    signal.throwIfAborted();
  }

  /** Tries again what may go well later. */
  async function persist<T>(attempt: () => Promise<T>): Promise<T> {
    for (const ms of retryMs) {
      signal.throwIfAborted();
      try {
        return await attempt();
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
      await wait(ms);
    }
    return attempt();
  }

  function writeBy(target: Target, manager: string) {
    return { gvr: target.gvr, namespace: target.namespace, manager, signal };
  }

  return {
    ...hooks,
    now: () => clock.now(),
    pause: wait,
    stay: () =>
      new Promise((_resolve, reject) => {
        const end = (): void => reject(signal.reason);
        if (signal.aborted) end();
        else signal.addEventListener('abort', end, { once: true });
      }),
    read: ({ gvr, namespace, name }) => persist(() => client.get({ gvr, namespace, signal }, name)),
    async list(gvr) {
      const objects = await persist(() => client.list({ gvr, signal }));
      return objects.map((object) => targetOf(gvr, object));
    },
    async patch(target, manager, patch, subresource) {
      const write = writeBy(target, manager);
      await persist(() => client.patch(write, target.name, patch, subresource));
    },
    async replace(target, manager, body) {
      await persist(() => client.replace(writeBy(target, manager), target.name, body));
    },
    async create({ apiVersion, resource, manager, body }) {
      const write = {
        gvr: gvrOf(apiVersion, resource),
        namespace: body.metadata.namespace,
        manager,
        signal,
      };
      await persist(() => client.create(write, body));
    },
    async remove(target, manager) {
      await persist(() => client.remove(writeBy(target, manager), target.name));
    },
    async until({ gvr, namespace = '', name }, holds, withinMs) {
      signal.throwIfAborted();
      const lease = factory.acquire({ gvr });
      const met = Promise.withResolvers<boolean>();
      const key = objectKey(namespace, name);
      const registration = lease.informer.addHandler((event) => {
        if (event.kind !== 'add' && event.kind !== 'update') return;
        if (event.new.key === key && holds(event.new.parse())) met.resolve(true);
      });
      const over = new AbortController();
      const late = pause(clock, withinMs, AbortSignal.any([signal, over.signal]));
      try {
        return await Promise.race([met.promise, late.then(() => false)]);
      } finally {
        over.abort();
        registration.remove();
        lease.release();
        signal.throwIfAborted();
      }
    },
  };
}

function targetOf(gvr: GroupVersionResource, object: JsonObject): Target {
  const namespace = stringAt(object, 'metadata', 'namespace');
  const name = stringAt(object, 'metadata', 'name') ?? '';
  return namespace === undefined ? { gvr, name } : { gvr, namespace, name };
}

function isPassing(error: unknown): boolean {
  if (error instanceof TransportError) return true;
  return error instanceof RefusedError && passing.includes(error.status);
}
