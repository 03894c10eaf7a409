import type { Clock, Log } from '@kindscope/informer';
import { stringAt, type JsonObject } from '@kindscope/kube';
import type { Client, Write } from '../client.ts';
import { caughtUp } from './catch-up.ts';
import type { ClusterCache } from './cluster-view.ts';
import type { Deed } from './deed.ts';
import type { Recorder } from './events/recorder.ts';
import { kinds, type Resource } from './kinds.ts';

export interface CarryOutDeps {
  readonly cache: ClusterCache;
  readonly client: Client;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly log: Log;
  /** The cluster is still being set up: nothing is announced. */
  readonly isBeginning: () => boolean;
}

/** Who does it. */
export interface Doer {
  readonly component: string;
  readonly manager: string;
}

/**
 * Does one thing after the other, and resolves when the cache shows all of it: who looks again sees what he
 * has done. Rejects with the first refusal, and with what the client rejects with.
 */
export async function carryOut(
  doer: Doer,
  deeds: readonly Deed[],
  deps: CarryOutDeps,
  signal: AbortSignal,
): Promise<void> {
  const { cache, clock } = deps;
  const done: Written[] = [];
  for (const deed of deeds) {
    const written = await perform(doer, deed, deps, signal);
    if (written !== undefined) done.push(written);
  }
  for (const { resource, key, isSeen } of done) {
    await caughtUp({ cache, clock }, resource, () => isSeen(cache, key), signal);
  }
}

interface Written {
  readonly resource: Resource;
  readonly key: string;
  readonly isSeen: (cache: ClusterCache, key: string) => boolean;
}

async function perform(
  doer: Doer,
  deed: Deed,
  deps: CarryOutDeps,
  signal: AbortSignal,
): Promise<Written | undefined> {
  const { client, recorder } = deps;
  switch (deed.kind) {
    case 'announce':
      if (!deps.isBeginning()) await recorder.record(doer, deed, signal);
      return undefined;
    case 'create': {
      const { resource, object } = deed;
      return written(
        resource,
        await client.create(writeOf(doer, resource, object, signal), object),
      );
    }
    case 'update': {
      const { resource, object, subresource } = deed;
      const write = writeOf(doer, resource, object, signal);
      return written(resource, await client.replace(write, nameOf(object), object, subresource));
    }
    case 'remove': {
      const { resource, object, graceSeconds } = deed;
      const uid = stringAt(object, 'metadata', 'uid') ?? '';
      const write = writeOf(doer, resource, object, signal);
      await client.remove(write, nameOf(object), { uid, graceSeconds });
      return {
        resource,
        key: keyOf(object),
        isSeen: (cache, key) => isGoing(cache, resource, key, uid),
      };
    }
    case 'bind': {
      const write = writeOf(doer, 'pods', deed.pod, signal);
      await client.bind(write, nameOf(deed.pod), deed.node);
      const isSeen = (cache: ClusterCache, key: string): boolean =>
        stringAt(cache.get('pods', key) ?? deed.pod, 'spec', 'nodeName') !== undefined;
      return { resource: 'pods', key: keyOf(deed.pod), isSeen };
    }
    default:
      return deed satisfies never;
  }
}

function writeOf(doer: Doer, resource: Resource, object: JsonObject, signal: AbortSignal): Write {
  return {
    gvr: kinds[resource].gvr,
    namespace: stringAt(object, 'metadata', 'namespace'),
    manager: doer.manager,
    signal,
  };
}

function written(resource: Resource, object: JsonObject): Written {
  const version = stringAt(object, 'metadata', 'resourceVersion') ?? '0';
  const isSeen = (cache: ClusterCache, key: string): boolean =>
    cache.hasSeen(resource, key, version);
  return { resource, key: keyOf(object), isSeen };
}

function isGoing(cache: ClusterCache, resource: Resource, key: string, uid: string): boolean {
  const held = cache.get(resource, key);
  return (
    stringAt(held, 'metadata', 'uid') !== uid ||
    stringAt(held, 'metadata', 'deletionTimestamp') !== undefined
  );
}

function nameOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'name') ?? '';
}

function keyOf(object: JsonObject): string {
  return `${stringAt(object, 'metadata', 'namespace') ?? ''}/${nameOf(object)}`;
}
