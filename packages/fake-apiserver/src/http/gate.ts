/** Holds back everything the server says while it is frozen. */
export interface Gate {
  readonly frozen: boolean;
  freeze(): void;
  thaw(): void;
  /** Resolves once it is not frozen. */
  opened(): Promise<void>;
  /** Calls `listener` at every thaw; returns how to take it back. */
  onThaw(listener: () => void): () => void;
}

export function createGate(): Gate {
  const listeners = new Set<() => void>();
  let frozen = false;

  function onThaw(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return {
    get frozen() {
      return frozen;
    },
    freeze() {
      frozen = true;
    },
    thaw() {
      frozen = false;
      for (const listener of listeners) listener();
    },
    opened() {
      if (!frozen) return Promise.resolve();
      return new Promise((resolve) => {
        const off = onThaw(() => {
          off();
          resolve();
        });
      });
    },
    onThaw,
  };
}
