import type { Clock } from '../clock.ts';
import { mapAt, stringAt, type JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { settleForStorage } from '../schema/stored-form.ts';
import { parseStored, storeObject, type StoredObject } from '../storage/stored-object.ts';
import { NO_DELETE_OPTIONS, type DeleteOptions } from './delete-options.ts';
import { deletionOf, isReleased } from './deletion.ts';

/** Who keeps something true in the background: CRDs, namespaces, owners. */
export interface LifecycleListener {
  /** `object` is what was stored, to be read. */
  written?(type: ResourceType, stored: StoredObject, object: JsonMap): void;
  removed?(type: ResourceType, stored: StoredObject): void;
}

/** Commits writes, and lets objects go when nothing holds them any more. */
export interface Lifecycle {
  /** Stores it; one that is being deleted and has no finalizer left is removed instead. */
  write(type: ResourceType, object: JsonMap): Written;
  /** Starts its deletion: gone at once, or marked while something holds it. */
  delete(type: ResourceType, stored: StoredObject, options?: DeleteOptions): Written;
  /** What a deletion would make of it: for dry runs. */
  plan(type: ResourceType, stored: StoredObject, options: DeleteOptions): Written;
  subscribe(listener: LifecycleListener): void;
}

export interface Written {
  readonly stored: StoredObject;
  readonly gone: boolean;
}

export function createLifecycle(registry: Registry, clock: Clock): Lifecycle {
  const listeners: LifecycleListener[] = [];

  function remove(type: ResourceType, stored: StoredObject, last: JsonMap): Written {
    const removed = registry.store(type).remove(stored, last);
    for (const listener of listeners) listener.removed?.(type.storedAs ?? type, removed);
    return { stored: removed, gone: true };
  }

  function put(type: ResourceType, object: JsonMap): Written {
    settleForStorage(type, object);
    const stored = registry.store(type).put(object);
    for (const listener of listeners) listener.written?.(type.storedAs ?? type, stored, object);
    return { stored, gone: false };
  }

  return {
    write(type, object) {
      const metadata = mapAt(object, 'metadata');
      if (metadata?.['deletionTimestamp'] === undefined) return put(type, object);
      const live = registry
        .store(type)
        .get(stringAt(metadata, 'namespace') ?? '', stringAt(metadata, 'name') ?? '');
      if (live === undefined) return put(type, object);
      const before = parseStored(live);
      if (!isReleased(type, before, object)) return put(type, object);
      // Watchers see what was stored last; the last word is for the writer alone.
      remove(type, live, before);
      return { stored: storeObject(object, live.revision), gone: true };
    },
    plan(type, stored, options) {
      const object = parseStored(stored);
      const deletion = deletionOf(type, object, options, clock.now());
      return { stored: storeObject(object, stored.revision), gone: deletion.kind === 'remove' };
    },
    delete(type, stored, options = NO_DELETE_OPTIONS) {
      const object = parseStored(stored);
      const deletion = deletionOf(type, object, options, clock.now());
      switch (deletion.kind) {
        case 'pending':
          return { stored, gone: false };
        case 'remove':
          return remove(type, stored, object);
        case 'mark':
          return put(type, object);
        case 'mark-and-remove':
          return remove(type, put(type, object).stored, object);
      }
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
