import type { Coverage, Freshness, InformerInfo } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { widgets } from '../fanout/testing/fake-catalog.ts';
import { withAway } from './away.ts';
import { createMemoryChangeLog } from './memory-change-log.ts';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const fault = { code: 'network', detail: 'The connection was refused.' };

function informer(freshness: Freshness, namespace?: string): InformerInfo {
  return {
    resource: widgets,
    kind: 'Widget',
    ...(namespace !== undefined && { namespace }),
    freshness,
    objects: 0,
    viewers: 1,
    startedAt: at(1),
    lastEventAt: at(5),
    lastBookmarkAt: at(4),
    counters: {
      lists: 1,
      watches: 1,
      events: 0,
      bookmarks: 0,
      relists: 0,
      failures: 0,
      skipped: 0,
    },
  };
}

/** What is told of a resource that is watched since 2 in all namespaces, and since 6 in one. */
function told(informers: readonly InformerInfo[]): (Coverage['blind'][number] | undefined)[] {
  const log = createMemoryChangeLog();
  log.append([
    { kind: 'watched', ref: widgets, namespace: undefined, time: 2000 },
    { kind: 'watched', ref: widgets, namespace: 'a', time: 6000 },
  ]);
  const past = withAway(log, () => informers);
  const { coverage } = past.marks({ limit: 1 });
  expect(past.coverage({})).toEqual(coverage);
  expect(past.density({ from: 0, to: 1, buckets: 1 }).coverage).toEqual(coverage);
  return coverage.map(({ blind }) => blind[0]);
}

describe('what the log says of a watch that runs', () => {
  it.each<[Freshness, number | undefined]>([
    [{ kind: 'live' }, undefined],
    [{ kind: 'syncing', received: 0 }, undefined],
    [{ kind: 'reconnecting', since: at(7) }, 7],
    [{ kind: 'stale', since: at(8), fault }, 8],
    [{ kind: 'stale', since: at(1), fault }, 2],
    [{ kind: 'forbidden', fault }, 5],
    [{ kind: 'gone' }, 5],
  ])('[T10] is, where it is %j, that it is away since %j', (freshness, since) => {
    const blind = since === undefined ? undefined : { from: at(since), reason: 'away' };
    expect(told([informer(freshness)])).toEqual([blind, undefined]);
  });

  it('[T10] concerns that watch alone', () => {
    const [inAll, inOne] = told([informer({ kind: 'live' }), informer({ kind: 'gone' }, 'a')]);
    expect([inAll, inOne]).toEqual([undefined, { from: at(6), reason: 'away' }]);
  });

  it('[T10] is nothing where nobody watches: that is said already', () => {
    const log = createMemoryChangeLog();
    log.append([
      { kind: 'watched', ref: widgets, namespace: undefined, time: 2000 },
      { kind: 'unwatched', ref: widgets, namespace: undefined, time: 3000 },
    ]);
    const [coverage] = withAway(log, () => [informer({ kind: 'gone' })]).coverage({});
    expect(coverage?.blind).toEqual([{ from: at(3), reason: 'unwatched' }]);
  });
});
