import type { RolloutState } from '@kindscope/protocol';
import type { Live, ObjectQuery, View } from '../live/index.ts';
import { rolloutNotice, turnOf, type RolloutNotice } from './rollout-notice.ts';

/** Each holds a subscription, of which a connection has only so many. */
export const mostWatched = 16;

const storageKey = 'kindscope.watchedRollouts';

export interface WatchedRollouts extends View<readonly ObjectQuery[]> {
  /** False when {@link mostWatched} are watched already. */
  readonly add: (rollout: ObjectQuery) => boolean;
  readonly remove: (rollout: ObjectQuery) => void;
}

export interface WatchedRolloutsDeps {
  readonly live: Pick<Live, 'rollout'>;
  /** Where the list outlives a reload of the tab. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly tell: (notice: RolloutNotice) => void;
}

/**
 * The rollouts that somebody wants to hear of. They stay subscribed for as long as the tab lives,
 * whatever page it shows; {@link WatchedRolloutsDeps.tell} hears what becomes of them.
 */
export function createWatchedRollouts(deps: WatchedRolloutsDeps): WatchedRollouts {
  const leaves = new Map<string, () => void>();
  const listeners = new Set<() => void>();
  let list: readonly ObjectQuery[] = [];

  const change = (next: readonly ObjectQuery[]) => {
    list = next;
    store(deps.storage, list);
    for (const listener of listeners) listener();
  };
  const watch = (rollout: ObjectQuery) => {
    const view = deps.live.rollout(rollout);
    let known: RolloutState | undefined;
    const look = () => {
      const snapshot = view.snapshot();
      const state = snapshot.summary?.state;
      // What is not known for a moment, as after a restart, is no state to have come from.
      if (state === undefined || state.kind === 'unknown') return;
      const before = known;
      known = state;
      const turn = turnOf(before, state.kind);
      if (turn === undefined || before === undefined) return;
      deps.tell(rolloutNotice(rollout, turn, before, snapshot));
    };
    const leave = view.subscribe(look);
    look();
    leaves.set(keyOf(rollout), leave);
  };
  const add = (rollout: ObjectQuery): boolean => {
    if (leaves.has(keyOf(rollout))) return true;
    if (list.length >= mostWatched) return false;
    watch(rollout);
    change([...list, rollout]);
    return true;
  };
  for (const rollout of stored(deps.storage)) add(rollout);

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => list,
    add,
    remove: (rollout) => {
      const key = keyOf(rollout);
      leaves.get(key)?.();
      leaves.delete(key);
      change(list.filter((one) => keyOf(one) !== key));
    },
  };
}

/** What two names of the same rollout have in common. */
export function keyOf({ resource, namespace, name }: ObjectQuery): string {
  return [resource.group, resource.version, resource.resource, namespace, name].join('/');
}

function store(storage: WatchedRolloutsDeps['storage'], list: readonly ObjectQuery[]): void {
  try {
    storage.setItem(storageKey, JSON.stringify(list));
  } catch {
    // Storage may be switched off or full: then the list ends with the page.
  }
}

function stored(storage: WatchedRolloutsDeps['storage']): ObjectQuery[] {
  try {
    const list: unknown = JSON.parse(storage.getItem(storageKey) ?? '[]');
    return Array.isArray(list) ? list.filter(isQuery) : [];
  } catch {
    return [];
  }
}

function isQuery(value: unknown): value is ObjectQuery {
  if (typeof value !== 'object' || value === null) return false;
  const { resource, namespace, name } = value as Partial<Record<keyof ObjectQuery, unknown>>;
  if (typeof resource !== 'object' || resource === null) return false;
  const { group, version, resource: plural } = resource as Partial<Record<string, unknown>>;
  return [group, version, plural, namespace, name].every((part) => typeof part === 'string');
}
