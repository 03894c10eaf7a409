import type { TimeSpan } from '../../ui/time-axis/time-span.ts';
import type { HeldState } from './object-history.ts';

/** Of a past that is shorter, so much is shown, milliseconds. */
const shortest = 60_000;
/** Room before the first state, as a part of the whole, so that it does not stand on the edge. */
const margin = 0.04;

/** The time from the first state to now; what was there before it stands on the left edge. */
export function historySpan(states: readonly HeldState[], ticked: number): TimeSpan {
  const times = states.flatMap(({ time }) => time ?? []);
  // The newest state may have come after the clock was last looked at.
  const now = Math.max(ticked, ...times);
  const first = Math.min(now, ...times);
  const length = Math.max(shortest, (now - first) * (1 + margin));
  return { from: now - length, to: now };
}
