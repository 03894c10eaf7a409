import type { BlindSpan, Coverage } from '@kindscope/protocol';
import type { TimeSpan } from './time-axis/time-span.ts';

/** A time of which nothing is known here, and why: `before` watching began, `beyond` what a page holds, or as the log says. */
export interface Blind extends TimeSpan {
  readonly reason: BlindSpan['reason'] | 'before' | 'beyond';
}

/**
 * The parts of `span` of which no item of `coverage` knows anything, in order. Items are of one
 * resource: where one of them watched (the whole cluster, or each namespace apart), something is
 * known. Without any item nothing is.
 */
export function blindSpans(coverage: readonly Coverage[], span: TimeSpan): Blind[] {
  const all: readonly Blind[] = [{ ...span, reason: 'before' }];
  return coverage.reduce((blind, item) => common(blind, blindOf(item, span)), all).slice();
}

function blindOf({ since, blind }: Coverage, span: TimeSpan): readonly Blind[] {
  if (since === undefined) return [{ ...span, reason: 'before' }];
  const before: Blind = {
    from: Number.NEGATIVE_INFINITY,
    to: Date.parse(since),
    reason: 'before',
  };
  const known = blind.map(({ from, to, reason }): Blind => ({
    from: Date.parse(from),
    to: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to),
    reason,
  }));
  return [before, ...known]
    .map((one) => ({ ...one, from: Math.max(one.from, span.from), to: Math.min(one.to, span.to) }))
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from);
}

/** Where both are blind; the reason is the later one's. */
function common(a: readonly Blind[], b: readonly Blind[]): readonly Blind[] {
  return a
    .flatMap((one) =>
      b.map((other) => ({
        from: Math.max(one.from, other.from),
        to: Math.min(one.to, other.to),
        reason: other.reason,
      })),
    )
    .filter(({ from, to }) => from < to)
    .toSorted((x, y) => x.from - y.from);
}

export const blindWords: Record<Blind['reason'], string> = {
  before: 'not watched',
  unwatched: 'not watched',
  away: 'could not be watched',
  dropped: 'no longer kept',
  beyond: 'too much to show',
};
