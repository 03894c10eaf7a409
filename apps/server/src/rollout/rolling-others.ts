import { conditionsOf, gvrKey } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';
import type { Catalog, WatchedEvent } from '../catalog/catalog.ts';
import type { ResourceBase } from '../catalog/resource-base.ts';
import type { RollingSubject } from './rolling-item.ts';
import type { RollingRoster } from './rolling-roster.ts';

/** Custom resources that are watched whoever wants it: looked at while they are, never kept watched. */
export interface RollingOthers {
  readonly kinds: readonly ResourceRef[];
  close(): void;
}

export interface RollingOthersDeps {
  readonly catalog: Pick<Catalog, 'informers' | 'onEvent' | 'open'>;
  readonly namespace: string | undefined;
  /** Kinds that are looked at anyway. */
  readonly known: (id: string) => boolean;
  readonly roster: RollingRoster;
  readonly changed: () => void;
}

const nothing: ReadonlySet<string> = new Set();

export function createRollingOthers(deps: RollingOthersDeps): RollingOthers {
  const { catalog, namespace, roster } = deps;
  const kinds = new Map<string, ResourceRef>();

  const off = catalog.onEvent(onWatched);
  for (const informer of catalog.informers()) {
    if (informer.metadataOnly !== true && informer.viewers > 0) {
      read(informer.resource, informer.namespace);
    }
  }

  /** What a watch that runs already holds; what it tells later comes by itself. */
  function read(ref: ResourceRef, scope: string | undefined): void {
    const opened = catalog.open(ref, scope, { limited: scope !== undefined });
    if (!opened.ok) return;
    const { source } = opened.value;
    if (isLookedAt(source.resource)) {
      const key = meet(ref, scope);
      for (const handle of source.values()) put(key, { resource: source.resource, handle });
    }
    opened.value.release();
  }

  function onWatched({ resource, namespace: scope, event }: WatchedEvent): void {
    if (!isLookedAt(resource)) return;
    const key = meet(resource, scope);
    switch (event.kind) {
      case 'add':
        return put(key, { resource, handle: event.new });
      case 'update':
        if (event.old.uid !== event.new.uid) roster.remove(key, event.old.uid);
        return put(key, { resource, handle: event.new });
      case 'delete':
        return roster.remove(key, event.old.uid);
      case 'reset':
        return roster.keep(key, nothing);
      case 'ended':
        roster.keep(key, nothing);
        kinds.delete(key);
        return deps.changed();
      case 'synced':
      case 'relisted':
        return undefined;
    }
  }

  function meet(ref: ResourceRef, scope: string | undefined): string {
    const key = `${gvrKey(ref)} ${scope ?? ''}`;
    if (kinds.has(key)) return key;
    const { group, version, resource } = ref;
    kinds.set(key, { group, version, resource });
    deps.changed();
    return key;
  }

  function put(key: string, subject: RollingSubject): void {
    if (namespace !== undefined && subject.handle.namespace !== namespace) return;
    if (tellsOfRollouts(subject)) roster.put(key, subject);
    else roster.remove(key, subject.handle.uid);
  }

  function isLookedAt(resource: ResourceBase): boolean {
    return isCustom(resource) && !deps.known(resource.id);
  }

  return {
    get kinds() {
      return [...new Map([...kinds.values()].map((ref) => [gvrKey(ref), ref])).values()];
    },
    close: off,
  };
}

/** Kubernetes' own groups have no dot, or end so (KEP-1111, “protected API groups”). */
function isCustom({ crd, group }: ResourceBase): boolean {
  return crd !== undefined || (group.includes('.') && !group.endsWith('.k8s.io'));
}

/** Whether an object tells enough of itself to say how it rolls. */
function tellsOfRollouts({ handle }: RollingSubject): boolean {
  return handle.generation !== undefined && conditionsOf(handle.parse()).length > 0;
}
