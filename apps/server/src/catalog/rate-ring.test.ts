import { createFakeClock } from '@kindscope/informer/testing';
import { expect, it } from 'vitest';
import { createRateRing } from './rate-ring.ts';

const minute = 60_000;

it('counts by the minute, the one that runs last', async () => {
  const clock = createFakeClock(Date.UTC(2026, 0, 1));
  const ring = createRateRing({ clock });
  ring.add();
  ring.add();
  await clock.advance(minute);
  ring.add();
  expect(ring.read().slice(-3)).toEqual([0, 2, 1]);
  await clock.advance(2 * minute);
  expect(ring.read().slice(-4)).toEqual([2, 1, 0, 0]);
});

it('forgets after an hour, also where nobody asked meanwhile', async () => {
  const clock = createFakeClock(Date.UTC(2026, 0, 1));
  const ring = createRateRing({ clock });
  ring.add();
  await clock.advance(59 * minute);
  expect(ring.read()[0]).toBe(1);
  await clock.advance(minute);
  expect(ring.read()).toEqual(Array.from({ length: 60 }, () => 0));
  await clock.advance(10_000 * minute);
  ring.add();
  expect(ring.read().at(-1)).toBe(1);
  expect(ring.read()).toHaveLength(60);
});
