import type { InformerState, StoreEvent } from '@kindscope/informer';
import { stringifyJson } from '@kindscope/kube';
import { readCrd, type CrdEntry } from './crd.ts';
import type { WatchPool } from './watch-pool.ts';

const crdResource = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
};

export interface CrdWatchDeps {
  readonly pool: WatchPool;
  readonly onCrd: (entry: CrdEntry, news: 'initial' | 'live') => void;
  readonly onCrdGone: (id: string) => void;
  readonly onState: (state: InformerState) => void;
}

/** Keeps the CRDs watched as long as the program runs. */
export interface CrdWatch {
  readonly state: InformerState;
  stop(): void;
}

export function createCrdWatch(deps: CrdWatchDeps): CrdWatch {
  const lease = deps.pool.acquire(crdResource, undefined);
  const { watch } = lease;
  /** Object key → what we told, so that a heartbeat of a CRD's status tells nothing. */
  const told = new Map<string, { readonly id: string; readonly text: string }>();

  function apply(event: Extract<StoreEvent, { kind: 'add' | 'update' }>): void {
    const entry = readCrd(event.new.parse());
    if (entry === undefined) return;
    const { facts, base, established, object } = entry;
    // A schema may be nested more deeply than JSON.stringify can follow.
    const text = JSON.stringify([facts, base, established]) + stringifyJson(object['spec'] ?? null);
    if (told.get(event.new.key)?.text === text) return;
    told.set(event.new.key, { id: entry.id, text });
    deps.onCrd(entry, event.kind === 'add' && event.initial ? 'initial' : 'live');
  }

  function remove(key: string): void {
    const known = told.get(key);
    if (known === undefined) return;
    told.delete(key);
    deps.onCrdGone(known.id);
  }

  const off = watch.subscribe({
    onEvent(event) {
      switch (event.kind) {
        case 'add':
        case 'update':
          apply(event);
          return;
        case 'delete':
          remove(event.old.key);
          return;
        case 'synced':
          // After a reset some may be missing that were never said to be deleted.
          for (const key of told.keys()) {
            if (watch.informer.store.get(key) === undefined) remove(key);
          }
          return;
        case 'reset':
        case 'relisted':
          return;
        default:
          event satisfies never;
      }
    },
    onState: deps.onState,
  });

  return {
    get state() {
      return watch.informer.state;
    },
    stop() {
      off();
      lease.release();
    },
  };
}
