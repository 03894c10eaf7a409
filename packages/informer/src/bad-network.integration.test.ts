import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFakeApiServer } from '@kindscope/fake-apiserver';
import type { FakeApiServer, FakeApiServerOptions } from '@kindscope/fake-apiserver';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { discover } from './discovery.ts';
import { systemClock } from './system-clock.ts';
import { createDirectory } from './testing/kubeconfig-file.ts';
import { connect, flagsPath, installFlags, newFlag, until } from './testing/live-cluster.ts';
import { flags } from './testing/objects.ts';
import { createWire } from './testing/wire.ts';

vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function kubeconfigOf(server: FakeApiServer, port: number): string {
  const directory = createDirectory();
  cleanups.push(() => directory.remove());
  const path = join(directory.path, `config-${port}`);
  writeFileSync(path, server.kubeconfig().replaceAll(`:${server.port}/`, `:${port}/`));
  return path;
}

/** The embedded server, a client beside the bad network, and one behind it. */
async function setUp(options: FakeApiServerOptions = {}) {
  const server = await createFakeApiServer(options);
  cleanups.push(() => server.close());
  const wire = await createWire(server.port);
  cleanups.push(() => wire.close());
  const direct = connect(kubeconfigOf(server, server.port));
  cleanups.push(() => direct.close());
  const behind = connect(kubeconfigOf(server, wire.port));
  cleanups.push(() => behind.close());
  await installFlags(direct);
  return { server, wire, direct, behind };
}

type Intercept = NonNullable<FakeApiServerOptions['intercept']>;
const isWatch = (request: Parameters<Intercept>[0]): boolean =>
  request.query.has('watch') && request.segments.includes('flags');

describe('a bad network', () => {
  test('[fault 2] answers in pieces of one byte, and of three, are the same answers', async () => {
    const { wire, direct, behind } = await setUp();
    await direct.create(flagsPath, newFlag('listed', { text: 'ü€🙂 "\\ \n' }));
    for (const size of [1, 3]) {
      wire.splitBy(size);
      wire.reset();
      const { informer, cached } = await behind.watch();
      const name = `watched-${size}`;
      await direct.create(flagsPath, newFlag(name, { text: 'ü€🙂 "\\ \n' }));
      await until('the event has come', () => informer.store.get(`default/${name}`) !== undefined);
      expect(cached()).toEqual(await direct.list({ gvr: flags }));
      expect(informer.store.get(`default/${name}`)?.parse()['spec']).toEqual({
        text: 'ü€🙂 "\\ \n',
      });
    }
  });

  test('[fault 1] an event that is cut in the middle is had again, whole, and without a list', async () => {
    const { wire, direct, behind } = await setUp();
    const { informer, told, cached } = await behind.watch();
    wire.truncateAfter(100);
    await direct.create(flagsPath, newFlag('a', { text: 'x'.repeat(500) }));
    await until('the cut is noticed', () => informer.stats.failures > 0);
    expect(informer.store.size).toBe(0);
    await until('live again', () => informer.state.kind === 'live' && informer.store.size === 1);
    expect(told.map((one) => one.split('@')[0])).toEqual(['synced', 'add a']);
    expect(cached()).toEqual(await direct.list({ gvr: flags }));
    expect(informer.stats.lists).toBe(1);
  });

  test('[fault 5] connections that are reset as soon as they are made: a bounded rate, then recovery', async () => {
    const { wire, direct, behind } = await setUp();
    await direct.create(flagsPath, newFlag('a'));
    const { informer, cached } = await behind.watch();
    wire.resetAfter(0);
    wire.reset();
    const before = wire.connections;
    await sleep(2600);
    // Two attempts, after 0.8 and 1.6 s, and the probe once a second.
    expect(wire.connections - before).toBeLessThan(7);
    expect(informer.state.kind).toBe('stale');
    await direct.create(flagsPath, newFlag('b'));
    wire.resetAfter(undefined);
    await until('live again', () => informer.state.kind === 'live');
    expect(cached()).toEqual(await direct.list({ gvr: flags }));
    expect(informer.stats.lists).toBe(1);
  });

  test('[fault 6] a past that was compacted away while cut off: one list, tombstones, no contradiction', async () => {
    const { server, wire, direct, behind } = await setUp();
    for (const name of ['a', 'b', 'c']) await direct.create(flagsPath, newFlag(name));
    const { informer, told, events, cached, contradictions } = await behind.watch();
    wire.resetAfter(0);
    wire.reset();
    await direct.remove(`${flagsPath}/a`);
    await direct.patch(`${flagsPath}/b`, { spec: { on: true } });
    await direct.remove(`${flagsPath}/c`);
    await direct.create(flagsPath, newFlag('c'));
    server.compact();
    wire.resetAfter(undefined);
    await until('live again', () => informer.state.kind === 'live');
    expect(told.slice(4).map((one) => one.split('@')[0])).toEqual([
      'relisted',
      'delete a',
      'update b',
      'delete c',
      'add c',
    ]);
    expect(events[5]).toMatchObject({ tombstone: true, seen: { by: 'relist' } });
    expect(cached()).toEqual(await direct.list({ gvr: flags }));
    expect(contradictions).toEqual([]);
    expect(informer.stats.lists).toBe(2);
  });

  test('[fault 12] twenty informers over a server that was away: each resumes, without a list', async () => {
    const { server, direct, behind } = await setUp();
    await direct.create(flagsPath, newFlag('a'));
    const watched = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        behind.watch({ gvr: flags, labelSelector: `none!=${index}` }),
      ),
    );
    await server.stop();
    await until('all are stale', () =>
      watched.every(({ informer }) => informer.state.kind === 'stale'),
    );
    await server.start();
    await until('all are live', () =>
      watched.every(({ informer }) => informer.state.kind === 'live'),
    );
    expect(new Set(watched.map(({ informer }) => informer.stats.lists))).toEqual(new Set([1]));
    expect(new Set(watched.map(({ told }) => told.length))).toEqual(new Set([2]));
  });

  test('[I27] stopping leaves no connection at the server', async () => {
    const { wire, direct, behind } = await setUp();
    await direct.create(flagsPath, newFlag('a'));
    await behind.watch();
    expect(wire.open).toBeGreaterThan(0);
    await behind.close();
    await until('all connections are closed', () => wire.open === 0);
  });
});

describe('a bad server', () => {
  test('[fault 10] 429 with Retry-After is waited out', async () => {
    const watches: number[] = [];
    let busy = false;
    const { server, direct, behind } = await setUp({
      intercept: (request) => {
        if (!isWatch(request)) return undefined;
        watches.push(systemClock.monotonic());
        if (!busy) return undefined;
        busy = false;
        const headers = { 'retry-after': '2' };
        return {
          kind: 'body',
          status: 429,
          contentType: 'text/plain',
          body: Buffer.from('later'),
          headers,
        };
      },
    });
    await direct.create(flagsPath, newFlag('a'));
    const { informer } = await behind.watch();
    busy = true;
    server.cutWatches();
    await until('live again', () => informer.state.kind === 'live' && watches.length === 3);
    expect((watches[2] ?? 0) - (watches[1] ?? 0)).toBeGreaterThanOrEqual(2000);
    expect(informer.stats.lists).toBe(1);
  });

  test('[fault 24] a right that is taken away and given back', async () => {
    let denied = false;
    const { server, direct, behind } = await setUp({
      intercept: (request) =>
        denied && request.segments.includes('flags') && request.method === 'GET'
          ? { kind: 'body', status: 403, contentType: 'text/plain', body: Buffer.from('no') }
          : undefined,
    });
    const { informer, cached } = await behind.watch();
    denied = true;
    server.cutWatches();
    await until('forbidden', () => informer.state.kind === 'forbidden');
    await direct.create(flagsPath, newFlag('a'));
    denied = false;
    await until('live again', () => informer.state.kind === 'live');
    expect(cached()).toEqual(await direct.list({ gvr: flags }));
  });

  test('[I28] an older server without aggregated discovery gives the same resources', async () => {
    let legacy = false;
    const { direct } = await setUp({
      intercept: (request) => {
        if (legacy && request.headers.accept?.includes('apidiscovery')) {
          request.headers.accept = 'application/json';
        }
        return undefined;
      },
    });
    const deps = { transport: direct.transport, signal: new AbortController().signal };
    const names = async () =>
      (await discover(deps)).resources
        .map((one) => `${one.group}/${one.version}/${one.resource} ${one.kind} ${one.preferred}`)
        .sort();
    const modern = await names();
    legacy = true;
    expect(await names()).toEqual(modern);
  });
});
