import type { HealthBar } from '@kindscope/protocol';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layOut } from '../testing/render-at.tsx';
import { LaneHoverCard } from './lane-hover-card.tsx';
import type { LaneHit } from './lane/lane-hit.ts';
import { createHoverStore } from './lane/lane-hover.ts';
import { timeText } from './lane/lane-text.ts';
import { now, renderPane } from './panes/testing/render-pane.tsx';
import { rolloutRows } from './rows/rollout-rows.ts';
import { byUid, stuckNodes } from './testing/a-rollout.ts';

beforeEach(layOut);
afterEach(cleanup);

const [row] = rolloutRows(byUid(stuckNodes), 'checkout', new Map());
const minute = 60_000;

async function said(hit: LaneHit, pausedAt?: number): Promise<string> {
  if (row === undefined) throw new Error('there is no row');
  const store = createHoverStore();
  const frame = { current: document.body };
  store.set({ x: 0, y: 0, row, hit });
  await renderPane(<LaneHoverCard store={store} frame={frame} pausedAt={pausedAt} />);
  return screen.getByRole('tooltip').textContent;
}

describe('the card beside what is pointed at', () => {
  it('says of a time that nobody watched, and nobody watches yet, that it goes on until now', async () => {
    const blind = { from: now - minute, to: Number.POSITIVE_INFINITY, reason: 'before' as const };
    expect(await said({ kind: 'blind', blind })).toContain(
      `Not watched ${timeText(now - minute)} – ${timeText(now)}`,
    );
  });

  it('counts no further than to the pause', async () => {
    const bar: HealthBar = { from: now - 3 * minute, status: 'failing', word: 'Error' };
    expect(await said({ kind: 'bar', bar }, now - minute)).toMatch(/for 2 min$/);
  });
});
