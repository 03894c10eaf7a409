// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createTakenPause } from './taken-pause.ts';
import { initialView } from './view-state.ts';

const now = 1_000_000;

describe('a pause that began elsewhere', () => {
  it('shows what was seen then, and holds nothing back', () => {
    const pause = createTakenPause();
    const following = initialView(1000, undefined, now);
    const view = pause.begin(following, now - 5000, now);
    expect(view).toMatchObject({
      pausedAt: now - 5000,
      following: true,
      span: { from: now - 6000, to: now - 5000 },
    });
    expect(pause.holds(view)).toBe(false);
    pause.end();
    expect(pause.holds(view)).toBe(true);
    expect(pause.holds(following)).toBe(false);
  });

  it('leaves a view of before where it is, and cuts one of after', () => {
    const pause = createTakenPause();
    const before = initialView(1000, now - 9000, now);
    expect(pause.begin(before, now - 5000, now).span).toEqual(before.span);
    const after = initialView(1000, now - 1000, now);
    expect(pause.begin(after, now - 5000, now).span).toEqual({ from: now - 6000, to: now - 5000 });
  });

  it('does not begin before now has come', () => {
    const view = createTakenPause().begin(initialView(1000, undefined, now), now + 5000, now);
    expect(view).toMatchObject({ pausedAt: now, span: { to: now } });
  });
});
