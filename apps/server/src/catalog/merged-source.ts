import type { ObjectHandle, StoreEvent } from '@kindscope/informer';
import type { TableColumn } from '@kindscope/kube';
import type { Freshness } from '@kindscope/protocol';
import { mergeFreshness, toFreshness } from './freshness.ts';
import type { ObjectSource, SourceListener } from './object-source.ts';
import type { ResourceBase } from './resource-base.ts';
import type { Watch, WatchLease } from './watch-pool.ts';

export interface MergedSource extends ObjectSource {
  /** Tells listeners that the columns are others now. */
  columnsChanged(): void;
  /** Feeds from these from now on, and gives the former ones up. Listeners see a reset. */
  replace(leases: readonly WatchLease[]): void;
  /** Gives everything up. */
  close(): void;
}

export interface MergedSourceDeps {
  readonly leases: readonly WatchLease[];
  /** Only the objects of this namespace, where the watches hold more. */
  readonly namespace: string | undefined;
  readonly resource: () => ResourceBase;
  readonly columns: () => readonly TableColumn[];
  readonly onError: (error: unknown) => void;
}

interface Member {
  readonly watch: Watch;
  freshness: Freshness;
  leave(): void;
}

export function createMergedSource(deps: MergedSourceDeps): MergedSource {
  const listeners = new Set<SourceListener>();
  let members: Member[] = [];
  /** Whether `synced` has been told since the last reset. */
  let told = false;
  /** What was shown before that: a first list that fails takes it back. */
  const early = new Map<string, ObjectHandle>();
  /** Objects of the namespace, counted when asked for. A relist stores all before it tells one: adding up would go wrong. */
  let counted: number | undefined;

  function tell(action: (listener: SourceListener) => void): void {
    for (const listener of listeners) {
      try {
        action(listener);
      } catch (error) {
        deps.onError(error);
      }
    }
  }
  const tellEvent = (event: StoreEvent) => tell((listener) => listener.onEvent(event));

  const inScope = (object: ObjectHandle) =>
    deps.namespace === undefined || object.namespace === deps.namespace;

  function* valuesOf(parts: readonly Member[]): Iterable<ObjectHandle> {
    for (const { watch } of parts) {
      for (const object of watch.informer.store.values()) if (inScope(object)) yield object;
    }
  }

  /** Nothing more is to be waited for: what cannot be listed does not hold the rest up. */
  function complete(): boolean {
    return members.every(
      ({ watch, freshness }) =>
        watch.synced || freshness.kind === 'forbidden' || freshness.kind === 'gone',
    );
  }

  function tellSynced(): void {
    if (told || !complete()) return;
    told = true;
    early.clear();
    tellEvent({ kind: 'synced' });
  }

  function onEvent(member: Member, event: StoreEvent): void {
    switch (event.kind) {
      case 'synced':
        tellSynced();
        return;
      case 'reset':
        if (told) restart(members.filter((other) => other !== member));
        else takeBack();
        return;
      case 'relisted':
        return;
      case 'add':
        if (!inScope(event.new)) return;
        counted = undefined;
        if (!told) early.set(event.new.key, event.new);
        break;
      case 'delete':
        if (!inScope(event.old)) return;
        counted = undefined;
        early.delete(event.old.key);
        break;
      case 'update':
        if (!inScope(event.new)) return;
        break;
      default:
        event satisfies never;
    }
    tellEvent(event);
  }

  /** One by one: a reset would leave what was shown standing until everything is there. */
  function takeBack(): void {
    counted = undefined;
    for (const [key, old] of early) {
      if (find(key) !== undefined) continue;
      early.delete(key);
      const seen = { by: 'relist', notBefore: 0 } as const;
      tellEvent({ kind: 'delete', old, last: undefined, tombstone: true, seen });
    }
  }

  /** A reset, then what `standing` hold; the rest comes by itself. */
  function restart(standing: readonly Member[]): void {
    told = false;
    counted = undefined;
    early.clear();
    tellEvent({ kind: 'reset' });
    for (const object of valuesOf(standing)) {
      early.set(object.key, object);
      tellEvent({ kind: 'add', new: object, initial: true, seen: { by: 'watch' } });
    }
  }

  function join(lease: WatchLease): Member {
    const { watch } = lease;
    const { informer } = watch;
    const member: Member = {
      watch,
      freshness: toFreshness(informer.state, informer),
      leave() {
        off();
        lease.release();
      },
    };
    const off = watch.subscribe({
      onEvent: (event) => onEvent(member, event),
      onState(state) {
        const before = JSON.stringify(freshness());
        member.freshness = toFreshness(state, informer);
        const after = freshness();
        if (JSON.stringify(after) !== before) tell((listener) => listener.onFreshness(after));
        tellSynced();
      },
    });
    return member;
  }

  const freshness = () => mergeFreshness(members.map((member) => member.freshness));

  function leaveAll(): void {
    for (const member of members) member.leave();
    members = [];
  }

  function find(key: string): ObjectHandle | undefined {
    if (deps.namespace !== undefined && !key.startsWith(`${deps.namespace}/`)) return undefined;
    for (const { watch } of members) {
      const object = watch.informer.store.get(key);
      if (object !== undefined) return object;
    }
    return undefined;
  }

  members = deps.leases.map(join);
  told = complete();
  if (!told) for (const object of valuesOf(members)) early.set(object.key, object);

  return {
    get resource() {
      return deps.resource();
    },
    get columns() {
      return deps.columns();
    },
    get freshness() {
      return freshness();
    },
    values: () => valuesOf(members),
    get: find,
    get size() {
      if (deps.namespace === undefined) {
        return members.reduce((sum, { watch }) => sum + watch.informer.store.size, 0);
      }
      counted ??= Iterator.from(valuesOf(members)).reduce((sum) => sum + 1, 0);
      return counted;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    columnsChanged() {
      tell((listener) => listener.onColumns?.(deps.columns()));
    },
    replace(leases) {
      leaveAll();
      members = leases.map(join);
      restart(members);
      tell((listener) => listener.onFreshness(freshness()));
      tellSynced();
    },
    close() {
      listeners.clear();
      leaveAll();
    },
  };
}
