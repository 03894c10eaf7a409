/** Every watch that is open, so that all of them can be cut. */
export interface WatchSet {
  readonly size: number;
  /** Registers how to cut one; returns how to take it out again. */
  add(cut: () => void): () => void;
  cutAll(): void;
}

export function createWatchSet(): WatchSet {
  const cuts = new Set<() => void>();
  return {
    get size() {
      return cuts.size;
    },
    add(cut) {
      cuts.add(cut);
      return () => cuts.delete(cut);
    },
    cutAll() {
      for (const cut of cuts) cut();
    },
  };
}
