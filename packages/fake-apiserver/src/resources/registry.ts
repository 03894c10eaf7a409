import type { HistoryLimits } from '../storage/history.ts';
import { createResourceStore, type ResourceStore } from '../storage/resource-store.ts';
import type { Revision } from '../storage/revision.ts';
import { BUILT_IN_TYPES } from './built-ins.ts';
import type { ResourceType, ServedType } from './resource-type.ts';

/** What the API serves at this moment, and the store behind each resource. */
export interface Registry {
  /** Every resource type: built-ins first, then those of CRDs in order of arrival. */
  types(): Iterable<ResourceType>;
  find(group: string, version: string, resource: string): ServedType | undefined;
  findKind(group: string, kind: string): ResourceType | undefined;
  byResource(group: string, resource: string): ResourceType | undefined;
  store(type: ResourceType): ResourceStore;
  stores(): Iterable<readonly [ResourceType, ResourceStore]>;
  /** Serves a CRD's resource, or serves it anew after the CRD changed; its objects stay. */
  serve(type: ResourceType): void;
  /** Stops serving it, drops its objects and ends its watches. */
  withdraw(group: string, resource: string): void;
  /** Forgets the past of all that is served, or will be. */
  compact(): void;
}

function keyOf(group: string, resource: string): string {
  return `${group}/${resource}`;
}

export function createRegistry(revision: Revision, limits: HistoryLimits): Registry {
  const types = new Map<string, ResourceType>();
  const stores = new Map<string, ResourceStore>();
  /** Until when the past of a resource that is served anew is forgotten. */
  const withdrawn = new Map<string, number>();
  let compacted = 0;

  function serve(type: ResourceType): void {
    const key = keyOf(type.group, type.resource);
    types.set(key, type);
    if (type.storedAs === undefined && !stores.has(key)) {
      const forgotten = Math.max(compacted, withdrawn.get(key) ?? 0);
      stores.set(key, createResourceStore(revision, limits, forgotten));
    }
  }

  function store(type: ResourceType): ResourceStore {
    const { group, resource } = type.storedAs ?? type;
    const found = stores.get(keyOf(group, resource));
    if (found === undefined) throw new Error(`no store for ${type.resource}.${type.group}`);
    return found;
  }

  for (const type of BUILT_IN_TYPES) serve(type);

  return {
    types: () => types.values(),
    find(group, version, resource) {
      const type = types.get(keyOf(group, resource));
      const found = type?.versions.find((item) => item.served && item.version === version);
      return type === undefined || found === undefined ? undefined : { type, version: found };
    },
    findKind(group, kind) {
      for (const type of types.values()) {
        if (type.group === group && type.kind === kind) return type;
      }
      return undefined;
    },
    byResource: (group, resource) => types.get(keyOf(group, resource)),
    store,
    *stores() {
      for (const type of types.values()) {
        if (type.storedAs === undefined) yield [type, store(type)] as const;
      }
    },
    serve,
    withdraw(group, resource) {
      const key = keyOf(group, resource);
      types.delete(key);
      stores.get(key)?.close();
      stores.delete(key);
      withdrawn.set(key, revision.current);
    },
    compact() {
      compacted = revision.current;
      for (const kept of stores.values()) kept.compact(compacted);
    },
  };
}
