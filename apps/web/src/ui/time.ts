const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
const timeMs = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hour12: false,
});
const dateTime = new Intl.DateTimeFormat('en-CA', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
  timeZoneName: 'short',
});

/** `14:11:31`, local. The text itself when it is no instant. */
export function clockTime(instant: string): string {
  return format(time, instant);
}

/** `14:12:08.412`, local. */
export function clockTimeMs(instant: string): string {
  return format(timeMs, instant);
}

/** `2026-11-22, 14:11:31 UTC`: for titles, where nothing may be left to guess. */
export function fullTime(instant: string): string {
  return format(dateTime, instant);
}

function format(formatter: Intl.DateTimeFormat, instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? instant : formatter.format(date);
}
