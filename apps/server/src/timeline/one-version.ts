import type { Coverage, ResourceRef } from '@kindscope/protocol';

/**
 * One version of each group and resource of which anything is known: whoever asks for all of them
 * means each object, and each of its changes, once, however many versions serve it. One that is
 * watched now goes before one that is not, one watched in all namespaces before one that is not, and
 * then the one watched longest, so that the choice lasts. `now`: milliseconds since the epoch.
 */
export function oneVersionEach(coverage: readonly Coverage[], now: number): ResourceRef[] {
  const chosen = new Map<string, Coverage>();
  for (const item of coverage) {
    const id = `${item.resource.group}/${item.resource.resource}`;
    const other = chosen.get(id);
    if (other === undefined || isBefore(item, other, now)) chosen.set(id, item);
  }
  return [...chosen.values()].map(({ resource }) => resource);
}

function isBefore(a: Coverage, b: Coverage, now: number): boolean {
  if (a.watched !== b.watched) return a.watched;
  const isWhole = a.namespace === undefined;
  if (isWhole !== (b.namespace === undefined)) return isWhole;
  return watchedFor(a, now) > watchedFor(b, now);
}

/** Milliseconds. What it could not see while it was to be watched counts: such times come and go. */
function watchedFor({ since, blind }: Coverage, now: number): number {
  const timeOf = (text: string | undefined) => (text === undefined ? now : Date.parse(text));
  return blind
    .filter(({ reason }) => reason === 'unwatched')
    .reduce((left, { from, to }) => left - (timeOf(to) - timeOf(from)), now - timeOf(since));
}
