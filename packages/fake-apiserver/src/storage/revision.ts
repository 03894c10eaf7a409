import type { Clock } from '../clock.ts';

/** The one counter behind every resourceVersion, as etcd's revision is. */
export interface Revision {
  readonly current: number;
  /** The number the next write would get; nothing happens until it is committed. */
  next(): number;
  commit(revision: number): void;
  /** Resolves true once `revision` is reached, false when `ms` pass before that. */
  reached(revision: number, ms: number): Promise<boolean>;
}

export function createRevision(start: number, clock: Clock): Revision {
  let current = start;
  const waiters = new Set<() => void>();

  return {
    get current() {
      return current;
    },
    next: () => current + 1,
    commit(revision) {
      current = revision;
      for (const waiter of waiters) waiter();
    },
    reached(revision, ms) {
      if (current >= revision) return Promise.resolve(true);
      return new Promise((resolve) => {
        const finish = (reached: boolean): void => {
          cancel();
          waiters.delete(check);
          resolve(reached);
        };
        const check = (): void => {
          if (current >= revision) finish(true);
        };
        const cancel = clock.after(ms, () => finish(false));
        waiters.add(check);
      });
    },
  };
}
