import type { Sort } from '@kindscope/protocol';

/**
 * Search parameters are plain text, one per name, so that a link reads as it was typed
 * (`?labels=app%3Dweb&sort=-changed`) and a namespace called `123` stays a string.
 */
export function parseSearch(text: string): Record<string, unknown> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') params.set(key, value);
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

export interface CatalogueSearch {
  readonly q?: string | undefined;
  /** Absent: the custom ones. */
  readonly show?: 'built-in' | undefined;
  /** Only kinds that somebody should look at. */
  readonly only?: 'attention' | undefined;
}

export function catalogueSearch(search: Record<string, unknown>): CatalogueSearch {
  return {
    ...text('q', search),
    ...(search['show'] === 'built-in' ? { show: 'built-in' as const } : {}),
    ...(search['only'] === 'attention' ? { only: 'attention' as const } : {}),
  };
}

export interface ResourceSearch {
  readonly namespace?: string | undefined;
  /** A label selector. */
  readonly labels?: string | undefined;
  /** A field selector. */
  readonly fields?: string | undefined;
  /** A column's name, `-` before it for descending: see {@link parseSort}. */
  readonly sort?: string | undefined;
  /** A time chosen for the feed, RFC 3339: see {@link parseSpan}. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly tab?: string | undefined;
}

export function resourceSearch(search: Record<string, unknown>): ResourceSearch {
  return {
    ...text('namespace', search),
    ...text('labels', search),
    ...text('fields', search),
    ...text('sort', search),
    ...text('from', search),
    ...text('to', search),
    ...text('tab', search),
  };
}

export interface ObjectSearch {
  readonly tab?: string | undefined;
  /** Two states that are compared, by resourceVersion; without `from` the one before `to`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export function objectSearch(search: Record<string, unknown>): ObjectSearch {
  return { ...text('tab', search), ...text('from', search), ...text('to', search) };
}

export interface TimelineSearch {
  /** `GROUP/VERSION/RESOURCE`, with commas between; absent: all that is known. */
  readonly kinds?: string | undefined;
  readonly namespace?: string | undefined;
  /** A label selector. */
  readonly labels?: string | undefined;
  /** Those that are shown, with commas between; absent: all. */
  readonly classes?: string | undefined;
  /** What a lane is of; absent: an object. */
  readonly lanes?: string | undefined;
  /** How much time is shown: see {@link parseDuration}. */
  readonly span?: string | undefined;
  /** Where it ends, RFC 3339; absent: now, and on with it. */
  readonly to?: string | undefined;
  /** Since when the picture stands still, RFC 3339; absent: it does not. Without `to` it ends there. */
  readonly paused?: string | undefined;
  /** `table`: the same changes as a table. */
  readonly view?: string | undefined;
  /** The change that is shown beside: `INSTANCE.ID`. */
  readonly change?: string | undefined;
}

export function timelineSearch(search: Record<string, unknown>): TimelineSearch {
  return {
    ...text('kinds', search),
    ...text('namespace', search),
    ...text('labels', search),
    ...text('classes', search),
    ...text('lanes', search),
    ...text('span', search),
    ...text('to', search),
    ...text('paused', search),
    ...text('view', search),
    ...text('change', search),
  };
}

export interface RolloutSearch {
  /** How much time is shown: see {@link parseDuration}. */
  readonly span?: string | undefined;
  /** Where it ends, RFC 3339; absent: now, and on with it. */
  readonly to?: string | undefined;
  /** The uid of the object that is chosen. */
  readonly node?: string | undefined;
  /** The change that is shown beside: `INSTANCE.ID`. */
  readonly change?: string | undefined;
  /** Which of the panes is shown. */
  readonly tab?: string | undefined;
}

export function rolloutSearch(search: Record<string, unknown>): RolloutSearch {
  return {
    ...text('span', search),
    ...text('to', search),
    ...text('node', search),
    ...text('change', search),
    ...text('tab', search),
  };
}

export interface RolloutsSearch {
  readonly q?: string | undefined;
}

export function rolloutsSearch(search: Record<string, unknown>): RolloutsSearch {
  return text('q', search);
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** `15m`, `1h`, `90s`, `2d`, `1500ms` → milliseconds; undefined for what is none. */
export function parseDuration(duration: string | undefined): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,10})(ms|[smhd])$/u.exec(duration ?? '') ?? [];
  const ms = Number(count) * (units.find(([name]) => name === unit)?.[1] ?? 0);
  return ms > 0 ? ms : undefined;
}

/** The shortest way to write it. */
export function formatDuration(ms: number): string {
  const whole = Math.max(1, Math.round(ms));
  const [name, length] = units.find(([, one]) => whole % one === 0) ?? ['ms', 1];
  return `${whole / length}${name}`;
}

/** The time between the two, milliseconds; undefined where they are none. */
export function parseSpan(search: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): { readonly from: number; readonly to: number } | undefined {
  const from = Date.parse(search.from ?? '');
  const to = Date.parse(search.to ?? '');
  return from < to ? { from, to } : undefined;
}

/** The search parameters of a time; empty ones, which go, of none. */
export function formatSpan(span: { readonly from: number; readonly to: number } | undefined): {
  readonly from: string;
  readonly to: string;
} {
  if (span === undefined) return { from: '', to: '' };
  return { from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() };
}

/** `-changed` → changed, descending. Undefined for nothing. */
export function parseSort(sort: string | undefined): Sort | undefined {
  if (sort === undefined || sort === '' || sort === '-') return undefined;
  return sort.startsWith('-') ? { column: sort.slice(1), descending: true } : { column: sort };
}

export function formatSort(sort: Sort | undefined): string | undefined {
  if (sort === undefined) return undefined;
  return sort.descending === true ? `-${sort.column}` : sort.column;
}

function text<K extends string>(
  key: K,
  search: Record<string, unknown>,
): { readonly [P in K]?: string } {
  const value = search[key];
  return (typeof value === 'string' && value !== '' ? { [key]: value } : {}) as {
    readonly [P in K]?: string;
  };
}
