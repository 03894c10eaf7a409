import { describe, expect, it } from 'vitest';
import { rolloutRows, type RolloutRow } from '../rows/rollout-rows.ts';
import { byUid, clock, stuckNodes } from '../testing/a-rollout.ts';
import { createLaneReader, type LaneSources } from './lane-reader.ts';

const rows = rolloutRows(byUid(stuckNodes), 'checkout', new Map());
const [root, replicaSet] = rows as [RolloutRow, RolloutRow];
const sources: LaneSources = { marks: new Map(), events: new Map(), coverage: undefined };

describe('the lanes that are kept', () => {
  it('stay the same while nothing of them differs', () => {
    const reader = createLaneReader();
    const lane = reader.laneOf(root, sources, 1000);
    expect(reader.laneOf({ ...root }, sources, 1000)).toBe(lane);
    expect(reader.laneOf(root, sources, 500)).not.toBe(lane);
  });

  it('go with their rows', () => {
    const reader = createLaneReader();
    const [kept, dropped] = [root, replicaSet].map((row) => reader.laneOf(row, sources, 1000));
    reader.keepOnly([root]);
    expect(reader.laneOf(root, sources, 1000)).toBe(kept);
    expect(reader.laneOf(replicaSet, sources, 1000)).not.toBe(dropped);
  });

  it('are not called unwatched from their first bar on: what is known of watching is asked for less often', () => {
    const reader = createLaneReader();
    const untold = { ...sources, coverage: new Map() };
    const { bars, blind } = reader.laneOf(replicaSet, untold, 1000);
    expect(bars[0]?.from).toBe(clock('14:10:52'));
    expect(blind).toEqual([]);
    const later = bars.map((bar) => ({ ...bar, from: bar.from + 1000 }));
    const row = replicaSet.kind === 'node' ? replicaSet : undefined;
    const seen = row && { ...row, node: { ...row.node, bars: later } };
    expect(seen && reader.laneOf(seen, untold, 1000).blind).toEqual([
      { from: clock('14:10:52'), to: clock('14:10:53'), reason: 'before' },
    ]);
  });
});
