import type { RollingItem, RolloutState } from '@kindscope/protocol';
import { createRolloutWatch, type RolloutWatch, type RolloutWatchDeps } from './rollout-watch.ts';

/** What some of the objects that roll own, and how they stand by it: as their own pages say. */
export interface RollingTrees {
  /** These and no others are looked at from now on; whether how one of them stands may be another. */
  keep(items: readonly RollingItem[]): boolean;
  /** Undefined while it is not known. */
  stateOf(uid: string): RolloutState | undefined;
  /** Of all that are looked at it is known. */
  readonly answered: boolean;
  close(): void;
}

interface Tree {
  /** Undefined where it may not be looked at. */
  readonly watch: RolloutWatch | undefined;
  state: RolloutState | undefined;
}

/** In so many kinds is looked for what one owns: where pods are, and what makes them. */
const maxWatches = 8;

export function createRollingTrees(
  deps: RolloutWatchDeps & { readonly changed: () => void },
): RollingTrees {
  const trees = new Map<string, Tree>();

  function open({ resource, namespace, name }: RollingItem): Tree {
    const opened = createRolloutWatch(
      { ...deps, maxWatches, quiet: true },
      { resource, namespace, name },
    );
    if (!opened.ok) return { watch: undefined, state: undefined };
    opened.value.subscribe(deps.changed);
    return { watch: opened.value, state: undefined };
  }

  /** Whether it stands differently now. */
  function read(uid: string, tree: Tree): boolean {
    const before = tree.state;
    tree.watch?.take();
    const { state, root } = tree.watch?.verdict ?? { state: undefined, root: null };
    // Under its name there may be another object already.
    tree.state = root === uid && state?.kind !== 'unknown' ? state : undefined;
    return JSON.stringify(tree.state) !== JSON.stringify(before);
  }

  return {
    keep(items) {
      const wanted = new Map(items.map((item) => [item.uid, item]));
      for (const [uid, { watch }] of trees) {
        if (wanted.has(uid)) continue;
        watch?.close();
        trees.delete(uid);
      }
      for (const [uid, item] of wanted) if (!trees.has(uid)) trees.set(uid, open(item));
      return [...trees].map(([uid, tree]) => read(uid, tree)).includes(true);
    },
    stateOf: (uid) => trees.get(uid)?.state,
    get answered() {
      return trees.values().every(({ watch, state }) => watch === undefined || state !== undefined);
    },
    close() {
      for (const { watch } of trees.values()) watch?.close();
      trees.clear();
    },
  };
}
