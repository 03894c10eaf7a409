import { gvrKey } from '@kindscope/kube';
import type { Coverage, ResourceRef } from '@kindscope/protocol';
import { blindAmong, type Blind } from '../../ui/blind-spans.ts';
import type { TimeSpan } from '../../ui/time-axis/time-span.ts';

/** A time of which not all is known, and of what. */
export interface BlindTime extends Blind {
  readonly resources: readonly ResourceRef[];
}

/**
 * The parts of a time of which not all is known, newest first: of the chosen kinds, or where none is
 * chosen of all that are covered; in one `namespace` or, undefined, in all. Times are one where they
 * are said alike, to the second.
 */
export function blindTimes(
  coverage: readonly Coverage[],
  chosen: readonly ResourceRef[],
  namespace: string | undefined,
  span: TimeSpan,
): BlindTime[] {
  const resources = chosen.length > 0 ? chosen : coverage.map(({ resource }) => resource);
  const times = new Map<string, BlindTime>();
  for (const [key, resource] of new Map(resources.map((ref) => [gvrKey(ref), ref]))) {
    const items = coverage.filter((item) => gvrKey(item.resource) === key);
    for (const blind of blindAmong(items, namespace, span)) {
      const same = [blind.reason, secondOf(blind.from), secondOf(blind.to)].join(' ');
      const { from, to, resources: known } = times.get(same) ?? { ...blind, resources: [] };
      times.set(same, {
        reason: blind.reason,
        from: Math.min(from, blind.from),
        to: Math.max(to, blind.to),
        resources: [...known, resource],
      });
    }
  }
  return [...times.values()].toSorted((a, b) => b.to - a.to || b.from - a.from);
}

function secondOf(time: number): number {
  return Math.floor(time / 1000);
}
