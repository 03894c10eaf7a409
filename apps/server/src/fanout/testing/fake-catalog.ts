import type { ObjectHandle, Seen, StoreEvent } from '@kindscope/informer';
import { gvrKey, printerColumns, type TableColumn } from '@kindscope/kube';
import type { Freshness, ResourceInfo, ResourceRef } from '@kindscope/protocol';
import type { Catalog, WatchedEvent } from '../../catalog/catalog.ts';
import type { SourceListener } from '../../catalog/object-source.ts';
import { failure, success } from '../../result.ts';
import { fakeHandle, type FakeObject } from './fake-object.ts';

export interface FakeResource {
  readonly ref: ResourceRef;
  /** Creates or updates; told as news unless it is said to have been there. */
  put(object: FakeObject, how?: { readonly initial?: boolean; readonly seen?: Seen }): ObjectHandle;
  /** Puts this very handle in the place of the one with its key, without a word. */
  set(handle: ObjectHandle): void;
  remove(namespace: string, name: string, seen?: Seen): void;
  /** The informer starts over: reset, these as initial adds, synced. */
  reset(objects: readonly FakeObject[]): void;
  synced(): void;
  /** A relist compared its list; what it found is told next. */
  relisted(notBefore: number): void;
  setFreshness(freshness: Freshness): void;
  setColumns(columns: readonly TableColumn[]): void;
  readonly objects: ReadonlyMap<string, ObjectHandle>;
  readonly listeners: number;
}

export interface FakeCatalog extends Catalog {
  add(ref: ResourceRef, options?: { readonly namespaced?: boolean }): FakeResource;
  announce(changed: readonly ResourceInfo[], removed: readonly string[]): void;
  setFreshness(freshness: Freshness): void;
  readonly leases: number;
}

export const widgets: ResourceRef = { group: 'test.dev', version: 'v1', resource: 'widgets' };

export function fakeInfo(ref: ResourceRef, namespaced = true): ResourceInfo {
  return {
    id: `${ref.group === '' ? 'core' : ref.group}/${ref.resource}`,
    ...ref,
    kind: 'Widget',
    namespaced,
    verbs: ['list', 'watch'],
    shortNames: [],
    categories: [],
    versions: [ref.version],
    watch: 'live',
  };
}

export const fakeColumns = printerColumns({
  group: 'test.dev',
  resource: 'widgets',
  crdColumns: [
    { name: 'Count', type: 'integer', jsonPath: '.spec.count' },
    { name: 'Tier', type: 'string', jsonPath: '.spec.tier' },
    { name: 'Since', type: 'date', jsonPath: '.spec.since' },
  ],
});

interface Opened {
  readonly namespace: string | undefined;
  readonly listener: SourceListener;
}

/** What the catalogue promises, over objects that a test moves. */
export function createFakeCatalog(): FakeCatalog {
  const resources = new Map<string, FakeResource & { open: (ns?: string) => OpenedSource }>();
  const infos = new Map<string, ResourceInfo>();
  const watchers = new Set<(event: WatchedEvent) => void>();
  const boards = new Set<Parameters<Catalog['onChange']>[0]>();
  const freshnessListeners = new Set<(freshness: Freshness) => void>();
  let freshness: Freshness = { kind: 'live' };
  let leases = 0;
  let resourceVersion = 1000;

  type OpenedSource = ReturnType<typeof createResource>['open'] extends (ns?: string) => infer S
    ? S
    : never;

  function createResource(info: ResourceInfo) {
    const { group, version, resource } = info;
    const ref = { group, version, resource };
    const objects = new Map<string, ObjectHandle>();
    const open = new Set<Opened>();
    let columns = fakeColumns;
    let state: Freshness = { kind: 'live' };

    function tell(event: StoreEvent, namespace?: string): void {
      for (const watcher of watchers) watcher({ resource: info, namespace: undefined, event });
      for (const one of open) {
        if (one.namespace !== undefined && namespace !== undefined && one.namespace !== namespace) {
          continue;
        }
        one.listener.onEvent(event);
      }
    }

    return {
      ref,
      objects,
      get listeners() {
        return open.size;
      },
      put(object: FakeObject, how: { initial?: boolean; seen?: Seen } = {}) {
        resourceVersion += 1;
        const handle = fakeHandle(object, String(resourceVersion));
        const old = objects.get(handle.key);
        const { initial = false, seen = { by: 'watch' } } = how;
        objects.set(handle.key, handle);
        if (old === undefined) tell({ kind: 'add', new: handle, initial, seen }, handle.namespace);
        else tell({ kind: 'update', old, new: handle, seen }, handle.namespace);
        return handle;
      },
      set: (handle: ObjectHandle) => void objects.set(handle.key, handle),
      remove(namespace: string, name: string, seen: Seen = { by: 'watch' }) {
        const old = objects.get(`${namespace}/${name}`);
        if (old === undefined) return;
        objects.delete(old.key);
        const tombstone = seen.by === 'relist';
        const last = tombstone ? undefined : old;
        tell({ kind: 'delete', old, last, tombstone, seen }, namespace);
      },
      reset(next: readonly FakeObject[]) {
        objects.clear();
        tell({ kind: 'reset' });
        for (const object of next) {
          resourceVersion += 1;
          const handle = fakeHandle(object, String(resourceVersion));
          objects.set(handle.key, handle);
          const seen: Seen = { by: 'watch' };
          tell({ kind: 'add', new: handle, initial: true, seen }, handle.namespace);
        }
        tell({ kind: 'synced' });
      },
      synced: () => tell({ kind: 'synced' }),
      relisted: (notBefore: number) => tell({ kind: 'relisted', notBefore }),
      setFreshness(next: Freshness) {
        state = next;
        for (const { listener } of open) listener.onFreshness(next);
      },
      setColumns(next: readonly TableColumn[]) {
        columns = next;
        for (const { listener } of open) listener.onColumns?.(next);
      },
      open(namespace?: string) {
        const mine = new Set<Opened>();
        const inScope = (handle: ObjectHandle) =>
          namespace === undefined || handle.namespace === namespace;
        const source = {
          resource: info,
          get columns() {
            return columns;
          },
          get freshness() {
            return state;
          },
          values: () => objects.values().filter(inScope),
          get(key: string) {
            const handle = objects.get(key);
            return handle !== undefined && inScope(handle) ? handle : undefined;
          },
          get size() {
            if (namespace === undefined) return objects.size;
            return objects.values().filter(inScope).toArray().length;
          },
          subscribe(listener: SourceListener) {
            const one = { namespace, listener };
            open.add(one);
            mine.add(one);
            return () => void open.delete(one);
          },
        };
        return { source, end: () => mine.forEach((one) => open.delete(one)) };
      },
    };
  }

  return {
    add(ref, { namespaced = true } = {}) {
      const info = fakeInfo(ref, namespaced);
      const resource = createResource(info);
      infos.set(info.id, info);
      resources.set(gvrKey(ref), resource);
      return resource;
    },
    announce(changed, removed) {
      for (const item of changed) infos.set(item.id, item);
      for (const id of removed) infos.delete(id);
      for (const listener of boards) listener(changed, removed);
    },
    setFreshness(next) {
      freshness = next;
      for (const listener of freshnessListeners) listener(next);
    },
    get leases() {
      return leases;
    },
    schema: () => undefined,
    resources: () => [...infos.values()],
    find: (ref) =>
      resources.get(gvrKey(ref)) && fakeInfo(ref, infos.get(fakeInfo(ref).id)?.namespaced),
    nearest: () => ['widgets.test.dev'],
    open(ref, namespace) {
      const resource = resources.get(gvrKey(ref));
      if (resource === undefined) {
        return failure({
          code: 'unknown-resource',
          detail: `The cluster serves no ${ref.resource}.`,
          remedy: 'Like it are: widgets.test.dev.',
        });
      }
      const { source, end } = resource.open(namespace);
      leases += 1;
      let released = false;
      return success({
        source,
        release() {
          if (released) return;
          released = true;
          leases -= 1;
          end();
        },
      });
    },
    detail: (ref) => failure({ code: 'unknown-resource', detail: ref.resource }),
    onChange(listener) {
      boards.add(listener);
      return () => boards.delete(listener);
    },
    get freshness() {
      return freshness;
    },
    onFreshness(listener) {
      freshnessListeners.add(listener);
      return () => freshnessListeners.delete(listener);
    },
    faults: [],
    ready: true,
    onEvent(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    informers: () => [],
  };
}
