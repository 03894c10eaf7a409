import type { InformerFactory, InformerLease, ObjectHandle } from '@kindscope/informer';
import { compareResourceVersions, type JsonObject } from '@kindscope/kube';
import { kinds, type Resource } from './kinds.ts';
import type { Changed } from './workload-controller.ts';

/** The cluster as the informers have it. */
export interface ClusterView {
  /** By `namespace/name`, or `/name`. */
  get(resource: Resource, key: string): JsonObject | undefined;
  all(resource: Resource): Iterable<JsonObject>;
  /** Those whose controlling owner has that uid. */
  ownedBy(resource: Resource, uid: string): readonly JsonObject[];
}

/** A view that tells what changes in it, and knows how far it has come. */
export interface ClusterCache extends ClusterView {
  keys(resource: Resource): Iterable<string>;
  /** Returns how to be told no more. */
  onChange(resource: Resource, listener: (changed: Changed) => void): () => void;
  /** Resolves when all of that resource has been listed. */
  synced(resource: Resource): Promise<void>;
  /** The object is held as new as that version, or something newer of its resource is. */
  hasSeen(resource: Resource, key: string, resourceVersion: string): boolean;
  release(): void;
}

interface Cached {
  readonly lease: InformerLease;
  readonly byOwner: Map<string, Map<string, ObjectHandle>>;
  readonly listeners: Set<(changed: Changed) => void>;
  readonly synced: PromiseWithResolvers<void>;
  newest: string;
}

/** Watches these resources, all namespaces, until it is released. */
export function createClusterCache(
  factory: InformerFactory,
  resources: readonly Resource[],
): ClusterCache {
  const cached = new Map(resources.map((resource) => [resource, follow(factory, resource)]));

  function of(resource: Resource): Cached {
    const found = cached.get(resource);
    if (found === undefined) throw new Error(`Nobody watches ${resource}.`);
    return found;
  }

  return {
    get: (resource, key) => of(resource).lease.informer.store.get(key)?.parse(),
    *all(resource) {
      for (const handle of of(resource).lease.informer.store.values()) yield handle.parse();
    },
    ownedBy: (resource, uid) =>
      Array.from(of(resource).byOwner.get(uid)?.values() ?? [], (handle) => handle.parse()),
    *keys(resource) {
      for (const { key } of of(resource).lease.informer.store.values()) yield key;
    },
    onChange(resource, listener) {
      const { listeners } = of(resource);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    synced: (resource) => of(resource).synced.promise,
    hasSeen(resource, key, resourceVersion) {
      const { lease, newest } = of(resource);
      const held = lease.informer.store.get(key)?.resourceVersion ?? '0';
      return !isOlder(held, resourceVersion) || !isOlder(newest, resourceVersion);
    },
    release() {
      for (const { lease } of cached.values()) lease.release();
    },
  };
}

function follow(factory: InformerFactory, resource: Resource): Cached {
  const followed: Cached = {
    lease: factory.acquire({ gvr: kinds[resource].gvr }),
    byOwner: new Map(),
    listeners: new Set(),
    synced: Promise.withResolvers<void>(),
    newest: '0',
  };
  followed.lease.informer.addHandler((event) => {
    switch (event.kind) {
      case 'add':
      case 'update':
        if (event.kind === 'update') disown(followed, event.old);
        saw(followed, event.new);
        own(followed, event.new);
        tell(followed, { object: event.new, gone: false });
        return;
      case 'delete':
        saw(followed, event.last ?? event.old);
        disown(followed, event.old);
        tell(followed, { object: event.old, gone: true });
        return;
      case 'reset':
        followed.byOwner.clear();
        followed.newest = '0';
        return;
      default:
        followed.synced.resolve();
    }
  });
  return followed;
}

function saw(followed: Cached, { resourceVersion }: ObjectHandle): void {
  if (isOlder(followed.newest, resourceVersion)) followed.newest = resourceVersion;
}

function tell({ listeners }: Cached, changed: Changed): void {
  for (const listener of listeners) listener(changed);
}

function own({ byOwner }: Cached, handle: ObjectHandle): void {
  const owner = controllerOf(handle);
  if (owner === undefined) return;
  const owned = byOwner.get(owner) ?? new Map<string, ObjectHandle>();
  byOwner.set(owner, owned.set(handle.key, handle));
}

function disown({ byOwner }: Cached, handle: ObjectHandle): void {
  const owner = controllerOf(handle);
  const owned = owner === undefined ? undefined : byOwner.get(owner);
  owned?.delete(handle.key);
  if (owner !== undefined && owned?.size === 0) byOwner.delete(owner);
}

function controllerOf({ ownerReferences }: ObjectHandle): string | undefined {
  return ownerReferences.find(({ controller }) => controller)?.uid;
}

function isOlder(a: string, b: string): boolean {
  return compareResourceVersions(a, b) === -1;
}
