import type { Clock } from '../clock.ts';
import { timestamp } from '../clock.ts';
import { listAt, mapAt, type JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';

/** Who keeps something true in the background: CRDs, namespaces, owners. */
export interface LifecycleListener {
  written?(type: ResourceType, stored: StoredObject): void;
  removed?(type: ResourceType, stored: StoredObject): void;
}

/** Commits writes, and lets objects go when nothing holds them any more. */
export interface Lifecycle {
  /** Stores it; one that is being deleted and has no finalizer left is removed instead. */
  write(type: ResourceType, object: JsonMap): Written;
  /** Starts its deletion: gone at once, or marked while finalizers hold it. */
  delete(type: ResourceType, stored: StoredObject): Written;
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
    for (const listener of listeners) listener.removed?.(type, removed);
    return { stored: removed, gone: true };
  }

  function write(type: ResourceType, object: JsonMap): Written {
    const store = registry.store(type);
    const metadata = mapAt(object, 'metadata') ?? {};
    if (metadata['deletionTimestamp'] !== undefined && !isHeld(type, object)) {
      const live = store.get(text(metadata['namespace']), text(metadata['name']));
      if (live !== undefined) return remove(type, live, object);
    }
    const stored = store.put(object);
    for (const listener of listeners) listener.written?.(type, stored);
    return { stored, gone: false };
  }

  return {
    write,
    delete(type, stored) {
      const object = parseStored(stored);
      if (!isHeld(type, object)) return remove(type, stored, object);
      const metadata = mapAt(object, 'metadata') ?? {};
      if (metadata['deletionTimestamp'] !== undefined) return { stored, gone: false };
      metadata['deletionTimestamp'] = timestamp(clock.now());
      metadata['deletionGracePeriodSeconds'] = 0;
      if (typeof metadata['generation'] === 'number') metadata['generation'] += 1;
      if (isNamespace(type)) object['status'] = { phase: 'Terminating' };
      return write(type, object);
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isNamespace(type: ResourceType): boolean {
  return type.group === '' && type.resource === 'namespaces';
}

/** Finalizers hold an object; a namespace is held by those of its spec as well. */
function isHeld(type: ResourceType, object: JsonMap): boolean {
  if (listAt(mapAt(object, 'metadata'), 'finalizers').length > 0) return true;
  return isNamespace(type) && listAt(mapAt(object, 'spec'), 'finalizers').length > 0;
}
