import type { RollingSubject } from './rolling-item.ts';

/**
 * Which objects there are, as several watches tell it. Two of them may tell of the same object: it
 * is there until both say that it is gone.
 */
export interface RollingRoster {
  put(watch: string, subject: RollingSubject): void;
  remove(watch: string, uid: string): void;
  /** Of this watch only these are there. */
  keep(watch: string, uids: ReadonlySet<string>): void;
}

export function createRollingRoster(deps: {
  readonly put: (subject: RollingSubject) => void;
  readonly remove: (uid: string) => void;
}): RollingRoster {
  const told = new Map<string, Set<string>>();

  function remove(watch: string, uid: string): void {
    if (told.get(watch)?.delete(uid) !== true) return;
    if (!told.values().some((uids) => uids.has(uid))) deps.remove(uid);
  }

  return {
    put(watch, subject) {
      let uids = told.get(watch);
      if (uids === undefined) {
        uids = new Set();
        told.set(watch, uids);
      }
      uids.add(subject.handle.uid);
      deps.put(subject);
    },
    remove,
    keep(watch, kept) {
      for (const uid of told.get(watch) ?? []) if (!kept.has(uid)) remove(watch, uid);
      if (told.get(watch)?.size === 0) told.delete(watch);
    },
  };
}
