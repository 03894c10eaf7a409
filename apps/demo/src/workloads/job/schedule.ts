/** The fields of a cron schedule: minute, hour, day of month, month, day of week. */
const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

type Field = ReadonlySet<number>;

/** Whether a moment is of a schedule. */
export type Schedule = (at: Date) => boolean;

/**
 * Reads a cron schedule of numbers, `*`, `a-b`, steps and lists (UTC); undefined where it is none, or one with
 * names or `@` words, which are not read here.
 */
export function parseSchedule(text: string): Schedule | undefined {
  const parts = text.trim().split(/\s+/);
  const fields = ranges.map(([low, high], index) => parseField(parts[index] ?? '', low, high));
  if (parts.length !== ranges.length || fields.includes(undefined)) return undefined;
  const [minutes, hours, days, months, weekdays] = fields;
  const eitherDay = parts[2] === '*' || parts[4] === '*';
  return (at) => {
    const day = days?.has(at.getUTCDate()) === true;
    const weekday = weekdays?.has(at.getUTCDay()) === true;
    return (
      minutes?.has(at.getUTCMinutes()) === true &&
      hours?.has(at.getUTCHours()) === true &&
      months?.has(at.getUTCMonth() + 1) === true &&
      // Where both are said, one is enough.
      (eitherDay ? day && weekday : day || weekday)
    );
  };
}

function parseField(text: string, low: number, high: number): Field | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null) return undefined;
    const [, from, to, by] = match;
    const first = from === undefined ? low : Number(from);
    const open = from === undefined || (by !== undefined && to === undefined);
    const last = to === undefined ? (open ? high : first) : Number(to);
    const stride = by === undefined ? 1 : Number(by);
    if (first < low || last > high || first > last || stride === 0) return undefined;
    for (let value = first; value <= last; value += stride) values.add(value);
  }
  return values;
}

const minuteMs = 60_000;
/** No schedule is looked at further back or ahead. */
const mostMinutes = 366 * 24 * 60;

/** The last moment of the schedule after `since` and not after `now`; undefined: none. */
export function lastDue(schedule: Schedule, since: number, now: number): number | undefined {
  let at = Math.floor(now / minuteMs) * minuteMs;
  for (let minutes = 0; at > since && minutes < mostMinutes; minutes += 1, at -= minuteMs) {
    if (schedule(new Date(at))) return at;
  }
  return undefined;
}

/** The next moment of the schedule after `now`; undefined: none within a year. */
export function nextDue(schedule: Schedule, now: number): number | undefined {
  let at = Math.floor(now / minuteMs) * minuteMs + minuteMs;
  for (let minutes = 0; minutes < mostMinutes; minutes += 1, at += minuteMs) {
    if (schedule(new Date(at))) return at;
  }
  return undefined;
}
