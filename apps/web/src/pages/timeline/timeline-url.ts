import type { ChangeClass } from '@kindscope/protocol';
import { formatDuration, type TimelineSearch } from '../../search.ts';
import type { Grouping } from './engine/lanes.ts';
import { groupings } from './engine/lanes.ts';
import { allBits, classBits, classesOf, heartbeatBit, markClasses } from './engine/mark-classes.ts';
import type { ViewState } from './engine/view-state.ts';

/** What the legend shows and hides together: a life of a name begins and ends in two ways each. */
export const legendGroups: readonly { readonly of: ChangeClass; readonly bits: number }[] = [
  { of: 'spec', bits: classBits(['spec']) },
  { of: 'condition', bits: classBits(['condition']) },
  { of: 'status', bits: classBits(['status']) },
  { of: 'metadata', bits: classBits(['metadata']) },
  { of: 'created', bits: classBits(['created', 'recreated']) },
  { of: 'deleted', bits: classBits(['deleted', 'deleting']) },
];

/** The bits of the classes that are shown. Heartbeats come with all, and with no choice of some. */
export function shownBits(search: TimelineSearch): number {
  const named = search.classes?.split(',') ?? [];
  const known = markClasses.filter((name) => named.includes(name));
  const bits = classBits(known) & ~heartbeatBit;
  return bits === 0 ? allBits : bits;
}

/** The search parameter for a choice; empty where it is all, or none, which would show nothing. */
export function formatShown(bits: number): string {
  const chosen = bits & ~heartbeatBit;
  const isAll = chosen === (allBits & ~heartbeatBit);
  return isAll || chosen === 0 ? '' : classesOf(chosen).join(',');
}

export function groupingOf(search: TimelineSearch): Grouping {
  return groupings.find((one) => one === search.lanes) ?? 'object';
}

/** The search parameters of what is seen. */
export function viewSearch({ span, following, pausedAt }: ViewState) {
  const instant = (time: number): string => new Date(time).toISOString();
  return {
    span: formatDuration(span.to - span.from),
    to: following ? '' : instant(span.to),
    paused: pausedAt === undefined ? '' : instant(pausedAt),
  };
}

/** The search parameters with some of them changed; what is empty goes. */
export function withTimelineSearch(
  search: TimelineSearch,
  patch: { readonly [K in keyof TimelineSearch]?: string | undefined },
): TimelineSearch {
  return Object.fromEntries(
    Object.entries({ ...search, ...patch }).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
}
