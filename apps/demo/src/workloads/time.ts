/** Milliseconds since the epoch of an RFC 3339 time; 0 where there is none. */
export function timeOf(text: string | undefined): number {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? 0 : time;
}
