/** Keys in byte order. Additions are sorted in when somebody lists, not when they come. */
export interface KeyOrder {
  add(key: string): void;
  remove(key: string): void;
  keys(): readonly string[];
}

export function createKeyOrder(): KeyOrder {
  let sorted: string[] = [];
  const added = new Set<string>();
  const removed = new Set<string>();

  function merge(): void {
    const fresh = [...added].sort();
    const merged: string[] = [];
    let next = 0;
    for (const key of sorted) {
      while (next < fresh.length && (fresh[next] ?? '') < key) merged.push(fresh[next++] ?? '');
      if (!removed.has(key)) merged.push(key);
    }
    for (const key of fresh.slice(next)) merged.push(key);
    sorted = merged;
    added.clear();
    removed.clear();
  }

  return {
    add(key) {
      if (!removed.delete(key)) added.add(key);
    },
    remove(key) {
      if (!added.delete(key)) removed.add(key);
    },
    keys() {
      if (added.size > 0 || removed.size > 0) merge();
      return sorted;
    },
  };
}
