import { gvrKey, type GroupVersionResource } from '@kindscope/kube';

/** Objects that somebody has for himself for a while. */
export interface Reservations {
  /** `key` as of `objectKey`. */
  has(gvr: GroupVersionResource, key: string): boolean;
  /** Reserves until the result is called. The same object may be reserved more than once. */
  take(gvr: GroupVersionResource, key: string): () => void;
  /** Calls `listener` with each object of that kind that is free again; returns how to take it back. */
  onRelease(gvr: GroupVersionResource, listener: (key: string) => void): () => void;
}

export function createReservations(): Reservations {
  const taken = new Map<string, number>();
  const listeners = new Set<{
    readonly kind: string;
    readonly listener: (key: string) => void;
  }>();

  function release(gvr: GroupVersionResource, key: string): void {
    const id = idOf(gvr, key);
    const left = (taken.get(id) ?? 0) - 1;
    if (left > 0) {
      taken.set(id, left);
      return;
    }
    taken.delete(id);
    for (const { kind, listener } of listeners) if (kind === gvrKey(gvr)) listener(key);
  }

  return {
    has: (gvr, key) => taken.has(idOf(gvr, key)),
    take(gvr, key) {
      const id = idOf(gvr, key);
      taken.set(id, (taken.get(id) ?? 0) + 1);
      let released = false;
      return () => {
        if (!released) release(gvr, key);
        released = true;
      };
    },
    onRelease(gvr, listener) {
      const entry = { kind: gvrKey(gvr), listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}

function idOf(gvr: GroupVersionResource, key: string): string {
  return `${gvrKey(gvr)} ${key}`;
}
