import type { Clock } from '@kindscope/informer';

const minuteMs = 60_000;
const length = 60;

/** Counts per minute over the last hour. */
export interface RateRing {
  add(): void;
  /** 60 counts, oldest first; the last one is the minute that runs. */
  read(): number[];
}

export function createRateRing(deps: { readonly clock: Pick<Clock, 'now'> }): RateRing {
  const counts = Array.from({ length }, () => 0);
  let newest = currentMinute();

  function currentMinute(): number {
    return Math.floor(deps.clock.now() / minuteMs);
  }

  function advance(): void {
    const minute = currentMinute();
    // A clock set back counts into the newest minute: the past is not written again.
    for (let steps = Math.min(minute - newest, length); steps > 0; steps -= 1) {
      counts.shift();
      counts.push(0);
    }
    newest = Math.max(newest, minute);
  }

  return {
    add() {
      advance();
      counts[length - 1] = (counts[length - 1] ?? 0) + 1;
    },
    read() {
      advance();
      return [...counts];
    },
  };
}
