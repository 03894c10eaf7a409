import type { Window } from '@kindscope/protocol';
import { toColumns } from '../catalog/columns.ts';
import { createFreshnessWatch } from './freshness-watch.ts';
import { limits } from './limits.ts';
import type { QueryLease } from './query-desk.ts';
import type { Entry, TableQuery } from './table-query.ts';
import { chunks, membersOf, type Body, type View, type ViewSignals } from './view.ts';

/** What a window shows of its query at one moment. */
interface Shown {
  readonly total: number;
  readonly matched: number;
  readonly partial: boolean;
  readonly offset: number;
  readonly entries: readonly Entry[];
}

/** Where the window stands now: at its anchor if that is there, else at its offset, never past the last page. */
function startOf(query: TableQuery, { anchor, offset, length }: Window): number {
  const anchored = anchor === undefined ? -1 : query.indexOf(anchor);
  return anchored >= 0 ? anchored : Math.min(offset, Math.max(0, query.matched - length));
}

function show(query: TableQuery, window: Window): Shown {
  const offset = startOf(query, window);
  return {
    total: query.total,
    matched: query.matched,
    partial: query.freshness.kind === 'syncing' && !query.order.isDefault,
    offset,
    entries: query.slice(offset, window.length),
  };
}

function sameKeys(a: readonly Entry[], b: readonly Entry[]): boolean {
  return a.length === b.length && a.every((entry, index) => entry.key === b[index]?.key);
}

function sameNumbers(a: Shown, b: Shown): boolean {
  return (
    a.total === b.total &&
    a.matched === b.matched &&
    a.partial === b.partial &&
    a.offset === b.offset
  );
}

function tableBody(
  query: TableQuery,
  shown: Shown,
  entries: readonly Entry[],
  withKeys: boolean,
): Body {
  const { total, matched, offset, partial } = shown;
  const keys = withKeys ? { keys: shown.entries.map(({ key }) => key) } : {};
  const rows = entries.map(({ handle, changed }) => query.rows.text(handle, changed)).join(',');
  return {
    type: 'table',
    members: `${membersOf({ total, matched, offset, partial, ...keys })},"rows":[${rows}]`,
  };
}

/** A window of a query. What it published last is held as the entries themselves: a changed row is another entry. */
export function createTableView(lease: QueryLease, window: Window, signals: ViewSignals): View {
  const { query } = lease;
  const freshness = createFreshnessWatch(() => query.freshness);
  let shown = show(query, window);

  const off = query.listen({ changed: signals.dirty, restarted: signals.restart });

  function changes(next: Shown): Body[] {
    const moved = !sameKeys(shown.entries, next.entries);
    const known = new Set(shown.entries);
    const rows = next.entries.filter((entry) => !known.has(entry));
    const same = !moved && rows.length === 0 && sameNumbers(shown, next);
    return same ? [] : [tableBody(query, next, rows, moved)];
  }

  return {
    uniform: true,
    get freshness() {
      return freshness.shown;
    },
    beginning: () => ({ columns: toColumns(query.rows.columns) }),
    flush() {
      const next = show(query, window);
      const bodies = changes(next);
      shown = next;
      return [...bodies, ...freshness.flush()];
    },
    *snapshot() {
      const [first = [], ...rest] = chunks(shown.entries, limits.chunk);
      yield tableBody(query, shown, first, true);
      for (const entries of rest) yield tableBody(query, shown, entries, false);
    },
    close() {
      off();
      lease.release();
    },
  };
}
