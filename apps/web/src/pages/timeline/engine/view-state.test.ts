import { describe, expect, it } from 'vitest';
import { noon, second } from './testing.ts';
import { initialView, spanLimits, stepView, usualLength, type ViewInput } from './view-state.ts';

const minute = 60 * second;
const bounds = { now: noon, earliest: noon - 60 * minute, lanesHeight: 1000, height: 400 };
const live = initialView(10 * minute, undefined, noon);
const after = (...inputs: ViewInput[]) =>
  inputs.reduce((view, input) => stepView(view, input, bounds), live);

describe('what is seen', () => {
  it('ends now, and goes on with it', () => {
    expect(live).toMatchObject({ span: { from: noon - 10 * minute, to: noon }, following: true });
    const later = stepView(live, { kind: 'tick' }, { ...bounds, now: noon + second });
    expect(later.span).toEqual({ from: noon - 10 * minute + second, to: noon + second });
  });

  it('does not go on once it is moved away, until it comes back to the edge', () => {
    const past = after({ kind: 'pan', by: -minute });
    expect(past.following).toBe(false);
    expect(stepView(past, { kind: 'tick' }, { ...bounds, now: noon + second }).span).toEqual(
      past.span,
    );
    expect(after({ kind: 'pan', by: -minute }, { kind: 'pan', by: 5 * minute })).toEqual(live);
    expect(after({ kind: 'pan', by: -minute }, { kind: 'follow' })).toEqual(live);
  });

  it('never shows what is to come, nor much of what nobody can know', () => {
    expect(after({ kind: 'pan', by: -1000 * minute }).span.from).toBe(noon - 65 * minute);
    const whole = after({ kind: 'zoom', factor: 1e9, around: noon });
    expect(whole.span).toEqual({ from: noon - spanLimits.longest, to: noon });
  });

  it('is zoomed around a time, no closer than a second', () => {
    const around = noon - 5 * minute;
    const close = after({ kind: 'zoom', factor: 0.1, around });
    expect(close.span).toEqual({ from: around - 30 * second, to: around + 30 * second });
    const closest = after({ kind: 'zoom', factor: 1e-9, around });
    expect(closest.span.to - closest.span.from).toBeCloseTo(spanLimits.shortest);
  });

  it('stays live when it is made longer or shorter, even a moment later', () => {
    const later = { ...bounds, now: noon + 40 };
    const longer = stepView(live, { kind: 'length', to: 20 * minute }, later);
    expect(longer.following).toBe(true);
    expect(longer.span).toEqual({ from: noon + 40 - 20 * minute, to: noon + 40 });
    expect(after({ kind: 'length', to: minute }).following).toBe(true);
  });

  it('is shown as it was chosen, but not shorter than can be seen', () => {
    const span = { from: noon - 9 * minute, to: noon - 8 * minute };
    expect(after({ kind: 'show', span }).span).toEqual(span);
    const point = after({ kind: 'show', span: { from: span.to, to: span.to } }).span;
    expect(point.to - point.from).toBe(spanLimits.shortest);
  });

  it('stands still while it is paused, at what was then', () => {
    const paused = after({ kind: 'pause' });
    const later = { ...bounds, now: noon + minute };
    expect(stepView(paused, { kind: 'tick' }, later).span).toEqual(live.span);
    const moved = stepView(paused, { kind: 'pan', by: minute }, later);
    expect(moved.span).toEqual(live.span);
    const going = stepView(paused, { kind: 'resume' }, later);
    expect(going).toMatchObject({ pausedAt: undefined, following: true });
    expect(going.span.to).toBe(noon + minute);
    expect(stepView(live, { kind: 'resume' }, bounds)).toEqual(live);
  });

  it('is scrolled within the lanes, and as far as needed to see one', () => {
    expect(after({ kind: 'scroll', by: 700 }).scroll).toBe(600);
    expect(after({ kind: 'scroll', by: -1 }).scroll).toBe(0);
    expect(after({ kind: 'reveal', top: 500, bottom: 526 }).scroll).toBe(126);
    expect(after({ kind: 'scroll', by: 300 }, { kind: 'reveal', top: 26, bottom: 52 }).scroll).toBe(
      26,
    );
    const few = { ...bounds, lanesHeight: 100 };
    expect(stepView({ ...live, scroll: 300 }, { kind: 'tick' }, few).scroll).toBe(0);
  });

  it('is moved to a time that is not in it', () => {
    const time = noon - 30 * minute;
    const { span } = after({ kind: 'reveal-time', time });
    expect((span.from + span.to) / 2).toBe(time);
    expect(after({ kind: 'reveal-time', time: noon - minute })).toEqual(live);
  });

  it('is at first about as long as has been watched', () => {
    expect([0, 4, 10, 500].map((minutes) => usualLength(minutes * minute) / minute)).toEqual([
      5, 5, 15, 60,
    ]);
  });
});
