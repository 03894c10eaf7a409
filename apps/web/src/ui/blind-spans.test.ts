import type { Coverage } from '@kindscope/protocol';
import { expect, it } from 'vitest';
import { blindAmong } from './blind-spans.ts';

const at = (second: number): string => new Date(second * 1000).toISOString();
const span = { from: 0, to: 100_000 };

function watched(resource: string, since: number, facts: Partial<Coverage> = {}): Coverage {
  const ref = { group: 'apps', version: 'v1', resource };
  return { resource: ref, since: at(since), watched: true, blind: [], ...facts };
}

function blind(coverage: readonly Coverage[], namespace?: string) {
  return blindAmong(coverage, namespace, span).map(({ from, to, reason }) => [
    from / 1000,
    to / 1000,
    reason,
  ]);
}

it('nothing is known where nothing was watched', () => {
  expect(blind([])).toEqual([[0, 100, 'before']]);
});

it('what one namespace shows is known where it or all were watched, and no other', () => {
  const coverage = [watched('pods', 20, { namespace: 'shop' }), watched('pods', 60)];
  expect(blind(coverage, 'shop')).toEqual([[0, 20, 'before']]);
  expect(blind(coverage, 'ops')).toEqual([[0, 60, 'before']]);
});

it('of all namespaces only part is known where one of them was watched', () => {
  const coverage = [watched('pods', 20, { namespace: 'shop' }), watched('pods', 60)];
  expect(blind(coverage)).toEqual([
    [0, 20, 'before'],
    [20, 60, 'part'],
  ]);
});

it('of several kinds only part is known where one of them was not watched', () => {
  const away = { from: at(50), to: at(60), reason: 'away' as const };
  const coverage = [watched('pods', 0, { blind: [away] }), watched('jobs', 20)];
  expect(blind(coverage)).toEqual([
    [0, 20, 'part'],
    [50, 60, 'part'],
  ]);
  const both = [watched('pods', 0, { blind: [away] }), watched('jobs', 0, { blind: [away] })];
  expect(blind(both)).toEqual([[50, 60, 'away']]);
});
