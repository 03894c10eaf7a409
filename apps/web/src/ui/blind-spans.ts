import { gvrKey } from '@kindscope/kube';
import type { BlindSpan, Coverage } from '@kindscope/protocol';
import type { TimeSpan } from './time-axis/time-span.ts';

/**
 * A time of which not all is known here, and why: `before` watching began, `beyond` what a page
 * holds, only `part` of it was watched, or as the log says.
 */
export interface Blind extends TimeSpan {
  readonly reason: BlindSpan['reason'] | 'before' | 'beyond' | 'part';
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

/**
 * The parts of `span` of which not all is known of what is shown together: any resources, in one
 * `namespace` or, undefined, in all. Where none of it was watched the reason is the log's, where
 * something was it is `part`.
 */
export function blindAmong(
  coverage: readonly Coverage[],
  namespace: string | undefined,
  span: TimeSpan,
): Blind[] {
  const resources = [...Map.groupBy(coverage, ({ resource }) => gvrKey(resource)).values()];
  const each = resources.map((items) => {
    const whole = items.filter((item) => isOf(item, namespace));
    const any = namespace === undefined ? items : whole;
    return { unwhole: blindSpans(whole, span), unknown: blindSpans(any, span) };
  });
  if (each.length === 0) return blindSpans([], span);
  const edges = each.flatMap(({ unwhole, unknown }) =>
    [...unwhole, ...unknown].flatMap(({ from, to }) => [from, to]),
  );
  const times = [...new Set(edges)].toSorted((a, b) => a - b);
  const found: Blind[] = [];
  for (const [index, from] of times.slice(0, -1).entries()) {
    const to = times[index + 1] ?? from;
    const holds = (one: Blind): boolean => one.from <= from && to <= one.to;
    if (!each.some(({ unwhole }) => unwhole.some(holds))) continue;
    const reasons = each.flatMap(({ unknown }) => unknown.find(holds)?.reason ?? []);
    const reason = reasons.length === each.length ? (reasons[0] ?? 'before') : 'part';
    const last = found.at(-1);
    if (last?.to === from && last.reason === reason) found[found.length - 1] = { ...last, to };
    else found.push({ from, to, reason });
  }
  return found;
}

/** It tells all of what it is of in that namespace. */
function isOf(item: Coverage, namespace: string | undefined): boolean {
  return item.namespace === undefined || item.namespace === namespace;
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
  part: 'not all watched',
};
