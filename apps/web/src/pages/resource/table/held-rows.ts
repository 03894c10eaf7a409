/** The keys of a window, and where the first of them stands among all rows. */
export interface RowWindow {
  readonly offset: number;
  readonly keys: readonly string[];
}

/**
 * By how many rows what was in sight (`first` to `last`) has moved: the shift that most of those
 * rows share, so that one row that jumped elsewhere takes nobody with it. 0 where none is left.
 */
export function commonShift(
  before: RowWindow,
  after: RowWindow,
  first: number,
  last: number,
): number {
  const places = new Map(after.keys.map((key, index) => [key, after.offset + index]));
  const votes = new Map<number, number>();
  for (let index = Math.max(first, before.offset); index <= last; index += 1) {
    const key = before.keys[index - before.offset];
    const place = key === undefined ? undefined : places.get(key);
    if (place !== undefined) votes.set(place - index, (votes.get(place - index) ?? 0) + 1);
  }
  let best = 0;
  let most = votes.get(0) ?? 0;
  for (const [shift, count] of votes) {
    if (count > most) [best, most] = [shift, count];
  }
  return best;
}

const step = 50;
/** What the live store asks for by itself: a page that is shorter asks for nothing else. */
const least = 100;

/** The window to ask for so that rows `first` to `last` are in it with some on either side; moved in steps, so that scrolling asks seldom. */
export function windowFor(first: number, last: number): { offset: number; length: number } {
  const offset = Math.floor(Math.max(0, first - step) / step) * step;
  const end = Math.ceil((last + step) / step) * step;
  return { offset, length: Math.min(500, Math.max(least, end - offset)) };
}
