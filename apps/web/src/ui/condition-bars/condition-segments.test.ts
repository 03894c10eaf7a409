import { describe, expect, it } from 'vitest';
import { conditionLanes } from './condition-segments.ts';

const span = { from: 0, to: 100 };

describe('the lanes of conditions', () => {
  it('say how long each had which status, and whether that is good', () => {
    const flips = [
      { time: 60, type: 'Ready', from: 'False', to: 'True' },
      { time: 40, type: 'Ready', from: 'True', to: 'False' },
    ];
    const now = [
      { type: 'Ready', status: 'True' },
      { type: 'Stalled', status: 'True' },
    ];
    expect(conditionLanes(flips, now, [span])).toEqual([
      {
        type: 'Ready',
        segments: [
          { from: 0, to: 40, status: 'True', tone: 'good' },
          { from: 40, to: 60, status: 'False', tone: 'bad' },
          { from: 60, to: 100, status: 'True', tone: 'good' },
        ],
      },
      { type: 'Stalled', segments: [{ from: 0, to: 100, status: 'True', tone: 'bad' }] },
    ]);
  });

  it('have nothing where there was no such condition, and know of those that went', () => {
    const flips = [
      { time: 20, type: 'New', to: 'Unknown' },
      { time: 70, type: 'New', from: 'Unknown' },
    ];
    expect(conditionLanes(flips, [], [span])).toEqual([
      { type: 'New', segments: [{ from: 20, to: 70, status: 'Unknown', tone: 'plain' }] },
    ]);
  });

  it('leave out what was before the span', () => {
    const flips = [{ time: -10, type: 'Ready', from: 'False', to: 'True' }];
    expect(conditionLanes(flips, [], [span])[0]?.segments).toEqual([
      { from: 0, to: 100, status: 'True', tone: 'good' },
    ]);
  });

  it('end with the object, and begin anew with the next one of its name', () => {
    const flips = [
      { time: 20, type: 'Ready', from: 'False', to: 'True' },
      { time: 70, type: 'Ready', from: 'Unknown', to: 'False' },
    ];
    const lives = [
      { from: 0, to: 50 },
      { from: 60, to: 100 },
    ];
    const [lane] = conditionLanes(flips, [{ type: 'Ready', status: 'False' }], lives);
    expect(lane?.segments.map(({ from, to, status }) => [from, to, status])).toEqual([
      [0, 20, 'False'],
      [20, 50, 'True'],
      [60, 70, 'Unknown'],
      [70, 100, 'False'],
    ]);
  });

  it('of a life without a flip are only known of the last one', () => {
    const lives = [
      { from: 0, to: 50 },
      { from: 60, to: 100 },
    ];
    const [lane] = conditionLanes([], [{ type: 'Ready', status: 'True' }], lives);
    expect(lane?.segments.map(({ from, to }) => [from, to])).toEqual([[60, 100]]);
  });
});
