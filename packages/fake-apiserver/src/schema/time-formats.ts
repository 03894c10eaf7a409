/** Times as kube-openapi pkg/validation/strfmt takes them. */

/** `2006-01-02`, and a day that exists. */
export function isDate(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (found === null) return false;
  const [, year, month, day] = found.map(Number);
  const date = new Date(Date.UTC(2000, (month ?? 0) - 1, day));
  // The setter takes years below 100 for what they are.
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
}

const TIME = /^(\d{2}):(\d{2}):(\d{2})(.\d+)?(z|([+-]\d{2}:\d{2}))$/;

export function isDateTime(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  if (time === undefined || !isDate(date)) return false;
  const found = TIME.exec(time);
  if (found === null) return false;
  const [, hour = '', minute = '', second = ''] = found;
  return hour <= '23' && minute <= '59' && second <= '59';
}

const GO_DURATION = /^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;

/** Names of units; the last of a row stands for all that start with it. */
const UNITS = [
  ['ns', 'nano'],
  ['us', '\u00b5s', 'micro'],
  ['ms', 'milli'],
  ['s', 'sec'],
  ['m', 'min'],
  ['h', 'hr', 'hour'],
  ['d', 'day'],
  ['w', 'wk', 'week'],
] as const;

/** Go's durations, and every text that has one number with a unit in it, as `3 days`. */
export function isDuration(text: string): boolean {
  if (GO_DURATION.test(text) && fits(text)) return true;
  return Array.from(text.matchAll(/(?<!\d)(\d+)\s*([A-Za-z\u00b5]+)/g)).some(([, , unit = '']) =>
    isUnit(unit.toLowerCase()),
  );
}

function isUnit(unit: string): boolean {
  return UNITS.some((names) => {
    const all: readonly string[] = names;
    return all.includes(unit) || unit.startsWith(all.at(-1) ?? '');
  });
}

const HOURS: Readonly<Record<string, number>> = {
  ns: 1 / 3.6e12,
  us: 1 / 3.6e9,
  ms: 1 / 3.6e6,
  s: 1 / 3600,
  m: 1 / 60,
  h: 1,
};
const MAX_HOURS = 2_562_047.7;

/** A duration counts nanoseconds in 64 bits: 292 years are the most. */
function fits(text: string): boolean {
  const parts = Array.from(text.matchAll(/([\d.]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g));
  const hours = parts.reduce(
    (total, [, count, unit = '']) => total + Number(count) * (HOURS[unit] ?? HOURS['us'] ?? 0),
    0,
  );
  return hours <= MAX_HOURS;
}
