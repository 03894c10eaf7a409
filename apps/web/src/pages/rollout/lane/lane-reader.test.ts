import { describe, expect, it } from 'vitest';
import { rolloutRows, type RolloutRow } from '../rows/rollout-rows.ts';
import { byUid, stuckNodes } from '../testing/a-rollout.ts';
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
});
