import { gvrKey } from '@kindscope/kube';
import type { Change } from '@kindscope/protocol';
import { createRecentMap } from './recent-map.ts';

type Described = Omit<Change, 'id' | 'effect'>;

/** How many names of deleted objects are remembered. */
const remembered = 20_000;

/** Tells a new life of a name from a new name. */
export interface FormerLives {
  /** Takes note of a deletion; a creation under the name of a deleted object is said to be one. */
  tell(change: Described): Described;
}

/** Remembers the names that were last deleted; of what is older than that it says nothing. */
export function createFormerLives(limit: number = remembered): FormerLives {
  const ends = createRecentMap<{ readonly uid: string; readonly ended: string }>(limit);
  const idOf = ({ resource, namespace, name }: Described): string =>
    `${gvrKey(resource)} ${namespace}/${name}`;

  return {
    tell(change) {
      const id = idOf(change);
      if (change.classes.includes('deleted')) {
        ends.set(id, { uid: change.uid, ended: change.time });
        return change;
      }
      const former = change.classes.includes('created') ? ends.get(id) : undefined;
      if (former === undefined || former.uid === change.uid) return change;
      ends.delete(id);
      return { ...change, classes: ['recreated', ...change.classes], formerLife: former };
    },
  };
}
