import { array, assert, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionSpans, knownParts } from './condition-spans.ts';
import { cellLength, createCells, firstCell } from './lane-cells.ts';
import { createLanes, type Grouping } from './lanes.ts';
import { allBits, classBit, markClasses } from './mark-classes.ts';
import { createMarkStore } from './mark-store.ts';
import { nearestMark, nextMark } from './mark-walk.ts';
import { anObject, noon, putMark, second, storeOf, type TestMark } from './testing.ts';

const pod = (name: string) =>
  anObject(name, { kind: 'Pod', resource: { group: '', version: 'v1', resource: 'pods' } });

const names = (lanes: ReturnType<typeof createLanes>) =>
  lanes.order.map(({ lead, name }) => `${lead} ${name}`.trim());

describe('lanes', () => {
  const store = storeOf(
    { object: pod('b'), at: 1, manager: 'kubelet' },
    { object: anObject('web'), at: 2, manager: 'kubectl' },
    { object: anObject('web', { uid: 'second life' }), at: 3 },
    { object: anObject('api', { namespace: 'edge' }), at: 4, manager: 'kubectl' },
    { object: pod('quiet'), at: 5, classes: ['heartbeat'] },
  );

  it.each<readonly [Grouping, readonly string[]]>([
    ['object', ['Deployment api', 'Deployment web', 'Pod b']],
    ['kind', ['Deployment', 'Pod']],
    ['namespace', ['edge', 'shop']],
    ['manager', ['kubectl', 'kubelet', 'not known']],
  ])(
    'are by %s, all lives of a name one, without what has heartbeats alone',
    (grouping, expected) => {
      expect(names(createLanes(store, grouping))).toEqual(expected);
    },
  );

  it('stand still while others come up, which take their place when asked', () => {
    const own = storeOf({ object: pod('m'), at: 1 });
    const lanes = createLanes(own, 'object');
    const [lane] = lanes.order;
    lanes.add(putMark(own, { object: pod('a'), at: 2 }));
    expect(names(lanes)).toEqual(['Pod m', 'Pod a']);
    expect(lanes.late).toBe(1);
    expect(lane && lanes.placeOf(lane)).toBe(0);
    lanes.arrange(allBits);
    expect(names(lanes)).toEqual(['Pod a', 'Pod m']);
    expect(lanes.late).toBe(0);
    expect(lane && lanes.placeOf(lane)).toBe(1);
  });

  it('are those that have a mark of the shown classes', () => {
    const own = storeOf(
      { object: pod('a'), at: 1 },
      { object: pod('b'), at: 2, classes: ['spec'] },
    );
    const lanes = createLanes(own, 'object');
    lanes.arrange(classBit('spec'));
    expect(names(lanes)).toEqual(['Pod b']);
    lanes.add(putMark(own, { object: pod('c'), at: 3 }));
    expect(names(lanes)).toEqual(['Pod b']);
  });

  it('know what a relist found in them', () => {
    const own = storeOf({ object: pod('a'), at: 1, within: 500 }, { object: pod('a'), at: 2 });
    const [lane] = createLanes(own, 'object').order;
    expect([lane?.rows.length, lane?.relisted.length]).toEqual([2, 1]);
  });
});

describe('cells', () => {
  it('are a power of two long, and some pixels wide', () => {
    expect(cellLength(1)).toBe(8);
    expect(cellLength(4 / 3)).toBe(8);
    expect(cellLength(1.4)).toBe(16);
  });

  it('hold what falls together, shown as the first of its classes, heartbeats not counted', () => {
    const object = pod('a');
    const store = storeOf(
      { object, at: 0.1, classes: ['status'] },
      { object, at: 0.2, classes: ['spec', 'status'] },
      { object, at: 0.3, classes: ['heartbeat'] },
      { object, at: 5, classes: ['heartbeat'] },
    );
    const [lane] = createLanes(store, 'object').order;
    if (lane === undefined) throw new Error('no lane');
    const cells = createCells(store).cells(lane.rows, 1024, allBits);
    expect(cells.length).toBe(2);
    expect([cells.row[0], cells.count[0]]).toEqual([1, 2]);
    expect(markClasses[cells.shown[0] ?? -1]).toBe('spec');
    expect([cells.row[1], cells.count[1]]).toEqual([3, 0]);
    expect(firstCell(cells, store, noon + 3 * second)).toBe(1);
    const without = createCells(store).cells(lane.rows, 1024, classBit('status'));
    expect(markClasses[without.shown[0] ?? -1]).toBe('status');
    expect(without.length).toBe(1);
  });

  it('are the same whether counted at once or as marks come, in whatever order', () => {
    const times = array(nat(100), { minLength: 1, maxLength: 60 });
    assert(
      property(times, (given) => {
        const object = pod('a');
        const store = createMarkStore();
        const lanes = createLanes(store, 'object');
        const growing = createCells(store);
        for (const [index, at] of given.entries()) {
          lanes.add(
            putMark(store, { object, at, id: index, classes: [at % 2 ? 'spec' : 'status'] }),
          );
          const [lane] = lanes.order;
          if (lane === undefined) throw new Error('no lane');
          const grown = growing.cells(lane.rows, 8192, allBits);
          const fresh = createCells(store).cells(lane.rows, 8192, allBits);
          const read = ({ length, row, count, shown }: typeof grown) =>
            [row, count, shown].map((column) => Array.from(column).slice(0, length));
          expect(read(grown)).toEqual(read(fresh));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the conditions of an object', () => {
  const flip = (at: number, from: string | undefined, to: string, heldMs?: number) => ({
    object: pod('a'),
    at,
    classes: ['condition'] as const,
    conditions: [
      {
        type: 'Ready',
        to,
        ...(from !== undefined && { from }),
        ...(heldMs !== undefined && { heldMs }),
      },
    ],
  });
  const spansOf = (...marks: readonly TestMark[]) => {
    const store = storeOf(...marks);
    const rows = store.rowsOf(0);
    if (rows === undefined) throw new Error('no rows');
    return conditionSpans(store, rows).map(({ from, to, tone }) => [
      (from - noon) / second,
      (to - noon) / second,
      tone,
    ]);
  };

  it('last from flip to flip, and before the first as long as it says', () => {
    expect(spansOf(flip(10, 'True', 'False', 4000), flip(20, 'False', 'Unknown'))).toEqual([
      [6, 10, 'good'],
      [10, 20, 'bad'],
      [20, Number.POSITIVE_INFINITY, 'waiting'],
    ]);
    expect(spansOf(flip(10, 'True', 'False'))).toEqual([[10, Number.POSITIVE_INFINITY, 'bad']]);
  });

  it('are known where somebody watched, or where the object tells how long it has been so', () => {
    const span = { from: 10, to: 60, toldFrom: Number.POSITIVE_INFINITY, tone: 'good' as const };
    const blind = [
      { from: 0, to: 5 },
      { from: 20, to: 30 },
      { from: 50, to: 90 },
    ];
    expect(knownParts(span, blind)).toEqual([
      { from: 10, to: 20 },
      { from: 30, to: 50 },
    ]);
    expect(knownParts({ ...span, toldFrom: 25 }, blind)).toEqual([
      { from: 10, to: 20 },
      { from: 25, to: 60 },
    ]);
    expect(knownParts({ ...span, toldFrom: 10 }, blind)).toEqual([{ from: 10, to: 60 }]);
  });

  it('end with their object', () => {
    const gone = { object: pod('a'), at: 15, classes: ['deleted'] as const };
    expect(spansOf(flip(10, undefined, 'True'), gone)).toEqual([[10, 15, 'good']]);
  });
});

describe('walking from mark to mark', () => {
  const store = storeOf(
    { object: pod('a'), at: 1, id: 1 },
    { object: pod('a'), at: 4, id: 2, classes: ['heartbeat'] },
    { object: pod('a'), at: 6, id: 3 },
    { object: pod('b'), at: 5, id: 4 },
    { object: pod('c'), at: 9, id: 5 },
  );
  const walk = { store, lanes: createLanes(store, 'object'), shown: allBits, edge: Infinity };

  it('goes along a lane, past heartbeats, and ends at its ends', () => {
    expect(nextMark(walk, 0, 'later')).toBe(2);
    expect(nextMark(walk, 2, 'earlier')).toBe(0);
    expect(nextMark(walk, 2, 'later')).toBe(-1);
    expect(nextMark({ ...walk, edge: noon + 5 * second }, 0, 'later')).toBe(-1);
  });

  it('goes to the nearest in the next lane that has one', () => {
    expect(nextMark(walk, 2, 'down')).toBe(3);
    expect(nextMark({ ...walk, edge: noon + 4 * second }, 0, 'down')).toBe(-1);
    expect(nextMark(walk, 3, 'up')).toBe(2);
    expect(nextMark(walk, 0, 'up')).toBe(-1);
    expect(nearestMark(walk, undefined, noon)).toBe(-1);
  });
});
