import { describe, expect, test } from 'vitest';
import { settle } from './testing/fake-clock.ts';
import { cut } from './testing/fake-transport.ts';
import { createHarness, tell } from './testing/informer-harness.ts';
import {
  added,
  bookmark,
  deleted,
  errorEvent,
  flag,
  listOf,
  modified,
  statusOf,
  tooLarge,
} from './testing/objects.ts';

describe('the first list', () => {
  test('[I1] asks for pages of 500 at no resourceVersion, with the selectors, in the namespace [I24]', async () => {
    const { next, stop } = createHarness({
      namespace: 'default',
      labelSelector: 'a=b',
      fieldSelector: 'metadata.name=x',
    });
    const list = await next('list');
    expect(list.request.path).toBe('/apis/demo.example.io/v1/namespaces/default/flags');
    expect(list.query).toEqual({
      limit: '500',
      labelSelector: 'a=b',
      fieldSelector: 'metadata.name=x',
    });
    list.answer(200, listOf(7, []));
    const { query } = await next('watch');
    expect(query).toMatchObject({ labelSelector: 'a=b', fieldSelector: 'metadata.name=x' });
    await stop();
  });

  test('[I25] asks for metadata alone where that is enough, and takes whole objects from a server that has none', async () => {
    const { next, told, informer, stop } = createHarness({ form: 'metadata' });
    const list = await next('list');
    expect(list.request.headers?.['accept']).toBe(
      'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
    );
    list.answer(200, listOf(7, [flag('a', 1)]));
    const watch = await next('watch');
    expect(watch.request.headers?.['accept']).toBe(
      'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
    );
    watch.open().line(added(flag('b', 8)));
    await settle();
    expect(told).toEqual(['add a@1', 'synced', 'add b@8']);
    expect(informer.form).toBe('metadata');
    await stop();
  });

  test('[I2] pages are followed by their token alone, and shown as they come, as still syncing', async () => {
    const { next, told, informer, states, stop } = createHarness();
    (await next('list')).answer(
      200,
      listOf(10, [flag('a', 1)], { continue: 't1', remainingItemCount: 1 }),
    );
    const second = await next('list');
    expect(second.query).toEqual({ limit: '500', continue: 't1' });
    expect(told).toEqual(['add a@1']);
    expect(informer.store.size).toBe(1);
    expect(states).toEqual([{ kind: 'syncing', received: 1, expected: 2 }]);
    second.answer(200, listOf(10, [flag('b', 2)]));
    const watch = await next('watch');
    expect(told).toEqual(['add a@1', 'add b@2', 'synced']);
    expect(watch.query['resourceVersion']).toBe('10');
    await stop();
  });

  test('[I3] [fault 8] 410 on page 2 begins the list once again, and what was shown of the first is taken back', async () => {
    const { next, told, informer, stop } = createHarness();
    (await next('list')).answer(200, listOf(10, [flag('gone', 1)], { continue: 't1' }));
    (await next('list')).answer(410, statusOf(410, 'Expired'));
    const again = await next('list');
    expect(again.query['continue']).toBeUndefined();
    again.answer(200, listOf(20, [flag('a', 2)]));
    await next('watch');
    expect(told).toEqual(['add gone@1', 'reset', 'add a@2', 'synced']);
    expect([...informer.store.values()].map(({ name }) => name)).toEqual(['a']);
    await stop();
  });

  test('[I3] [fault 8] of a relist no page is shown before the last', async () => {
    const { live, next, clock, told, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    await clock.advance(1000);
    stream.line(errorEvent(410, 'Expired'));
    (await next('list')).answer(200, listOf(200, [flag('b', 150)], { continue: 't1' }));
    await next('list');
    expect(told).toEqual(['add a@1', 'synced']);
    await stop();
  });

  test('[I2] a first list that is cut shows nothing: a part does not pass for the whole', async () => {
    const { next, told, informer, clock, stop } = createHarness();
    (await next('list')).answer(200, listOf(10, [flag('a', 1)], { continue: 't1' }));
    (await next('list')).fail(cut);
    await settle();
    expect(informer.state.kind).toBe('stale');
    expect(informer.store.size).toBe(0);
    await clock.advance(800);
    (await next('list')).answer(200, listOf(20, [flag('a', 1)]));
    await next('watch');
    expect(told).toEqual(['add a@1', 'reset', 'add a@1', 'synced']);
    await stop();
  });

  test('[I21] a handler that comes in the middle of the first list meets each object once', async () => {
    const { next, informer, stop } = createHarness();
    (await next('list')).answer(200, listOf(10, [flag('a', 1)], { continue: 't1' }));
    const second = await next('list');
    const late: string[] = [];
    const registration = informer.addHandler((event) => void late.push(tell(event)));
    expect(late).toEqual(['add a@1']);
    expect(registration.hasSynced).toBe(false);
    second.answer(200, listOf(10, [flag('b', 2)]));
    await next('watch');
    expect(late).toEqual(['add a@1', 'add b@2', 'synced']);
    expect(registration.hasSynced).toBe(true);
    await stop();
  });

  test('[I3] a second 410 waits', async () => {
    const { next, transport, clock, stop } = createHarness();
    (await next('list')).answer(410, statusOf(410, 'Expired'));
    (await next('list')).answer(410, statusOf(410, 'Expired'));
    await clock.advance(799);
    expect(transport.exchanges).toHaveLength(2);
    await clock.advance(1);
    expect(transport.exchanges).toHaveLength(3);
    await stop();
  });

  test('[I4] [fault 13] a list that is too new for the server is asked again at once, one time', async () => {
    const { next, informer, stop } = createHarness();
    (await next('list')).answer(504, tooLarge);
    const again = await next('list');
    expect(again.query['resourceVersion']).toBeUndefined();
    again.answer(200, listOf(5, []));
    (await next('watch')).open();
    await settle();
    expect(informer.state.kind).toBe('live');
    await stop();
  });

  test('[fault 30] an empty list and `items: null` are synced, and delete what was there, once', async () => {
    const { live, next, clock, told, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    await clock.advance(1000);
    stream.line(errorEvent(410, 'Expired'));
    (await next('list')).answer(200, listOf(200, null));
    (await next('watch')).open();
    await settle();
    expect(told).toEqual(['add a@1', 'synced', 'relisted', 'delete a@1']);
    await stop();
  });
});

describe('watching', () => {
  test('[I7] asks for bookmarks and a timeout between 300 and 600 s', async () => {
    const { live, transport, stop } = createHarness({ random: () => 0.25 });
    await live([]);
    expect(transport.exchanges[1]?.query).toEqual({
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: '100',
      timeoutSeconds: '375',
    });
    await stop();
  });

  test('[I8] every event advances the resourceVersion, bookmarks too', async () => {
    const { live, informer, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    for (const [event, version] of [
      [modified(flag('a', 110)), '110'],
      [added(flag('b', 120)), '120'],
      [deleted(flag('a', 130)), '130'],
      [bookmark(140), '140'],
    ] as const) {
      stream.line(event);
      await settle();
      expect(informer.stats.resourceVersion).toBe(version);
    }
    await stop();
  });

  test('[I9] a clean end watches again from the last resourceVersion, without a list, and never looks stale', async () => {
    const { live, next, clock, states, stop } = createHarness();
    const stream = await live([]);
    stream.line(bookmark(150));
    await clock.advance(300_000);
    const before = states.length;
    stream.end();
    const watch = await next('watch');
    expect(watch.query['resourceVersion']).toBe('150');
    watch.open();
    await clock.advance(2000);
    expect(states).toHaveLength(before);
    await stop();
  });

  test('[I9] [fault 5] a storm of watches that end at once is a storm of failures: it backs off', async () => {
    const { live, next, clock, transport, stop } = createHarness();
    const first = await live([]);
    first.end();
    await clock.advance(0);
    const asked: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      const before = clock.monotonic();
      const count = transport.exchanges.length;
      while (transport.exchanges.length === count) await clock.advance(100);
      asked.push(clock.monotonic() - before);
      (await next('watch')).open().end();
      await settle();
    }
    expect(asked).toEqual([800, 1600, 3200, 6400, 12_800]);
    await stop();
  });

  test('[I10] [fault 6] ERROR 410 in the stream: one list, and what is missing is a tombstone', async () => {
    const { live, next, clock, events, told, informer, stop } = createHarness();
    const stream = await live([flag('a', 1), flag('b', 2)]);
    await clock.advance(1000);
    stream.line(errorEvent(410, 'Expired'));
    (await next('list')).answer(200, listOf(300, [flag('b', 2), flag('c', 250)]));
    (await next('watch')).open();
    await settle();
    expect(told.slice(3)).toEqual(['relisted', 'delete a@1', 'add c@250']);
    expect(events[4]).toMatchObject({ tombstone: true, last: undefined, seen: { by: 'relist' } });
    expect(informer.stats).toMatchObject({ lists: 2, relists: 1 });
    await stop();
  });

  test('[I10] [fault 7] HTTP 410 is the same as an ERROR event', async () => {
    const { live, next, clock, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    await clock.advance(5000);
    stream.end();
    (await next('watch')).answer(410, statusOf(410, 'Gone'));
    (await next('list')).answer(200, listOf(300, []));
    expect((await next('watch')).query['resourceVersion']).toBe('300');
    await stop();
  });

  test('[I12] [fault 13] a watch from a resourceVersion that is too large lists anew', async () => {
    const { live, next, clock, stop } = createHarness();
    const stream = await live([]);
    await clock.advance(5000);
    stream.end();
    (await next('watch')).answer(504, tooLarge);
    expect((await next('list')).query['resourceVersion']).toBeUndefined();
    await stop();
  });

  test('[I12] a plain 504 is only slow: it waits', async () => {
    const { live, next, clock, transport, stop } = createHarness();
    const stream = await live([]);
    await clock.advance(5000);
    stream.end();
    (await next('watch')).answer(504, statusOf(504, 'Timeout'));
    await settle();
    expect(transport.exchanges).toHaveLength(3);
    await stop();
  });

  test('[I11] [fault 1] a truncated line is thrown away, and the watch goes on from the last good one', async () => {
    const { live, next, clock, transport, told, informer, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    stream.line(modified(flag('a', 110)));
    stream.chunk('{"type":"MODIFIED","object":{"kind":"Fl');
    stream.end();
    await clock.advance(799);
    expect(transport.exchanges).toHaveLength(2);
    expect(informer.stats.lastFault).toMatchObject({ code: 'bad-data' });
    await clock.advance(1);
    const watch = await next('watch');
    expect(watch.query['resourceVersion']).toBe('110');
    expect(told).toEqual(['add a@1', 'synced', 'update a@110']);
    expect(informer.stats.lists).toBe(1);
    await stop();
  });

  test('[I11] [fault 3] a garbage line ends the watch: nothing after it is taken, and it is said', async () => {
    const { live, next, clock, told, informer, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    stream.line(modified(flag('a', 110)));
    stream.chunk('<html>502 Bad Gateway</html>\n');
    stream.line(modified(flag('a', 120)));
    await settle();
    expect(informer.stats.lastFault).toMatchObject({ code: 'bad-data', stage: 'decode' });
    expect(informer.stats.lastFault?.detail).toContain('<html>502');
    await clock.advance(800);
    expect((await next('watch')).query['resourceVersion']).toBe('110');
    expect(told.at(-1)).toBe('update a@110');
    await stop();
  });

  test('[I11] [fault 10] 429 with Retry-After: no request sooner, and no list', async () => {
    const { live, next, clock, transport, informer, stop } = createHarness();
    const stream = await live([]);
    await clock.advance(5000);
    stream.end();
    (await next('watch')).answer(429, statusOf(429, 'TooManyRequests'), { 'retry-after': '7' });
    informer.wake();
    await clock.advance(6999);
    expect(transport.exchanges).toHaveLength(3);
    await clock.advance(1001);
    expect((await next('watch')).query['resourceVersion']).toBe('100');
    expect(informer.stats.lists).toBe(1);
    await stop();
  });

  test('[fault 9] 500 and 503 list again after a back-off; a Retry-After is honoured', async () => {
    const { live, next, clock, transport, informer, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    await clock.advance(5000);
    stream.end();
    (await next('watch')).answer(500, statusOf(500, 'InternalError'));
    await clock.advance(800);
    (await next('list')).answer(503, 'unavailable', { 'retry-after': '5' });
    await clock.advance(4999);
    expect(transport.exchanges).toHaveLength(4);
    expect(informer.store.size).toBe(1);
    await clock.advance(1001);
    (await next('list')).answer(200, listOf(200, [flag('a', 1)]));
    (await next('watch')).open();
    await settle();
    expect(informer.state.kind).toBe('live');
    await stop();
  });

  test('[fault 11] ERROR 500 in the stream: bounded retries, the cache is served, marked stale', async () => {
    const { live, next, clock, transport, informer, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    stream.line(errorEvent(500, 'InternalError'));
    await clock.advance(500);
    expect(informer.state).toMatchObject({ kind: 'stale', fault: { code: 'server-error' } });
    expect(informer.store.get('default/a')?.name).toBe('a');
    const before = transport.exchanges.length;
    for (let second = 0; second < 60; second += 1) {
      await clock.advance(1000);
      if (transport.exchanges.length > before + transport.open) continue;
      while (transport.open > 0) (await next('list')).answer(500, statusOf(500, 'InternalError'));
    }
    expect(transport.exchanges.length - before).toBeLessThan(8);
    await stop();
  });

  test('[I15] events of the wrong kind or without metadata are counted and skipped', async () => {
    const { live, informer, told, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    stream.line(modified(flag('a', 110, { kind: 'Status' })));
    stream.line({ type: 'ADDED', object: { kind: 'Flag' } });
    stream.line({ type: 'NOVELTY', object: flag('a', 115) });
    stream.line(modified(flag('a', 120)));
    await settle();
    expect(told.slice(2)).toEqual(['update a@120']);
    expect(informer.stats).toMatchObject({ skipped: 3, events: 1, failures: 0 });
    await stop();
  });

  test('[I14] a watch that outlives its timeout by 5 s is taken for dead, with its headers withheld too', async () => {
    const { next, clock, informer, transport, stop } = createHarness();
    (await next('list')).answer(200, listOf(100, []));
    const watch = await next('watch');
    await clock.advance(304_999);
    expect(watch.aborted).toBe(false);
    await clock.advance(1);
    expect(watch.aborted).toBe(true);
    expect(informer.state).toMatchObject({ kind: 'stale', since: 1_000_000 });
    await clock.advance(800);
    expect((await next('watch')).query['resourceVersion']).toBe('100');
    expect(transport.exchanges).toHaveLength(3);
    await stop();
  });

  test('[fault 29] after bookmarks alone the watch resumes from the last of them, without a list', async () => {
    const { live, next, clock, informer, stop } = createHarness();
    const stream = await live([]);
    for (let minute = 1; minute <= 4; minute += 1) {
      await clock.advance(60_000);
      stream.line(bookmark(100 + minute * 1000));
    }
    await settle();
    stream.cut();
    await clock.advance(800);
    expect((await next('watch')).query['resourceVersion']).toBe('4100');
    expect(informer.stats).toMatchObject({ lists: 1, bookmarks: 4 });
    await stop();
  });

  test('what a request says after it was given up is not heard', async () => {
    const { live, next, clock, informer, stop } = createHarness();
    const stream = await live([]);
    await clock.advance(5000);
    stream.end();
    const body = Promise.withResolvers<string>();
    (await next('watch')).answer(500, body.promise);
    await clock.advance(305_000 + 800);
    (await next('watch')).open();
    await clock.advance(100);
    const { failures } = informer.stats;
    body.resolve('late');
    await settle();
    expect(informer.stats.failures).toBe(failures);
    expect(informer.state.kind).toBe('live');
    await stop();
  });
});
