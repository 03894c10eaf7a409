import { useSyncExternalStore } from 'react';
import type { RolloutSnapshot } from '../../live/index.ts';
import type { RolloutSearch } from '../../search.ts';
import { timeText } from './lane/lane-text.ts';
import type { LaneView } from './lane/lane-view.ts';
import { useHeldRollout } from './use-held-rollout.ts';
import { useFittingLength, useLaneView } from './use-lane-view.ts';

/** Which time a page shows of a rollout, and the rollout as all of the page shows it. */
export interface RolloutView {
  /** The time that the lanes show. */
  readonly view: LaneView;
  readonly shown: RolloutSnapshot;
  /** How many changes came since the pause. */
  readonly waiting: number;
  readonly pausedAt: number | undefined;
  /** `as of now`, `as of 14:13:54`: of when all is that has no place in time, where the lanes do not go on with now. */
  readonly asOf: string | undefined;
}

/** The time that the link asks for, and on with it; while it is paused nothing of the page goes on. */
export function useRolloutView(
  rollout: RolloutSnapshot,
  search: RolloutSearch,
  onMove: (patch: Pick<RolloutSearch, 'span' | 'to'>) => void,
): RolloutView {
  const view = useLaneView({ search, earliest: earliestOf(rollout), onMove });
  useFittingLength(view, rollout);
  // These two alone: where it ends changes with each pixel.
  const pausedAt = useSyncExternalStore(view.subscribe, () => view.snapshot().pausedAt);
  const following = useSyncExternalStore(view.subscribe, () => view.snapshot().following);
  const { shown, waiting } = useHeldRollout(rollout, pausedAt !== undefined);
  return { view, shown, waiting, pausedAt, asOf: asOfText(pausedAt, following) };
}

function asOfText(pausedAt: number | undefined, following: boolean): string | undefined {
  if (pausedAt !== undefined) return `as of ${timeText(pausedAt)}`;
  return following ? undefined : 'as of now';
}

function earliestOf({ nodes }: RolloutSnapshot): number | undefined {
  let earliest: number | undefined;
  for (const { created } of nodes.values()) {
    if (earliest === undefined || created < earliest) earliest = created;
  }
  return earliest;
}
