import type { Fault } from '@kindscope/protocol';
import type { Table } from '../../live/index.ts';

/** What stands in the place of the table, or above its rows. */
export type TableState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'rows' }
  /** The server will not answer, or never could. */
  | { readonly kind: 'fault'; readonly title: string; readonly fault: Fault }
  | { readonly kind: 'gone' }
  /** There is nothing in scope. */
  | { readonly kind: 'none' }
  /** There are objects in scope, and no one matches. */
  | { readonly kind: 'no-match' };

type Facts = Pick<Table, 'fault' | 'freshness' | 'ready' | 'matched' | 'total'>;

/** The one state that the table is in; faults come before what is known, what is known before emptiness. */
export function tableState(table: Facts): TableState {
  const { fault, freshness, ready, matched, total } = table;
  if (fault !== undefined) return { kind: 'fault', title: titles[fault.code] ?? general, fault };
  if (freshness.kind === 'forbidden') {
    return { kind: 'fault', title: forbidden, fault: freshness.fault };
  }
  if (freshness.kind === 'gone') return { kind: 'gone' };
  if (!ready) {
    return freshness.kind === 'stale'
      ? { kind: 'fault', title: 'Not known yet', fault: freshness.fault }
      : { kind: 'loading' };
  }
  if (matched > 0) return { kind: 'rows' };
  if (freshness.kind === 'syncing') return { kind: 'loading' };
  return { kind: total > 0 ? 'no-match' : 'none' };
}

const forbidden = 'These objects may not be listed';
const general = 'These objects cannot be shown';
const titles: Readonly<Record<string, string>> = {
  forbidden,
  'unknown-resource': 'There is no such resource',
  'not-found': 'There is no such resource',
  'bad-selector': 'The selector cannot be read',
};
