import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { TimeAxis } from './time-axis.tsx';
import { keptWithin, moved, scaled, timeAtX, xOfTime } from './time-span.ts';
import { clearOf, timeTicks } from './time-ticks.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const hour = { from: noon, to: noon + 3_600_000 };
const limits = { shortest: 1000, longest: 1e9 };

describe('a span of time', () => {
  it('has a place for each time and a time for each place', () => {
    expect(xOfTime(hour, 600, noon + 900_000)).toBe(150);
    expect(timeAtX(hour, 600, 150)).toBe(noon + 900_000);
    expect(xOfTime(hour, 600, noon - 3_600_000)).toBe(-600);
  });

  it('is scaled around a time that stays where it is, within limits', () => {
    const at = noon + 900_000;
    const half = scaled(hour, 0.5, at, limits);
    expect(half.to - half.from).toBe(1_800_000);
    expect(xOfTime(half, 600, at)).toBe(150);
    expect(scaled(hour, 1e-9, at, limits)).toEqual({ from: at - 250, to: at + 750 });
    const all = scaled(hour, 1e9, at, limits);
    expect(all.to - all.from).toBe(1e9);
  });

  it('is kept within another', () => {
    expect(keptWithin(moved(hour, 500), hour)).toEqual(hour);
    expect(keptWithin(moved(hour, -500), hour)).toEqual(hour);
    expect(keptWithin(scaled(hour, 9, noon, limits), hour)).toEqual(hour);
    const part = { from: noon + 10, to: noon + 20 };
    expect(keptWithin(part, hour)).toBe(part);
  });
});

describe('the ticks of a span', () => {
  const labels = (length: number, width = 960, from = noon) =>
    timeTicks({ from, to: from + length }, width, 'utc').map(({ label }) => label);

  it('are as round as there is room for', () => {
    expect(labels(3_600_000)).toEqual([
      '12:00',
      '12:05',
      '12:10',
      '12:15',
      '12:20',
      '12:25',
      '12:30',
      '12:35',
      '12:40',
      '12:45',
      '12:50',
      '12:55',
      '13:00',
    ]);
    expect(labels(3_600_000, 200)).toEqual(['12:00', '12:30', '13:00']);
  });

  it('say seconds and milliseconds where those tell them apart, and days where they begin', () => {
    expect(labels(10_000, 300)).toEqual(['12:00:00', '12:00:05', '12:00:10']);
    expect(labels(2, 300)).toEqual(['12:00:00.000', '12:00:00.001', '12:00:00.002']);
    expect(labels(24 * 3_600_000, 500)).toEqual(['12:00', '18:00', '23 Nov', '06:00', '12:00']);
  });

  it('are few even where there is no room', () => {
    expect(labels(3_600_000, 0).length).toBeLessThan(3);
  });
});

describe('the axis', () => {
  it('says now at its right edge while it is live, and nothing beneath it', () => {
    const { container, rerender } = render(<TimeAxis span={hour} width={600} live />);
    expect(container.querySelector('b')?.textContent).toBe('now');
    rerender(<TimeAxis span={hour} width={600} live={false} />);
    expect(container.querySelector('b')).toBeNull();
    expect(container.querySelectorAll('span').length).toBeGreaterThan(2);
    const ticks = [noon, noon + 1_800_000, hour.to].map((time) => ({ time, label: '' }));
    expect(clearOf(ticks, hour, 600, 32)).toEqual([ticks[1]]);
  });
});
