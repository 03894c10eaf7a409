import { describe, expect, it } from 'vitest';
import { aNode, clock, stuckEvents } from '../testing/a-rollout.ts';
import type { LaneHit } from './lane-hit.ts';
import { laneEvents, laneMarks } from './lane-marks.ts';
import type { Lane } from './lane-reader.ts';
import { edge, laneScale } from './lane-scale.ts';
import { itemBox, laneItems, nextItem, sameItem } from './lane-walk.ts';

const at = clock('14:00:00');
const second = 1000;
const scale = laneScale({ from: at, to: at + 100 * second }, 100 + edge);
const [event] = stuckEvents;
const lane: Lane = {
  created: at + 10 * second,
  bars: [
    { from: at + 40 * second, to: at + 41 * second, status: 'working', word: 'Pending' },
    { from: at + 41 * second, status: 'healthy', word: 'Ready' },
  ],
  marks: laneMarks(aNode('Pod', 'web-1', { created: at + 10 * second }), [], second),
  events: laneEvents(event === undefined ? [] : [{ ...event, last: at + 80 * second }], second),
  blind: [{ from: at, to: at + 40 * second, reason: 'before' }],
};
const items = laneItems(lane, scale);
const walked = (move: 'earlier' | 'later'): string[] => {
  const way: string[] = [];
  let item: LaneHit | undefined = nextItem(items, undefined, move);
  for (; item !== undefined; item = nextItem(items, item, move)) {
    way.push(item.kind === 'bar' ? item.bar.word : item.kind);
  }
  return way;
};

describe('the way through a lane', () => {
  it('comes to all that is on it, in the order of time, there and back', () => {
    expect(walked('later')).toEqual(['blind', 'mark', 'Pending', 'Ready', 'event']);
    expect(walked('earlier')).toEqual(walked('later').toReversed());
  });

  it('leaves out what is not seen', () => {
    const later = laneScale({ from: at + 60 * second, to: at + 70 * second }, 100 + edge);
    expect(laneItems(lane, later)).toMatchObject([{ kind: 'bar', bar: { word: 'Ready' } }]);
  });

  it('knows an item again that has changed since', () => {
    const [, , , ready] = items;
    const ended = {
      ...lane,
      bars: lane.bars.map((bar) => ({ ...bar, to: bar.to ?? at + 90 * second })),
    };
    expect(ready && sameItem(laneItems(ended, scale), ready)).toMatchObject({
      bar: { word: 'Ready', to: at + 90 * second },
    });
    expect(ready && sameItem([], ready)).toBeUndefined();
  });

  it('says where each is drawn, clipped at what is seen', () => {
    const boxes = items.map((item) => itemBox(item, lane, scale));
    expect(boxes.map((box) => [box?.left, box?.width])).toEqual([
      [8, 34],
      [1, 18],
      [38, 7],
      [39, 75],
      [75, 10],
    ]);
  });
});
