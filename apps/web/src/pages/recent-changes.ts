import type { Change } from '@kindscope/protocol';
import type { Changes } from '../live/index.ts';

/**
 * The changes of a feed that the server's log can have, newest first: those from before it was
 * started anew are another log's, whose numbers say nothing here.
 */
export function recentChanges(entries: Changes['entries']): Change[] {
  const end = entries.findIndex(
    (entry) => entry.type === 'gap' && entry.gap.reason === 'restarted',
  );
  const recent = end < 0 ? entries : entries.slice(0, end);
  return recent.flatMap((entry) => (entry.type === 'change' ? [entry.change] : []));
}
