import { expect, it } from 'vitest';
import { createViewCounts } from './counts.ts';
import { allBits, classBit } from './mark-classes.ts';
import { anObject, noon, putMark, second, storeOf } from './testing.ts';

const span = { from: noon, to: noon + 10 * second };
const done = Number.POSITIVE_INFINITY;

it('counts the shown classes, heartbeats apart', () => {
  const store = storeOf(
    { object: anObject('a'), at: 1 },
    { object: anObject('a'), at: 2, classes: ['spec', 'heartbeat'] },
    { object: anObject('b'), at: 3, classes: ['heartbeat'] },
    { object: anObject('c'), at: 50 },
  );
  const counts = createViewCounts();
  expect(counts.step(0, { store, span, shown: allBits })).toBe(done);
  expect(counts.latest).toEqual({ changes: 2, objects: 1, heartbeats: 1 });
  // Other classes do not wait; the same ones do.
  expect(counts.step(1, { store, span, shown: classBit('spec') })).toBe(done);
  const { latest } = counts;
  expect(latest).toEqual({ changes: 1, objects: 1, heartbeats: 1 });
  expect(counts.step(2, { store, span, shown: classBit('spec') })).toBe(250);
  expect(counts.step(300, { store, span, shown: classBit('spec') })).toBe(done);
  expect(counts.latest).toBe(latest);
});

it('counts many over several frames, and once more when some came meanwhile', () => {
  const store = storeOf();
  const object = anObject('a');
  for (let n = 0; n < 250_000; n += 1) putMark(store, { object, at: 1, id: n + 1 });
  const counts = createViewCounts();
  const of = { store, span, shown: allBits };
  expect(counts.step(0, of)).toBe(0);
  expect(counts.latest.changes).toBe(0);
  expect(counts.step(16, of)).toBe(0);
  putMark(store, { object: anObject('b'), at: 2, id: 250_001 });
  expect(counts.step(32, of)).toBe(250);
  expect(counts.step(100, of)).toBe(250);
  for (const now of [282, 298]) expect(counts.step(now, of)).toBe(0);
  expect(counts.step(314, of)).toBe(done);
  expect(counts.latest).toEqual({ changes: 250_001, objects: 2, heartbeats: 0 });
});

it('begins anew when other changes are asked for while it counts', () => {
  const [many, few] = [storeOf(), storeOf({ object: anObject('a'), at: 1 })];
  const object = anObject('a');
  for (let n = 0; n < 100_001; n += 1) putMark(many, { object, at: 1, id: n + 1 });
  const counts = createViewCounts();
  expect(counts.step(0, { store: many, span, shown: allBits })).toBe(0);
  expect(counts.step(16, { store: few, span, shown: allBits })).toBe(done);
  expect(counts.latest.changes).toBe(1);
});
