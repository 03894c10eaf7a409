// @vitest-environment node
import type { Coverage } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { blindTimes } from './blind-times.ts';

const start = Date.parse('2026-11-22T14:00:00.000Z');
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
const pods = { group: '', version: 'v1', resource: 'pods' };
const widgets = { group: 'demo.example.io', version: 'v1', resource: 'widgets' };
const gadgets = { group: 'demo.example.io', version: 'v1', resource: 'gadgets' };
const span = { from: start, to: start + 100_000 };
const known = (resource: typeof pods, blind: Coverage['blind'] = []): Coverage => ({
  resource,
  since: at(-10),
  watched: true,
  blind,
});

const said = (...args: Parameters<typeof blindTimes>) =>
  blindTimes(...args).map(({ reason, from, to, resources }) => [
    reason,
    (from - start) / 1000,
    (to - start) / 1000,
    resources.map(({ resource }) => resource).join(' '),
  ]);

describe('the times of which not all is known', () => {
  it('are each said once, newest first, with the kinds they are of', () => {
    const away = { from: at(20), to: at(30), reason: 'away' } as const;
    const coverage = [
      known(pods, [{ from: at(-10), to: at(5), reason: 'dropped' }, away]),
      known(widgets, [
        { ...away, from: at(20.2) },
        { from: at(90), reason: 'unwatched' },
      ]),
      known(gadgets),
    ];
    expect(said(coverage, [], undefined, span)).toEqual([
      ['unwatched', 90, 100, 'widgets'],
      ['away', 20, 30, 'pods widgets'],
      ['dropped', 0, 5, 'pods'],
    ]);
  });

  it('are of the chosen kinds, those that nobody ever watched among them', () => {
    expect(said([known(pods)], [pods, widgets], undefined, span)).toEqual([
      ['before', 0, 100, 'widgets'],
    ]);
  });

  it('are of the namespace alone', () => {
    const coverage = [{ ...known(pods), namespace: 'shop' }];
    expect(said(coverage, [pods], 'shop', span)).toEqual([]);
    expect(said(coverage, [pods], 'other', span)).toEqual([['before', 0, 100, 'pods']]);
    expect(said(coverage, [pods], undefined, span)).toEqual([['part', 0, 100, 'pods']]);
  });
});
