import { expect, it } from 'vitest';
import { aChange } from '../ui/changes/testing.ts';
import { recentChanges } from './recent-changes.ts';

const entryOf = (id: number) =>
  ({ type: 'change', key: `${id}`, change: { ...aChange(), id } }) as const;
const gapOf = (reason: 'slow' | 'restarted') =>
  ({ type: 'gap', key: reason, gap: { from: 'a', to: 'b', reason, filled: false } }) as const;

it('what came before the server was started anew is none of its log', () => {
  const entries = [entryOf(2), gapOf('slow'), entryOf(1), gapOf('restarted'), entryOf(500)];
  expect(recentChanges(entries).map(({ id }) => id)).toEqual([2, 1]);
  expect(recentChanges(entries.slice(0, 3)).map(({ id }) => id)).toEqual([2, 1]);
});
