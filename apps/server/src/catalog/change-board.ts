import type { Clock } from '@kindscope/informer';
import type { ResourceInfo } from '@kindscope/protocol';

type CatalogListener = (changed: readonly ResourceInfo[], removed: readonly string[]) => void;

/** Collects which items may have changed and tells what really differs from what was told before. */
export interface ChangeBoard {
  /** `now`: told at the end of this turn. `slowly`: within a second, with whatever else came. */
  touch(ids: Iterable<string>, pace: 'now' | 'slowly'): void;
  subscribe(listener: CatalogListener): () => void;
  readonly listening: boolean;
  stop(): void;
}

const slowMs = 1_000;

export function createChangeBoard(deps: {
  readonly ids: () => Iterable<string>;
  readonly info: (id: string) => ResourceInfo | undefined;
  /** The first listener came, or the last one left. */
  readonly onListening: (listening: boolean) => void;
  readonly onError: (error: unknown) => void;
  readonly clock: Clock;
}): ChangeBoard {
  const listeners = new Set<CatalogListener>();
  const dirty = new Set<string>();
  /** What listeners know, as JSON. */
  const told = new Map<string, string>();
  let soon = false;
  let cancelSlow: (() => void) | undefined;

  function flush(): void {
    soon = false;
    cancelSlow?.();
    cancelSlow = undefined;
    const changed: ResourceInfo[] = [];
    const removed: string[] = [];
    for (const id of dirty) {
      const info = deps.info(id);
      if (info === undefined) {
        if (told.delete(id)) removed.push(id);
        continue;
      }
      const text = JSON.stringify(info);
      if (told.get(id) === text) continue;
      told.set(id, text);
      changed.push(info);
    }
    dirty.clear();
    if (changed.length === 0 && removed.length === 0) return;
    for (const listener of listeners) {
      try {
        listener(changed, removed);
      } catch (error) {
        deps.onError(error);
      }
    }
  }

  function remember(): void {
    told.clear();
    for (const id of deps.ids()) {
      const info = deps.info(id);
      if (info !== undefined) told.set(id, JSON.stringify(info));
    }
  }

  return {
    get listening() {
      return listeners.size > 0;
    },
    touch(ids, pace) {
      if (listeners.size === 0) return;
      for (const id of ids) dirty.add(id);
      if (pace === 'slowly') {
        cancelSlow ??= deps.clock.after(slowMs, flush);
      } else if (!soon) {
        soon = true;
        queueMicrotask(flush);
      }
    },
    subscribe(listener) {
      const first = listeners.size === 0;
      if (first) remember();
      listeners.add(listener);
      if (first) deps.onListening(true);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) {
          dirty.clear();
          deps.onListening(false);
        }
      };
    },
    stop() {
      cancelSlow?.();
      listeners.clear();
    },
  };
}
