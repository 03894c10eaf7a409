import type { Registry } from '../resources/registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import type { Lifecycle } from '../write/lifecycle.ts';

/**
 * Background garbage collection: an object whose owners are all gone goes too. It happens in the
 * same moment as the owner's deletion, where Kubernetes' collector takes a while.
 */
export function runOwnerController(registry: Registry, lifecycle: Lifecycle): void {
  /** owner uid → the objects that name it, by type and key. */
  const dependents = new Map<string, Map<string, readonly [ResourceType, StoredObject]>>();
  const alive = new Set<string>();

  function idOf(type: ResourceType, stored: StoredObject): string {
    return `${type.group}/${type.resource}/${stored.key}`;
  }

  lifecycle.subscribe({
    written(type, stored) {
      alive.add(stored.uid);
      for (const owner of stored.owners) {
        const owned = dependents.get(owner) ?? new Map();
        owned.set(idOf(type, stored), [type, stored]);
        dependents.set(owner, owned);
      }
    },
    removed(type, stored) {
      alive.delete(stored.uid);
      for (const owner of stored.owners) {
        const owned = dependents.get(owner);
        owned?.delete(idOf(type, stored));
        if (owned?.size === 0) dependents.delete(owner);
      }
      const owned = dependents.get(stored.uid);
      dependents.delete(stored.uid);
      for (const [dependentType, dependent] of owned?.values() ?? []) {
        collect(dependentType, dependent);
      }
    },
  });

  function collect(type: ResourceType, dependent: StoredObject): void {
    if (registry.byResource(type.group, type.resource) === undefined) return;
    const live = registry.store(type).get(dependent.namespace, dependent.name);
    // Written since with other owners, or with one that is still there.
    if (live === undefined || live.uid !== dependent.uid || live.owners.length === 0) return;
    if (live.owners.some((owner) => alive.has(owner))) return;
    lifecycle.delete(type, live);
  }
}
