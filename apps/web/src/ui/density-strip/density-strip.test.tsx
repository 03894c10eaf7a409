import type { Change, Coverage, Density } from '@kindscope/protocol';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { blindSpans } from '../blind-spans.ts';
import { anchorOf, dragged, edgeMoved } from './brush-span.ts';
import { Brush } from './brush.tsx';
import { barPaths } from './density-bars.ts';
import { barOrder, bucketSpan, changesIn, countsOf, withChanges } from './density-counts.ts';

afterEach(cleanup);

const minute = 60_000;
const noon = Date.UTC(2026, 10, 22, 12);
const iso = (time: number) => new Date(time).toISOString();
const span = { from: noon, to: noon + 10 * minute };

function density(spec: number[], status: number[]): Density {
  return {
    from: iso(span.from),
    to: iso(span.to),
    classes: ['spec', 'status'],
    counts: [spec, status],
    changes: 0,
    objects: 0,
    lastId: 40,
    coverage: [],
  };
}

function change(id: number, time: number, shown: Change['classes'][number] = 'spec'): Change {
  const resource = { group: 'g', version: 'v1', resource: 'r' };
  const object = { resource, kind: 'K', namespace: 'n', name: 'x', uid: 'u' };
  const classes: Change['classes'] = [shown, 'heartbeat'];
  return { id, ...object, seen: 'watch', time: iso(time), classes, fields: [], managers: [] };
}

const tenths = (...counts: [number, number][]) => {
  const row = Array.from({ length: 10 }, () => 0);
  for (const [index, count] of counts) row[index] = count;
  return row;
};

describe('the counts of a strip', () => {
  const counts = countsOf(density(tenths([0, 2], [9, 1]), tenths([0, 3])), minute);

  it('end with a bucket that is not over', () => {
    expect(bucketSpan(noon + 1, minute, 10)).toEqual({
      from: noon - 9 * minute,
      to: noon + minute,
    });
    expect(bucketSpan(noon, minute, 1)).toEqual({ from: noon, to: noon + minute });
  });

  it('are the server’s, and from then on the feed’s, each change once', () => {
    expect(changesIn(counts, span)).toBe(6);
    const more = withChanges(counts, [
      change(39, noon),
      change(41, noon + 9.5 * minute),
      change(42, noon + 10 * minute, 'deleted'),
    ]);
    expect(changesIn(more, span)).toBe(7);
    expect(changesIn(more, bucketSpan(noon + 10 * minute, minute, 10))).toBe(3);
    expect(changesIn(withChanges(more, [change(42, noon)]), span)).toBe(7);
  });

  it('are drawn as bars, stacked, as high as the highest, and never too low to be seen', () => {
    const paths = barPaths(counts, { span, width: 100, height: 50 });
    const path = (name: (typeof barOrder)[number]) => paths[barOrder.indexOf(name)];
    expect(path('status')).toBe('M0 50h9V20h-9z');
    expect(path('spec')).toBe('M0 20h9V0h-9zM90 50h9V40h-9z');
    expect(path('deleted')).toBe('');
    const one = barPaths(withChanges(countsOf(density([], []), minute), [change(41, noon)]), {
      span,
      width: 100,
      height: 50,
    });
    expect(one[barOrder.indexOf('spec')]).toBe('M0 50h9V0h-9z');
  });
});

describe('a time of which nothing is known', () => {
  const resource = { group: 'g', version: 'v1', resource: 'r' };
  const item = (more: Partial<Coverage>): Coverage => ({
    resource,
    watched: true,
    blind: [],
    ...more,
  });

  it('is all of it where it was never watched, else what was before and what the log says', () => {
    expect(blindSpans([], span)).toEqual([{ ...span, reason: 'before' }]);
    const since = iso(noon + minute);
    const away = { from: iso(noon + 2 * minute), to: iso(noon + 3 * minute), reason: 'away' };
    const lasting = { from: iso(noon + 9 * minute), reason: 'unwatched' };
    const blind = [away, lasting] as Coverage['blind'];
    expect(blindSpans([item({ since, blind })], span)).toEqual([
      { from: noon, to: noon + minute, reason: 'before' },
      { from: noon + 2 * minute, to: noon + 3 * minute, reason: 'away' },
      { from: noon + 9 * minute, to: span.to, reason: 'unwatched' },
    ]);
  });

  it('is only what nobody watched, where several did', () => {
    const first = item({ since: iso(noon + 4 * minute) });
    const second = item({ since: iso(noon + 2 * minute) });
    expect(blindSpans([first, second], span)).toEqual([
      { from: noon, to: noon + 2 * minute, reason: 'before' },
    ]);
    expect(blindSpans([item({ since: iso(noon - 1) }), first], span)).toEqual([]);
  });
});

describe('a time that is chosen', () => {
  it('is widened to whole steps and kept within the span', () => {
    expect(dragged(span, 100, minute, { start: 52, end: 38 })).toEqual({
      from: noon + 3 * minute,
      to: noon + 6 * minute,
    });
    expect(dragged(span, 100, minute, { start: -50, end: 300 })).toEqual(span);
    expect(dragged(span, 100, minute, { start: 100, end: 100 }).to).toBeGreaterThan(span.to);
  });

  it('is changed by its edges, which never pass each other', () => {
    const chosen = { from: noon + 2 * minute, to: noon + 3 * minute };
    expect(edgeMoved(chosen, 'to', minute)).toEqual({ ...chosen, to: noon + 4 * minute });
    expect(edgeMoved(chosen, 'from', 5 * minute)).toEqual({
      from: noon + 7 * minute,
      to: noon + 12 * minute,
    });
    expect(edgeMoved(chosen, 'to', -5 * minute)).toEqual({
      from: noon - 7 * minute,
      to: noon - 2 * minute,
    });
    expect(anchorOf(span, 1000, chosen, 294)).toBe(200);
    expect(anchorOf(span, 1000, chosen, 206)).toBe(300);
    expect(anchorOf(span, 1000, chosen, 250)).toBe(250);
    expect(anchorOf(span, 100, undefined, 28)).toBe(28);
  });
});

describe('the brush', () => {
  const brush = (chosen: { from: number; to: number } | undefined) => {
    const choose = vi.fn();
    const props = { span, width: 100, step: minute, chosen, onChoose: choose };
    render(
      <Brush {...props}>
        <svg data-testid="bars" />
      </Brush>,
    );
    const bars = screen.getByTestId('bars');
    bars.parentElement!.setPointerCapture = () => {};
    return { choose, bars };
  };

  it('takes a drag for a choice, and a click for none', () => {
    const { choose, bars } = brush(undefined);
    fireEvent.pointerDown(bars, { clientX: 40, button: 0, pointerId: 1 });
    fireEvent.pointerMove(bars, { clientX: 55, pointerId: 1 });
    expect(choose).not.toHaveBeenCalled();
    fireEvent.pointerUp(bars, { clientX: 58, pointerId: 1 });
    expect(choose).toHaveBeenLastCalledWith({ from: noon + 4 * minute, to: noon + 6 * minute });
    fireEvent.pointerDown(bars, { clientX: 40, button: 0, pointerId: 1 });
    fireEvent.pointerUp(bars, { clientX: 41, pointerId: 1 });
    expect(choose).toHaveBeenLastCalledWith(undefined);
  });

  it('is moved and taken back with the keyboard', () => {
    const chosen = { from: noon + 2 * minute, to: noon + 3 * minute };
    const { choose } = brush(chosen);
    fireEvent.keyDown(screen.getByRole('slider', { name: 'To' }), { key: 'ArrowRight' });
    expect(choose).toHaveBeenLastCalledWith({ ...chosen, to: noon + 4 * minute });
    fireEvent.keyDown(screen.getByRole('slider', { name: 'From' }), { key: 'Escape' });
    expect(choose).toHaveBeenLastCalledWith(undefined);
  });

  it('begins with the last quarter where nothing is chosen yet', () => {
    const { choose } = brush(undefined);
    fireEvent.click(screen.getByRole('button', { name: 'Choose a time' }));
    expect(choose).toHaveBeenCalledWith({ from: noon + 7.5 * minute, to: span.to });
  });
});
