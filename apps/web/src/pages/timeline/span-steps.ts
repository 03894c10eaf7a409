const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How much time the buttons show, from one press to the next. */
const steps = [
  1000,
  5000,
  15_000,
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  3 * day,
  7 * day,
] as const;

/** The next shorter or longer of the steps. */
export function nextStep(length: number, direction: 'shorter' | 'longer'): number {
  // What is nearly a step is that step already.
  if (direction === 'longer') return steps.find((step) => step > length * 1.05) ?? steps[12];
  return steps.findLast((step) => step < length * 0.95) ?? steps[0];
}

/** `1 h`, `15 min`, `90 s`, `2 d`: as round as it can be said in one number. */
export function spanText(length: number): string {
  const seconds = length / 1000;
  if (seconds < 120) return `${tidy(seconds)} s`;
  if (length < 2 * hour && length % hour !== 0) return `${tidy(length / minute)} min`;
  if (length < 2 * day && length % day !== 0) return `${tidy(length / hour)} h`;
  return length < day ? `${tidy(length / hour)} h` : `${tidy(length / day)} d`;
}

function tidy(value: number): string {
  return String(value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
}
