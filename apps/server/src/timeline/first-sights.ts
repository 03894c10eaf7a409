import type { ObjectHandle } from '@kindscope/informer';
import { gvrKey } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';
import type { WatchedEvent } from '../catalog/catalog.ts';
import { createRecentMap, type RecentMap } from './recent-map.ts';

/** So many objects of a resource, at least, are remembered. */
const remembered = 20_000;

type Version = Pick<ObjectHandle, 'uid' | 'resourceVersion'>;

/**
 * When an object was first found in the version that it has: who finds it in the same version again
 * knows that it has not changed since, whatever was missed meanwhile.
 */
export interface FirstSights {
  /** `time`: when it was told, milliseconds since the epoch. */
  note(watched: WatchedEvent, time: number): void;
  /** Undefined where it was not found in this version, or that is no longer remembered. */
  of(resource: ResourceRef, version: Version): number | undefined;
}

export function createFirstSights(limit: number = remembered): FirstSights {
  const resources = new Map<
    string,
    RecentMap<{ readonly version: string; readonly time: number }>
  >();

  function find(key: string, { uid, resourceVersion }: Version): number | undefined {
    const sight = resources.get(key)?.get(uid);
    return sight?.version === resourceVersion ? sight.time : undefined;
  }

  return {
    note({ resource, event }, time) {
      const key = gvrKey(resource);
      // The server has gone back in time: the same versions may come to be anew.
      if (event.kind === 'reset') resources.delete(key);
      if (event.kind !== 'add' || !event.initial) return;
      const { uid, resourceVersion: version } = event.new;
      const sights = resources.get(key) ?? createRecentMap(limit);
      resources.set(key, sights);
      sights.set(uid, { version, time: find(key, event.new) ?? time });
    },
    of: (resource, version) => find(gvrKey(resource), version),
  };
}
