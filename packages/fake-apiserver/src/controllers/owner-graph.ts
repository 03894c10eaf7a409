import { isMap, listAt, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import { FOREGROUND } from '../write/deletion.ts';

/** Where an object is; whether it is still the same one, its uid says. */
export interface ObjectId {
  readonly type: ResourceType;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** What became of an owner that an object names. */
export type OwnerState =
  | 'there'
  /** Being deleted, once everything that it owns and that blocks it is gone. */
  | 'waiting'
  | 'gone'
  /** Of a kind that is not served, or in no namespace: nobody can tell. */
  | 'unknown';

export interface OwnerReference {
  readonly uid: string;
  readonly state: OwnerState;
}

/** Who owns what, by uid. */
export interface OwnerGraph {
  note(type: ResourceType, stored: StoredObject): void;
  forget(stored: StoredObject): void;
  dependentsOf(uid: string): readonly ObjectId[];
  /** The object itself, unless it is gone or another one has its name. */
  find(id: ObjectId): { readonly stored: StoredObject; readonly object: JsonMap } | undefined;
  ownersOf(id: ObjectId, object: JsonMap): OwnerReference[];
}

export function createOwnerGraph(registry: Registry): OwnerGraph {
  /** owner's uid → dependent's uid → where it is. */
  const dependents = new Map<string, Map<string, ObjectId>>();
  /** dependent's uid → its owners' uids, as they were last noted. */
  const owners = new Map<string, readonly string[]>();

  function forget({ uid }: StoredObject): void {
    for (const owner of owners.get(uid) ?? []) {
      const owned = dependents.get(owner);
      owned?.delete(uid);
      if (owned?.size === 0) dependents.delete(owner);
    }
    owners.delete(uid);
  }

  function find(id: ObjectId): { stored: StoredObject; object: JsonMap } | undefined {
    if (registry.byResource(id.type.group, id.type.resource) === undefined) return undefined;
    const stored = registry.store(id.type).get(id.namespace, id.name);
    if (stored === undefined || stored.uid !== id.uid) return undefined;
    return { stored, object: parseStored(stored) };
  }

  function stateOf(id: ObjectId, reference: JsonMap): OwnerState {
    const [group = '', version] = (stringAt(reference, 'apiVersion') ?? '').split('/');
    const type = registry.findKind(
      version === undefined ? '' : group,
      stringAt(reference, 'kind') ?? '',
    );
    if (type === undefined || (type.namespaced && id.namespace === '')) return 'unknown';
    const namespace = type.namespaced ? id.namespace : '';
    const stored = registry.store(type).get(namespace, stringAt(reference, 'name') ?? '');
    if (stored === undefined || stored.uid !== reference['uid']) return 'gone';
    return isWaiting(parseStored(stored)) ? 'waiting' : 'there';
  }

  return {
    note(type, stored) {
      if (owners.has(stored.uid)) forget(stored);
      if (stored.owners.length === 0) return;
      const { namespace, name, uid } = stored;
      owners.set(uid, stored.owners);
      for (const owner of stored.owners) {
        const owned = dependents.get(owner) ?? new Map<string, ObjectId>();
        owned.set(uid, { type, namespace, name, uid });
        dependents.set(owner, owned);
      }
    },
    forget,
    dependentsOf: (uid) => [...(dependents.get(uid)?.values() ?? [])],
    find,
    ownersOf: (id, object) =>
      ownerReferences(object).map((reference) => ({
        uid: stringAt(reference, 'uid') ?? '',
        state: stateOf(id, reference),
      })),
  };
}

export function ownerReferences(object: JsonMap): JsonMap[] {
  return listAt(mapAt(object, 'metadata'), 'ownerReferences').filter((item) => isMap(item));
}

export function isBeingDeleted(object: JsonMap): boolean {
  return mapAt(object, 'metadata')?.['deletionTimestamp'] !== undefined;
}

export function hasFinalizer(object: JsonMap, finalizer: string): boolean {
  return stringsAt(mapAt(object, 'metadata'), 'finalizers').includes(finalizer);
}

/** Whether it is being deleted in the foreground: after what it owns. */
export function isWaiting(object: JsonMap): boolean {
  return isBeingDeleted(object) && hasFinalizer(object, FOREGROUND);
}
