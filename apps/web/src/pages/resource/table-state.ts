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

/** The one state that the table is in. */
export function tableState(table: Facts): TableState {
  const { fault, freshness, ready, matched, total } = table;
  if (freshness.kind === 'forbidden') {
    return { kind: 'fault', title: forbidden, fault: freshness.fault };
  }
  if (freshness.kind === 'gone') return { kind: 'gone' };
  // What is known stays in sight, whatever happened since.
  if (!ready) {
    return fault === undefined
      ? { kind: 'loading' }
      : { kind: 'fault', title: titles[fault.code] ?? general, fault };
  }
  if (matched > 0) return { kind: 'rows' };
  if (freshness.kind === 'syncing') return { kind: 'loading' };
  // Nothing is known rather than nothing there.
  if (freshness.kind === 'stale') {
    return { kind: 'fault', title: 'Nothing is known of them now', fault: freshness.fault };
  }
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
