import type { HealthBar, RolloutMark } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { aNode, clock, stuckEvents } from '../testing/a-rollout.ts';
import { groupLane } from './group-lane.ts';
import { laneBars, laneBlind } from './lane-bars.ts';
import { laneHit } from './lane-hit.ts';
import { laneEvents, laneMarks } from './lane-marks.ts';
import { chunkOffset, edge, laneScale } from './lane-scale.ts';
import { barTimes, eventText, laneText, markText } from './lane-text.ts';
import { createLaneView, usualLength, wholeSpan } from './lane-view.ts';

const at = clock('14:00:00');
const second = 1000;
const minute = 60_000;
const node = aNode('Pod', 'web-1', { created: at });
let ids = 0;
const mark = (time: number, ...classes: RolloutMark['classes']): RolloutMark => ({
  id: (ids += 1),
  uid: 'web-1',
  at: time,
  classes,
});

describe('the marks of a lane', () => {
  const classesOf = (marks: readonly RolloutMark[], msPerPixel = 1): string[] =>
    laneMarks(node, marks, msPerPixel).map((one) => one.class);

  it('begin with the creation, also where only the object tells of it', () => {
    expect(laneMarks(node, [], second)).toMatchObject([{ class: 'created', at, id: undefined }]);
    expect(classesOf([mark(at, 'created')])).toEqual(['created']);
  });

  it('end with the deletion', () => {
    const gone = { ...node, deleted: at + minute };
    expect(laneMarks(gone, [], 1).at(-1)).toMatchObject({ class: 'deleted', at: at + minute });
    expect(laneMarks(gone, [mark(at + minute, 'deleted')], 1)).toHaveLength(2);
  });

  it('are without heartbeats, and of several classes the most telling', () => {
    expect(
      classesOf([mark(at + minute, 'heartbeat'), mark(at + 2 * minute, 'status', 'condition')]),
    ).toEqual(['created', 'condition']);
  });

  it('stand in the order of time, and become one where they have no room', () => {
    const three = [
      mark(at + 60 * second, 'status'),
      mark(at + 30 * second, 'status'),
      mark(at + 31 * second, 'spec'),
    ];
    expect(laneMarks(node, three, second)).toMatchObject([
      { class: 'created', count: 1 },
      { class: 'spec', count: 2, at: at + 30 * second, id: three[2]?.id },
      { class: 'status', count: 1 },
    ]);
    expect(laneMarks(node, three, 1)).toHaveLength(4);
  });

  it('show a warning before what is normal, where Events have no room', () => {
    expect(laneEvents(stuckEvents, minute)).toMatchObject([
      { count: 2, event: { type: 'Warning' } },
    ]);
    expect(laneEvents(stuckEvents, 1).map(({ event }) => event.reason)).toEqual([
      'Scheduled',
      'BackOff',
    ]);
  });
});

describe('the bars of a lane', () => {
  const span = { from: at, to: at + 100 * second };
  const bars: HealthBar[] = [
    { from: at - minute, to: at + 20 * second, status: 'working', word: 'Pending' },
    { from: at + 20 * second, status: 'healthy', word: 'Ready' },
  ];

  it('are clipped at what is seen, and go on while it is so', () => {
    const placed = laneBars({ bars }, span, 100, Number.POSITIVE_INFINITY);
    expect(placed.map(({ left, width }) => [left, width])).toEqual([
      [0, 20],
      [20, 80],
    ]);
  });

  it('end where the object does', () => {
    const [, last] = laneBars({ bars, deleted: at + 50 * second }, span, 100, Infinity);
    expect(last).toMatchObject({ left: 20, width: 30 });
  });

  it('are seen however short they are, and not where they are outside', () => {
    const short: HealthBar = { from: at, to: at + 1, status: 'failing', word: 'Error' };
    const early: HealthBar = { from: at - minute, to: at - 1, status: 'failing', word: 'Error' };
    expect(laneBars({ bars: [early, short] }, span, 100, Infinity)).toMatchObject([
      { left: 0, width: 3 },
    ]);
  });

  it('are hatched where nobody watched, within the life of the object', () => {
    const blind = [{ from: 0, to: at + 60 * second, reason: 'before' as const }];
    const life = { created: at + 10 * second, deleted: at + 30 * second };
    expect(laneBlind(life, blind, span, 100)).toMatchObject([{ left: 10, width: 20 }]);
    expect(laneBlind({ created: at + 70 * second }, blind, span, 100)).toEqual([]);
  });
});

describe('the lane of many', () => {
  it('is as bad as the worst of them, with how many were so', () => {
    const two = [
      aNode('Pod', 'a', {
        created: at,
        bars: [
          { from: at, to: at + 20, status: 'working', word: 'Pending' },
          { from: at + 20, status: 'healthy', word: 'Ready' },
        ],
      }),
      aNode('Pod', 'b', {
        created: at + 10,
        bars: [
          { from: at + 10, to: at + 40, status: 'working', word: 'Pending' },
          { from: at + 40, status: 'healthy', word: 'Ready' },
        ],
      }),
    ];
    expect(groupLane(two)).toEqual({
      created: at,
      bars: [
        { from: at, to: at + 40, status: 'working', word: '2 not ready' },
        { from: at + 40, status: 'healthy', word: '2 ready' },
      ],
    });
  });

  it('ends with the last of them, and not before', () => {
    const a = aNode('Pod', 'a', { created: at, deleted: at + 10 });
    const b = aNode('Pod', 'b', { created: at, deleted: at + 20 });
    expect(groupLane([a, b])).toMatchObject({ deleted: at + 20, bars: [{ to: at + 20 }] });
    expect(groupLane([a, aNode('Pod', 'c', { created: at })]).deleted).toBeUndefined();
  });
});

describe('what is under the pointer', () => {
  const scale = laneScale({ from: at, to: at + 100 * second }, 100 + edge);
  const content = {
    marks: laneMarks(node, [mark(at + 50 * second, 'spec')], second),
    events: laneEvents(
      stuckEvents.slice(0, 1).map((event) => ({ ...event, last: at + 80 * second })),
      second,
    ),
    bars: [{ from: at + 40 * second, status: 'healthy' as const, word: 'Ready' }],
    blind: [{ from: at, to: at + 40 * second, reason: 'before' as const }],
  };
  const kindAt = (x: number, y: number): string | undefined =>
    laneHit(content, scale, { x, y })?.kind;

  it('is a mark above, a bar, and an Event below it', () => {
    expect(kindAt(53, 8)).toBe('mark');
    expect(kindAt(53, 22)).toBe('bar');
    expect(kindAt(82, 34)).toBe('event');
    expect(kindAt(25, 22)).toBe('blind');
    expect(kindAt(70, 8)).toBeUndefined();
  });
});

describe('the scale of a lane', () => {
  it('lays marks out for a stretch that stays while time goes on', () => {
    const span = { from: at, to: at + 100 * second };
    const one = laneScale(span, 100 + edge);
    const next = laneScale({ from: span.from + second, to: span.to + second }, 100 + edge);
    expect(next.chunk).toEqual(one.chunk);
    expect(chunkOffset(one) - chunkOffset(next)).toBeCloseTo(1);
    expect(one.chunk.from).toBeLessThanOrEqual(span.from);
    expect(one.chunk.to).toBeGreaterThanOrEqual(one.outer.span.to);
  });
});

describe('a lane in words', () => {
  const time = (ms: number): string => new Date(ms).toLocaleTimeString('en-GB');
  it('says how the object was, and what happened', () => {
    const bars: HealthBar[] = [
      { from: at, to: at + minute, status: 'working', word: 'Pending' },
      { from: at + minute, status: 'healthy', word: 'Ready' },
    ];
    const times = `Pending ${time(at)} – ${time(at + minute)}, Ready since ${time(at + minute)}`;
    expect(laneText({ bars, blind: [] })).toBe(times);
    const blind = [
      { from: at - minute, to: at, reason: 'before' as const },
      { from: at + 2 * minute, to: Number.POSITIVE_INFINITY, reason: 'away' as const },
    ];
    expect(laneText({ bars, blind })).toBe(
      `not watched ${time(at - minute)} – ${time(at)}, ${times}, could not be watched since ${time(at + 2 * minute)}`,
    );
    const [one] = bars;
    expect(one && barTimes(one, at)).toBe(`${time(at)} – ${time(at + minute)}, for 1 min`);
  });

  it('says of a mark what, when, by whom and how many', () => {
    expect(markText({ at, class: 'created', id: undefined, count: 1, manager: undefined })).toBe(
      `Created ${time(at)}`,
    );
    expect(markText({ at, class: 'spec', id: 7, count: 3, manager: 'kubectl' })).toBe(
      `Spec ${time(at)}.000, by kubectl, and 2 more changes`,
    );
  });

  it('says of an Event what it is, how often and when last', () => {
    const [event] = laneEvents(stuckEvents.slice(0, 1), 1);
    expect(event && eventText(event)).toBe(
      `Warning BackOff ×5, ${time(clock('14:13:41'))}: Back-off restarting failed container web in pod checkout-85fd6-bbms2`,
    );
  });
});

describe('the time that lanes show', () => {
  it('is as long as the rollout, in round steps, with some before it', () => {
    expect(usualLength({}, at)).toBe(15 * minute);
    expect(usualLength({ started: at - 2 * minute }, at)).toBe(5 * minute);
    expect(usualLength({ started: at - 5 * minute }, at)).toBe(10 * minute);
    expect(usualLength({ started: at - 900 * minute }, at)).toBe(1440 * minute);
    const longAgo = { started: at - 200 * minute, ended: at - 190 * minute };
    expect(usualLength(longAgo, at)).toBe(15 * minute);
  });

  it('is the whole rollout, with a margin, never after now', () => {
    const started = at - 100 * second;
    expect(wholeSpan({ started, ended: at - 50 * second }, at)).toEqual({
      from: started - 5 * second,
      to: at - 45 * second,
    });
    expect(wholeSpan({ started }, at).to).toBe(at);
  });

  it('fits itself until somebody chooses', () => {
    let now = at;
    const view = createLaneView(() => now, undefined, undefined);
    view.setEarliest(at - 1000 * minute);
    view.fit(5 * minute);
    expect(view.snapshot().span).toEqual({ from: at - 5 * minute, to: at });
    now += second;
    view.input({ kind: 'tick' });
    expect(view.snapshot().span.to).toBe(at + second);
    expect(view.chosen()).toBe(false);
    view.input({ kind: 'pan', by: -minute });
    expect(view.chosen()).toBe(true);
    expect(view.snapshot().following).toBe(false);
    view.fit(30 * minute);
    expect(view.snapshot().span.to - view.snapshot().span.from).toBe(5 * minute);
  });

  it('stands as the link says from the start', () => {
    const view = createLaneView(() => at, 5 * minute, at - minute);
    expect(view.snapshot()).toMatchObject({
      following: false,
      span: { from: at - 6 * minute, to: at - minute },
    });
    expect(view.chosen()).toBe(true);
  });
});
