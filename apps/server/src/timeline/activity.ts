import type { Clock, StoreEvent } from '@kindscope/informer';
import { gvrKey, type GroupVersionResource } from '@kindscope/kube';

/** When each object was last seen to change while it was watched. */
export interface Activity {
  /** Takes note of an event; the same event may be noted more than once. */
  note(resource: GroupVersionResource, event: StoreEvent): void;
  /** Milliseconds since the epoch; undefined when it has not changed since it is watched. */
  changedAt(resource: GroupVersionResource, key: string): number | undefined;
}

interface Sighting {
  readonly resourceVersion: string;
  readonly time: number;
}

/** Holds one small record per object that changed; a deleted object's is dropped. */
export function createActivity(deps: { readonly clock: Clock }): Activity {
  const resources = new Map<string, Map<string, Sighting>>();

  function sightings(resource: GroupVersionResource): Map<string, Sighting> {
    const id = gvrKey(resource);
    let found = resources.get(id);
    if (found === undefined) {
      found = new Map();
      resources.set(id, found);
    }
    return found;
  }

  return {
    note(resource, event) {
      if (!('new' in event) && event.kind !== 'delete') return;
      const seen = sightings(resource);
      if (event.kind === 'delete') {
        seen.delete(event.old.key);
        return;
      }
      const { key, resourceVersion } = event.new;
      if (event.kind === 'add' && event.initial) {
        // A watch that begins anew knows of no change before it.
        if (seen.get(key)?.resourceVersion !== resourceVersion) seen.delete(key);
        return;
      }
      if (seen.get(key)?.resourceVersion === resourceVersion) return;
      seen.set(key, { resourceVersion, time: deps.clock.now() });
    },
    changedAt: (resource, key) => resources.get(gvrKey(resource))?.get(key)?.time,
  };
}
