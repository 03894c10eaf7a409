import { describe, expect, test } from 'vitest';
import { settle } from './testing/fake-clock.ts';
import { cut, refused } from './testing/fake-transport.ts';
import { createHarness } from './testing/informer-harness.ts';
import { bookmark, errorEvent, flag, listOf, modified, statusOf } from './testing/objects.ts';

describe('recovery', () => {
  test('[I13] the back-off grows to 30 s and starts over after two minutes of quiet', async () => {
    const { live, next, clock, transport, stop } = createHarness();
    let stream = await live([]);
    const waits: number[] = [];
    for (const quiet of [0, 0, 0, 120_000]) {
      await clock.advance(quiet);
      stream.line(bookmark(200));
      await settle();
      stream.cut();
      const before = clock.monotonic();
      const count = transport.exchanges.length;
      while (transport.exchanges.length === count) await clock.advance(100);
      waits.push(clock.monotonic() - before);
      stream = (await next('watch')).open();
      await settle();
    }
    expect(waits).toEqual([800, 1600, 3200, 800]);
    await stop();
  });

  test('[I13] a proxy that cuts every watch after half a minute is not waited for longer each time', async () => {
    const { live, next, clock, transport, stop } = createHarness();
    let stream = await live([]);
    for (const watches of [2, 3, 4, 5]) {
      await clock.advance(30_000);
      stream.cut();
      await clock.advance(800);
      expect(transport.exchanges).toHaveLength(watches + 1);
      stream = (await next('watch')).open();
      await settle();
    }
    await stop();
  });

  test.each([
    ['0', 800],
    ['', 800],
    ['-5', 800],
    ['soon', 800],
    ['7', 7000],
    ['99999999', 600_000],
  ])('[I13] "Retry-After: %s" is waited for %i ms', async (header, ms) => {
    const { live, next, clock, transport, stop } = createHarness();
    const stream = await live([]);
    await clock.advance(5000);
    stream.end();
    (await next('watch')).answer(429, statusOf(429, 'TooManyRequests'), { 'retry-after': header });
    const asked = transport.exchanges.length;
    await clock.advance(ms - 1);
    expect(transport.exchanges).toHaveLength(asked);
    await clock.advance(1);
    expect(transport.exchanges).toHaveLength(asked + 1);
    await stop();
  });

  test('[I13] a server that comes back is watched within two seconds, however long the back-off has grown', async () => {
    const { live, next, clock, transport, informer, stop } = createHarness({ random: () => 0.9 });
    const stream = await live([flag('a', 1)]);
    transport.readyz = undefined;
    stream.cut();
    for (let second = 0; second < 120; second += 1) {
      await clock.advance(1000);
      while (transport.open > 0) (await next('watch')).fail(refused);
    }
    expect(informer.state.kind).toBe('stale');
    transport.readyz = 200;
    await clock.advance(1100);
    (await next('watch')).open();
    await clock.advance(100);
    expect(informer.state.kind).toBe('live');
    expect(informer.stats.lists).toBe(1);
    await stop();
  });

  test('a connection that is lost is reconnecting, and stale since the loss half a second later', async () => {
    const { live, clock, states, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    await clock.advance(10_000);
    const lost = clock.now();
    stream.cut();
    await clock.advance(499);
    expect(states.at(-1)).toMatchObject({ kind: 'reconnecting', since: lost });
    await clock.advance(1);
    expect(states.at(-1)).toMatchObject({ kind: 'stale', since: lost, fault: { code: 'network' } });
    await stop();
  });

  test('an attempt that fails after a clean end is stale at once, since that end', async () => {
    const { live, next, clock, informer, stop } = createHarness();
    const stream = await live([]);
    await clock.advance(10_000);
    const lost = clock.now();
    stream.end();
    const watch = await next('watch');
    await clock.advance(20);
    watch.fail(refused);
    await settle();
    expect(informer.state).toMatchObject({ kind: 'stale', since: lost });
    await stop();
  });

  test('after a loss it is live only when what was missed has had its time to come', async () => {
    const { live, next, clock, informer, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    stream.cut();
    await clock.advance(800);
    const again = (await next('watch')).open();
    await settle();
    expect(informer.state.kind).toBe('stale');
    again.line(errorEvent(410, 'Expired'));
    await settle();
    expect(informer.state.kind).toBe('stale');
    (await next('list')).answer(200, listOf(300, []));
    (await next('watch')).open();
    await settle();
    expect(informer.state.kind).toBe('live');
    await stop();
  });

  test('[fault 38] a server that withholds the headers is live after a second, and not dead', async () => {
    const { next, clock, informer, stop } = createHarness();
    (await next('list')).answer(200, listOf(100, [flag('a', 1)]));
    const watch = await next('watch');
    await clock.advance(999);
    expect(informer.state.kind).toBe('syncing');
    await clock.advance(1);
    expect(informer.state.kind).toBe('live');
    expect(watch.aborted).toBe(false);
    await stop();
  });

  test('[fault 24] a right taken away is forbidden, tried again, and live once it is given back', async () => {
    const { live, next, clock, informer, stop } = createHarness();
    const stream = await live([flag('a', 1)]);
    await clock.advance(5000);
    stream.end();
    (await next('watch')).answer(403, statusOf(403, 'Forbidden'));
    await settle();
    expect(informer.state).toMatchObject({ kind: 'forbidden', fault: { status: 403 } });
    await clock.advance(800);
    (await next('list')).fail(cut);
    await settle();
    expect(informer.state.kind).toBe('forbidden');
    await clock.advance(1600);
    (await next('list')).answer(200, listOf(300, [flag('a', 1)]));
    (await next('watch')).open();
    await settle();
    expect(informer.state.kind).toBe('live');
    await stop();
  });

  test('404 is gone, tried again slowly, or at once when somebody knows better', async () => {
    const { live, next, clock, informer, transport, stop } = createHarness();
    const stream = await live([]);
    await clock.advance(5000);
    stream.end();
    (await next('watch')).answer(404, '404 page not found');
    await clock.advance(29_999);
    expect(informer.state).toEqual({ kind: 'gone' });
    expect(transport.exchanges).toHaveLength(3);
    informer.wake();
    (await next('list')).answer(200, listOf(300, []));
    (await next('watch')).open();
    await settle();
    expect(informer.state.kind).toBe('live');
    await stop();
  });

  test('what a server refuses while it starts up is no refusal: neither forbidden nor gone, and no list', async () => {
    for (const status of [403, 404, 503]) {
      const { live, next, clock, transport, informer, stop } = createHarness();
      const stream = await live([flag('a', 1)]);
      transport.readyz = 500;
      stream.cut();
      await clock.advance(800);
      (await next('watch')).answer(status, statusOf(status, 'Unready'), { 'retry-after': '5' });
      await settle();
      expect(informer.state.kind).toBe('stale');
      transport.readyz = 200;
      await clock.advance(1000);
      expect((await next('watch')).query['resourceVersion']).toBe('100');
      await stop();
    }
  });

  test('[fault 21] refused credentials keep the resourceVersion', async () => {
    const { live, next, clock, informer, stop } = createHarness();
    const stream = await live([]);
    await clock.advance(5000);
    stream.end();
    (await next('watch')).answer(401, statusOf(401, 'Unauthorized'));
    await settle();
    expect(informer.state).toMatchObject({ kind: 'stale', fault: { code: 'unauthorized' } });
    await clock.advance(800);
    expect((await next('watch')).query['resourceVersion']).toBe('100');
    await stop();
  });

  test('a redirection to a login is no answer of an API server, and tried again', async () => {
    const { next, clock, informer, stop } = createHarness();
    (await next('list')).answer(302, '<a href="https://login.example">Log in</a>');
    await settle();
    expect(informer.state).toMatchObject({
      kind: 'stale',
      fault: { code: 'bad-data', status: 302 },
    });
    await clock.advance(800);
    (await next('list')).answer(200, listOf(100, []));
    (await next('watch')).open();
    await settle();
    expect(informer.state.kind).toBe('live');
    await stop();
  });

  test('an informer that never reached the server says so, and syncs when it can', async () => {
    const { next, clock, informer, stop } = createHarness();
    (await next('list')).fail(refused);
    await settle();
    expect(informer.state).toMatchObject({ kind: 'stale', since: 1_000_000 });
    await clock.advance(800);
    (await next('list')).answer(200, listOf(100, [flag('a', 1)]));
    (await next('watch')).open();
    await settle();
    expect(informer.state.kind).toBe('live');
    await stop();
  });
});

describe('stopping', () => {
  test.each(['listing', 'watching', 'waiting'])(
    '[I27] while %s leaves no request and no timer, and is no failure',
    async (phase) => {
      const { live, next, clock, transport, informer, stop } = createHarness();
      if (phase === 'listing') await next('list');
      if (phase === 'watching') await live([]);
      if (phase === 'waiting') {
        transport.readyz = undefined;
        (await next('list')).fail(refused);
      }
      await settle();
      const { failures } = informer.stats;
      await stop();
      expect(transport.open).toBe(0);
      expect(clock.pending).toBe(0);
      expect(informer.stats.failures).toBe(failures);
    },
  );
});

describe('the transform', () => {
  test('[I23] runs on lists and events before they are stored', async () => {
    const { live, informer, events, stop } = createHarness({
      transform: (object) => ({ ...object, spec: { hidden: true } }),
    });
    const stream = await live([flag('a', 1, { spec: { secret: 'x' } })]);
    stream.line(modified(flag('a', 110, { spec: { secret: 'y' } })));
    await settle();
    expect(informer.store.get('default/a')?.parse()['spec']).toEqual({ hidden: true });
    expect(
      JSON.stringify(events.map((event) => ('new' in event ? event.new.parse() : {}))),
    ).not.toContain('secret');
    await stop();
  });

  test('[I23] what it throws is a failure that is said; what it did not see is not stored', async () => {
    const { next, informer, stop } = createHarness({
      transform: () => {
        throw new Error('cannot redact');
      },
    });
    (await next('list')).answer(200, listOf(100, [flag('a', 1)]));
    await settle();
    expect(informer.state).toMatchObject({ kind: 'stale', fault: { detail: 'cannot redact' } });
    expect(informer.store.size).toBe(0);
    await stop();
  });
});
