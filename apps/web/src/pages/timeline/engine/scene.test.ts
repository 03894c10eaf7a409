import { describe, expect, it } from 'vitest';
import type { Blind } from '../../../ui/blind-spans.ts';
import { geometryOf, laneAt, timeAt, topOfLane, xOf } from './geometry.ts';
import { hitTest } from './hit-test.ts';
import { nothingPointed, pointedAt } from './hover.ts';
import { createSceneMemory } from './scene.ts';
import { anObject, noon, sceneOf, second, storeOf } from './testing.ts';

const blind: Blind = { from: noon, to: noon + 20 * second, reason: 'unwatched' };

describe('the places in the canvas', () => {
  const geometry = geometryOf(1000, 500);
  const span = { from: noon, to: noon + 100 * second };

  it('are of times and of lanes', () => {
    expect(xOf(geometry, span, noon)).toBe(geometry.trackLeft);
    expect(xOf(geometry, span, span.to)).toBe(geometry.trackRight);
    expect(timeAt(geometry, span, xOf(geometry, span, noon + 5000))).toBeCloseTo(noon + 5000);
    expect(laneAt(geometry, 0, 10)).toBe(-1);
    expect(laneAt(geometry, 0, topOfLane(geometry, 0, 3))).toBe(3);
    expect(laneAt(geometry, 52, geometry.lanesTop)).toBe(2);
  });

  it('leave more room for time where there is little', () => {
    expect(geometryOf(390, 600).trackLeft).toBeLessThan(130);
    expect(geometryOf(0, 0).trackRight).toBeGreaterThan(0);
  });
});

describe('what is under the pointer', () => {
  const store = storeOf(
    { object: anObject('a'), at: 50, id: 1, classes: ['status'] },
    { object: anObject('a'), at: 50.1, id: 2, classes: ['spec'] },
    { object: anObject('b'), at: 10, id: 3 },
  );
  const scene = sceneOf(store, { blind: () => [blind] });
  const place = (at: number, lane: number) => ({
    x: xOf(scene.geometry, scene.view.span, noon + at * second),
    y: topOfLane(scene.geometry, 0, lane) + 13,
  });
  const hit = ({ x, y }: { x: number; y: number }) => hitTest(scene, x, y);

  it('is the mark that is drawn there, and how many it stands for', () => {
    expect(hit(place(50.5, 0))).toMatchObject({ place: 0, row: 1, count: 2 });
    expect(hit(place(52, 0)).row).toBe(-1);
    expect(hit(place(10, 1))).toMatchObject({ place: 1, row: 2, count: 1 });
  });

  it('is what is not known, where no mark is; a name; or nothing', () => {
    expect(hit(place(15, 1))).toMatchObject({ row: -1, blind });
    expect(hit(place(60, 1)).blind).toBeUndefined();
    expect(hit({ x: 20, y: place(0, 1).y })).toMatchObject({ onName: true, place: 1 });
    expect(hit(place(50, 2)).place).toBe(-1);
    expect(hit({ x: 500, y: 3 }).place).toBe(-1);
  });

  it('stays the same for as long as it means the same', () => {
    const first = pointedAt(scene, place(50, 0), undefined);
    expect(first.hover).toMatchObject({ kind: 'mark', change: { id: 2, name: 'a' }, count: 2 });
    expect(pointedAt(scene, place(50.4, 0), first.hover).hover).toBe(first.hover);
    const dark = pointedAt(scene, place(15, 1), first.hover);
    expect(dark.hover).toMatchObject({ kind: 'blind', blind });
    expect(pointedAt(scene, place(16, 0), dark.hover).hover).toBe(dark.hover);
    const name = pointedAt(scene, { x: 20, y: place(0, 1).y }, dark.hover);
    expect(name.hover).toMatchObject({ kind: 'name' });
    expect(pointedAt(scene, { x: 30, y: place(0, 1).y }, name.hover).hover).toBe(name.hover);
    expect(pointedAt(scene, undefined, name.hover)).toBe(nothingPointed);
  });
});

describe('what is worked out once', () => {
  it('holds for as long as what it is of stays', () => {
    const store = storeOf({ object: anObject('a'), at: 1 });
    const { lanes } = sceneOf(store);
    const [lane] = lanes.order;
    if (lane === undefined) throw new Error('no lane');
    const memory = createSceneMemory(store);
    expect(memory.conditions(lane)).toBe(memory.conditions(lane));
    const span = { from: noon, to: noon + second };
    const nothing = {
      coverage: [],
      namespace: undefined,
      span,
      heldFrom: Number.NEGATIVE_INFINITY,
    };
    const none = memory.blind(lane, nothing);
    expect(none).toEqual([{ ...span, reason: 'before' }]);
    expect(memory.blind(lane, { ...nothing, coverage: [] })).not.toBe(none);
    const coverage = [
      {
        resource: lane.object.resource,
        since: new Date(noon).toISOString(),
        watched: true,
        blind: [],
      },
    ];
    const known = { ...nothing, coverage };
    expect(memory.blind(lane, known)).toEqual([]);
    const half = noon + second / 2;
    const beyond = { from: noon, to: half, reason: 'beyond' };
    const seen = memory.blind(lane, { ...known, heldFrom: half });
    expect(seen).toEqual([beyond]);
    expect(memory.blind(lane, { ...known, heldFrom: half })).toBe(seen);
    expect(memory.blind(lane, { ...nothing, heldFrom: half })).toEqual([
      beyond,
      { from: half, to: span.to, reason: 'before' },
    ]);
  });
});
