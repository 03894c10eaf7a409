const twelveHours = 12 * 60 * 60 * 1000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant's local time of day, `14:12:08`; with its day when that was another one, long ago. */
export function clockTime(instant: string, now: number = Date.now()): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const near =
    Math.abs(now - date.getTime()) < twelveHours ||
    new Date(now).toDateString() === date.toDateString();
  return near ? time : `${date.getDate()} ${months[date.getMonth()]} ${time}`;
}

/** The same to the millisecond: `14:12:08.412`. */
export function clockTimeMs(instant: string, now: number = Date.now()): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return `${clockTime(instant, now)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** The whole instant for a tooltip: local day and time with its offset, and UTC as the server wrote it. */
export function exactTime(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const offset = -date.getTimezoneOffset();
  const sign = offset < 0 ? '−' : '+';
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${zone} · ${instant}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
