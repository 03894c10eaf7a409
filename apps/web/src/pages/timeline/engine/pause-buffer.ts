import type { Change } from '@kindscope/protocol';
import { classBits, heartbeatBit } from './mark-classes.ts';

/** What came during a pause. */
export interface PauseBuffer {
  /** How many changes of the shown classes came. */
  readonly waiting: number;
  readonly hold: (changes: readonly Change[], shown: number) => void;
  /** What happened since then has to be asked for once the pause ends, milliseconds. */
  readonly miss: (since: number) => void;
  /** Empties it: the changes that were held, and since when others have to be asked for. */
  readonly release: () => {
    readonly changes: readonly Change[];
    readonly since: number | undefined;
  };
}

/** Beyond so many, changes are not held but asked for when the pause ends. */
const mostHeld = 10_000;

export function createPauseBuffer(): PauseBuffer {
  let held: Change[] = [];
  let waiting = 0;
  let since: number | undefined;
  const miss = (time: number): void => {
    since = Math.min(time, since ?? time);
  };
  return {
    get waiting() {
      return waiting;
    },
    hold: (changes, shown) => {
      waiting += changes.filter(
        ({ classes }) => (classBits(classes) & shown & ~heartbeatBit) !== 0,
      ).length;
      const [first] = changes;
      if (held.length + changes.length <= mostHeld) held.push(...changes);
      else if (first !== undefined) miss(Date.parse(first.time));
    },
    miss,
    release: () => {
      const released = { changes: held, since };
      held = [];
      waiting = 0;
      since = undefined;
      return released;
    },
  };
}
