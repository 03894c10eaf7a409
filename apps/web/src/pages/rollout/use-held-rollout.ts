import type { RolloutMark } from '@kindscope/protocol';
import { useMemo, useState } from 'react';
import type { RolloutSnapshot } from '../../live/index.ts';

/** The rollout as it was when the page was paused, and how many changes came since; as it is where it is not paused. */
export function useHeldRollout(
  rollout: RolloutSnapshot,
  paused: boolean,
): { readonly shown: RolloutSnapshot; readonly waiting: number } {
  const [held, setHeld] = useState<RolloutSnapshot>();
  if (paused !== (held !== undefined)) setHeld(paused ? rollout : undefined);
  const shown = paused ? (held ?? rollout) : rollout;
  const waiting = useMemo(
    () => (shown === rollout ? 0 : newMarks(shown.marks, rollout.marks)),
    [shown, rollout],
  );
  return { shown, waiting };
}

/** How many of the marks came since the earlier ones. */
function newMarks(
  before: ReadonlyMap<string, readonly RolloutMark[]>,
  after: ReadonlyMap<string, readonly RolloutMark[]>,
): number {
  let count = 0;
  for (const [uid, marks] of after) {
    const known = before.get(uid);
    if (known === marks) continue;
    const last = Math.max(-1, ...(known ?? []).map(({ id }) => id));
    count += marks.filter(({ id }) => id > last).length;
  }
  return count;
}
