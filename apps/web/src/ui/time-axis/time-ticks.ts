import { timeTickInterval, utcTickInterval } from 'd3-time';
import { xOfTime, type TimeSpan } from './time-span.ts';

export interface TimeTick {
  readonly time: number;
  /** `14:00`, `14:00:05`, `14:00:05.250`; at the start of a day `22 Nov`. */
  readonly label: string;
}

/** Labels stand at least so far apart, pixels. */
const spacing = 96;
const minute = 60_000;

/**
 * The round times of a span to write below an axis of this width (pixels), in the browser's time
 * zone or in UTC. d3's intervals: from milliseconds to years, each the roundest that leaves room.
 */
export function timeTicks(
  span: TimeSpan,
  width: number,
  zone: 'local' | 'utc' = 'local',
): TimeTick[] {
  const count = Math.max(1, Math.floor(width / spacing));
  const start = new Date(span.from);
  // One more millisecond: a range leaves its end out.
  const end = new Date(span.to + 1);
  const interval = (zone === 'utc' ? utcTickInterval : timeTickInterval)(start, end, count);
  const times = interval?.range(start, end).map((date) => date.getTime()) ?? [];
  const step = (times[1] ?? span.to) - (times[0] ?? span.from);
  const label = labelOf(step, zone);
  return times.map((time) => ({ time, label: label(time) }));
}

/** Those whose labels are not cut at the left, and fit beside one that ends at the right edge and takes so much room. */
export function clearOf(
  ticks: readonly TimeTick[],
  span: TimeSpan,
  width: number,
  room: number,
): TimeTick[] {
  const half = spacing / 3;
  return ticks.filter(({ time }) => {
    const x = xOfTime(span, width, time);
    return x >= half && x <= width - room - half;
  });
}

type Label = (time: number) => string;

/** A format takes longer to make than a picture to draw. */
const labels = new Map<string, Label>();

function labelOf(step: number, zone: 'local' | 'utc'): Label {
  const precision = step < 1000 ? 'milliseconds' : step < minute ? 'seconds' : 'minutes';
  const key = `${zone} ${precision}`;
  const label = labels.get(key) ?? createLabel(precision, zone);
  labels.set(key, label);
  return label;
}

function createLabel(
  precision: 'milliseconds' | 'seconds' | 'minutes',
  zone: 'local' | 'utc',
): Label {
  const options: Intl.DateTimeFormatOptions = {
    ...(zone === 'utc' && { timeZone: 'UTC' }),
    hour12: false,
  };
  const clock = new Intl.DateTimeFormat('en-GB', {
    ...options,
    hour: '2-digit',
    minute: '2-digit',
    ...(precision !== 'minutes' && { second: '2-digit' }),
    ...(precision === 'milliseconds' && { fractionalSecondDigits: 3 }),
  });
  const day = new Intl.DateTimeFormat('en-GB', { ...options, day: 'numeric', month: 'short' });
  return (time) => {
    const text = clock.format(time);
    return text === '00:00' ? day.format(time) : text;
  };
}
