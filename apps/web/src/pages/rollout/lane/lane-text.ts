import type { HealthBar } from '@kindscope/protocol';
import { blindWords } from '../../../ui/blind-spans.ts';
import { durationText } from '../../../ui/changes/duration-text.ts';
import { changeClassWords } from '../../../ui/class-glyph.tsx';
import { counted, wholeNumber } from '../../../ui/number.ts';
import { clockTime, clockTimeMs } from '../../../ui/time.ts';
import type { LaneContent } from './lane-hit.ts';
import type { LaneEvent, LaneMark } from './lane-marks.ts';

/** `14:11:31`, local, of milliseconds since the epoch. */
export function timeText(at: number): string {
  return clockTime(new Date(at).toISOString());
}

/** `not watched 14:10:47 – 14:11:02, Pending 14:11:02 – 14:11:31, Ready since 14:11:31`: what a lane shows, in words. */
export function laneText({ bars, blind }: Pick<LaneContent, 'bars' | 'blind'>): string {
  return [...blind.map((one) => ({ ...one, word: blindWords[one.reason] })), ...bars]
    .sort((a, b) => a.from - b.from)
    .map(({ from, to = Number.POSITIVE_INFINITY, word }) =>
      Number.isFinite(to)
        ? `${word} ${timeText(from)} – ${timeText(to)}`
        : `${word} since ${timeText(from)}`,
    )
    .join(', ');
}

/** `Spec 14:10:47.120, by argo-rollouts, and 2 more changes` */
export function markText({ at, class: name, count, id, manager }: LaneMark): string {
  // A creation that only the object tells of is known to the second.
  const time = id === undefined ? timeText(at) : clockTimeMs(new Date(at).toISOString());
  const by = manager === undefined ? '' : `, by ${manager}`;
  const more = count > 1 ? `, and ${counted(count - 1, 'more change')}` : '';
  return `${changeClassWords[name]} ${time}${by}${more}`;
}

/** `Warning BackOff ×5, 14:13:41: Back-off restarting failed container` */
export function eventText({ event, count }: LaneEvent): string {
  const { type, reason, message, last } = event;
  const more = count > 1 ? `, and ${counted(count - 1, 'more Event')}` : '';
  return `${type} ${reason}${timesText(event.count)}, ${timeText(last)}: ${message}${more}`;
}

export function timesText(count: number): string {
  return count > 1 ? ` ×${wholeNumber(count)}` : '';
}

/** `14:11:02 – 14:11:31, for 29 s`; what is so still counts on until `now`. */
export function barTimes({ from, to }: HealthBar, now: number): string {
  const end = to === undefined ? `since ${timeText(from)}` : `${timeText(from)} – ${timeText(to)}`;
  return `${end}, for ${durationText((to ?? now) - from)}`;
}
