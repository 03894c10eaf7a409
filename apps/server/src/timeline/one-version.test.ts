import type { Coverage } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { widgets } from '../fanout/testing/fake-catalog.ts';
import { oneVersionEach } from './one-version.ts';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();

function item(version: string, since: number, more: Partial<Coverage> = {}): Coverage {
  const resource = { ...widgets, version };
  return { resource, since: at(since), watched: true, blind: [], ...more };
}

const unwatched = (from: number, to?: number): Coverage['blind'][number] => ({
  from: at(from),
  reason: 'unwatched',
  ...(to !== undefined && { to: at(to) }),
});

describe('the version of a resource that stands for all of its versions', () => {
  it.each<[string, Coverage, Coverage]>([
    [
      'watched now, before one that was watched longer',
      item('v2', 50),
      item('v1', 0, { watched: false, blind: [unwatched(40)] }),
    ],
    [
      'watched in all namespaces, before one that is watched in some longer',
      item('v2', 50),
      item('v1', 0, { namespace: 'a' }),
    ],
    ['watched longest', item('v1', 0), item('v2', 50)],
    ['watched longest, not first', item('v2', 20), item('v1', 0, { blind: [unwatched(10, 50)] })],
    [
      'watched longest, where none is watched now',
      item('v2', 20, { watched: false, blind: [unwatched(90)] }),
      item('v1', 0, { watched: false, blind: [unwatched(10)] }),
    ],
    [
      'watched longest, also where it was cut off and is no longer kept whole',
      item('v1', 0, {
        blind: [
          { from: at(0), to: at(30), reason: 'dropped' },
          { from: at(40), to: at(60), reason: 'away' },
        ],
      }),
      item('v2', 20),
    ],
  ])('[T13] is the one %s', (_rule, first, second) => {
    for (const both of [
      [first, second],
      [second, first],
    ])
      expect(oneVersionEach(both, 100_000)).toEqual([first.resource]);
  });

  it('[T13] is the same whichever of its watches is looked at first', () => {
    const watches = [
      item('v1', 0, { watched: false, blind: [unwatched(10)] }),
      item('v2', 20),
      item('v1', 50, { namespace: 'a' }),
    ];
    expect(oneVersionEach(watches, 100_000)).toEqual([{ ...widgets, version: 'v2' }]);
    expect(oneVersionEach(watches.toReversed(), 100_000)).toEqual([{ ...widgets, version: 'v2' }]);
  });

  it('[T13] stands for no other resource and no other group', () => {
    const others = [
      item('v1', 0),
      item('v1', 0, { resource: { ...widgets, resource: 'gears' } }),
      item('v1', 0, { resource: { ...widgets, group: 'other.dev' } }),
    ];
    expect(oneVersionEach(others, 100_000)).toEqual(others.map(({ resource }) => resource));
    expect(oneVersionEach([], 100_000)).toEqual([]);
  });
});
