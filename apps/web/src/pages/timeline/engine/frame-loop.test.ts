import { expect, it } from 'vitest';
import { createFakeClock } from '../../../live/testing/fake-clock.ts';
import { createFrameLoop } from './frame-loop.ts';

function aLoop() {
  const clock = createFakeClock();
  let drawn = 0;
  const loop = createFrameLoop({ ...clock, draw: () => (drawn += 1) });
  return { clock, loop, drawn: () => drawn };
}

it('draws once in a frame, however often it is asked, and later when it is told so', () => {
  const { clock, loop, drawn } = aLoop();
  loop.invalidate();
  loop.invalidate();
  clock.frame();
  clock.frame();
  expect(drawn()).toBe(1);
  loop.later(100);
  clock.pass(100);
  clock.frame();
  expect(drawn()).toBe(2);
});

it('draws no more once it is closed, whatever is answered after that', () => {
  const { clock, loop, drawn } = aLoop();
  loop.later(100);
  loop.close();
  loop.invalidate();
  loop.later(50);
  clock.pass(200);
  clock.frame();
  expect(drawn()).toBe(0);
});
