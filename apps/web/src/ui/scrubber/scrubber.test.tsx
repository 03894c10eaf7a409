import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TimeSpan } from '../time-axis/time-span.ts';
import { Scrubber, type ChosenStops } from './scrubber.tsx';
import { spanOfGroup, stopGroups, type ScrubberStop } from './stop-groups.ts';

const stop = (key: string, time: number | undefined, shown?: ScrubberStop['shown']) => ({
  key,
  time,
  shown,
});
const stops: ScrubberStop[] = [
  stop('1', undefined),
  stop('2', 500, 'spec'),
  stop('3', 501, 'condition'),
  stop('4', 503, 'status'),
  stop('5', 900, 'deleted'),
];
const place = ({ time = 0 }: ScrubberStop) => time;

describe('states that are near to each other', () => {
  it('are one place, shown as the first of their classes by precedence', () => {
    const groups = stopGroups(stops, place);
    expect(groups.map(({ x, stops: inside, shown }) => [x, inside.length, shown])).toEqual([
      [0, 1, undefined],
      [500, 3, 'spec'],
      [900, 1, 'deleted'],
    ]);
    expect(groups[1]?.newest.key).toBe('4');
  });

  it('do not chain places that have room between them', () => {
    const row = Array.from({ length: 10 }, (_, index) => stop(`${index}`, index * 10));
    const xs = stopGroups(row, place).map(({ x }) => x);
    expect(xs).toEqual([0, 30, 60, 90]);
  });

  it('stand apart in a shorter time, unless they are of one instant', () => {
    const [, near] = stopGroups(stops, place);
    const span = near && spanOfGroup(near);
    expect(span?.from).toBeLessThan(500);
    expect(span?.to).toBeGreaterThan(503);
    expect(span && span.to - span.from).toBeLessThan(5);
    const [same] = stopGroups([stop('a', 7), stop('b', 7)], place);
    expect(same && spanOfGroup(same)).toBeUndefined();
  });
});

describe('the scrubber', () => {
  let chosen: (Partial<ChosenStops> | undefined)[] = [];
  let zooms: TimeSpan[] = [];
  beforeEach(() => {
    chosen = [];
    zooms = [];
    Object.defineProperty(HTMLElement.prototype, 'clientWidth', {
      configurable: true,
      value: 1000,
    });
    globalThis.ResizeObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
  });
  afterEach(cleanup);

  const show = (now?: ChosenStops) =>
    render(
      <Scrubber
        stops={stops}
        span={{ from: 0, to: 1000 }}
        blind={[]}
        live
        chosen={now}
        onChoose={(keys) => void chosen.push(keys)}
        onZoom={(span) => void zooms.push(span)}
      />,
    );
  const slider = () => screen.getByRole('slider', { name: 'State of the object' });

  it('is stepped through with the arrows, whatever stands at one place', () => {
    show({ from: '3', to: '4' });
    fireEvent.keyDown(slider(), { key: 'ArrowLeft' });
    fireEvent.keyDown(slider(), { key: 'ArrowRight' });
    fireEvent.keyDown(slider(), { key: 'ArrowLeft', shiftKey: true });
    fireEvent.keyDown(slider(), { key: 'Home' });
    fireEvent.keyDown(slider(), { key: 'Escape' });
    expect(chosen).toEqual([{ to: '3' }, { to: '5' }, { from: '2' }, { to: '2' }, undefined]);
  });

  it('says which state is chosen and what it is compared with', () => {
    show({ from: '2', to: '5' });
    expect(slider().getAttribute('aria-valuetext')).toMatch(/^Deleted, .* compared with Spec, /u);
  });

  it('chooses the newest of a place and opens it; with Shift the other end, and opens nothing', () => {
    show();
    const near = screen.getByTitle(/^3 states, /u);
    fireEvent.click(near, { shiftKey: true });
    expect([chosen, zooms]).toEqual([[{ from: '4' }], []]);
    fireEvent.click(near);
    expect(chosen.at(-1)).toEqual({ to: '4' });
    expect(zooms).toHaveLength(1);
    fireEvent.click(screen.getByTitle(/^Deleted, /u));
    expect(zooms).toHaveLength(1);
    fireEvent.click(screen.getByTitle('As it was when watching began'));
    expect(chosen.at(-1)).toEqual({ from: '1' });
  });
});
