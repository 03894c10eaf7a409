import type { RolloutMark } from '@kindscope/protocol';
import type { ChangeEntry } from '../timeline/change-log.ts';
import { changeClasses } from '../timeline/class-set.ts';

/** A logged change as a mark on a lane. */
export function markOf({ id, object, time, within, classes, manager }: ChangeEntry): RolloutMark {
  return {
    id,
    uid: object.uid,
    at: time,
    ...(within > 0 && { within }),
    classes: changeClasses.filter((_, place) => (classes & (1 << place)) !== 0),
    ...(manager !== undefined && { manager }),
  };
}
