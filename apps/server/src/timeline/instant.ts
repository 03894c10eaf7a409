/** RFC 3339 with milliseconds, of milliseconds since the epoch. */
export function instant(time: number): string {
  return new Date(time).toISOString();
}
