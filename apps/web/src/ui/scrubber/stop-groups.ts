import { changeClassWords, type ChangeClassName } from '../class-glyph.tsx';
import type { TimeSpan } from '../time-axis/time-span.ts';

export interface ScrubberStop {
  readonly key: string;
  /** Milliseconds since the epoch; undefined for what was there before the span. */
  readonly time: number | undefined;
  readonly shown: ChangeClassName | undefined;
}

/** Stops that stand too near to each other to be told apart; one, where there is room. */
export interface StopGroup {
  /** Oldest first, at least one. */
  readonly stops: readonly ScrubberStop[];
  readonly newest: ScrubberStop;
  /** Where it stands, pixels. */
  readonly x: number;
  /** What it is shown as: the first of its classes by precedence. */
  readonly shown: ChangeClassName | undefined;
}

/** As near as this there is no room to point at one of them, pixels. */
const apart = 24;
/** Room at both sides of a group that is zoomed on, as a part of it. */
const margin = 0.15;

/** @param stops oldest first. @param place where one stands, pixels. */
export function stopGroups(
  stops: readonly ScrubberStop[],
  place: (stop: ScrubberStop) => number,
): StopGroup[] {
  const groups: { x: number; stops: ScrubberStop[] }[] = [];
  for (const stop of stops) {
    const x = place(stop);
    const last = groups.at(-1);
    if (last !== undefined && x - last.x < apart) last.stops.push(stop);
    else groups.push({ x, stops: [stop] });
  }
  return groups.flatMap(({ x, stops: inside }) => {
    const newest = inside.at(-1);
    return newest === undefined ? [] : [{ x, stops: inside, newest, shown: firstClass(inside) }];
  });
}

const precedence = Object.keys(changeClassWords);

function firstClass(stops: readonly ScrubberStop[]): ChangeClassName | undefined {
  const [first] = stops
    .flatMap(({ shown }) => shown ?? [])
    .toSorted((a, b) => precedence.indexOf(a) - precedence.indexOf(b));
  return first;
}

/** The time to show so that a group's stops stand apart; undefined where nothing tells them apart. */
export function spanOfGroup({ stops }: StopGroup): TimeSpan | undefined {
  const times = stops.flatMap(({ time }) => time ?? []);
  const from = Math.min(...times);
  const to = Math.max(...times);
  if (!(from < to)) return undefined;
  const room = (to - from) * margin;
  return { from: from - room, to: to + room };
}
