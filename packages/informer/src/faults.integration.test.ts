import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeApiServer } from '@kindscope/fake-apiserver';
import type { Fault, FakeApiServerOptions } from '@kindscope/fake-apiserver';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createDirectory } from './testing/kubeconfig-file.ts';
import {
  connect,
  flagsPath,
  hurriedClock,
  installFlags,
  newFlag,
  until,
} from './testing/live-cluster.ts';
import { flags } from './testing/objects.ts';

vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** An informer's five minutes without a sign of life pass in three seconds. */
const FASTER = 100;

/** A server with three flags, a client that no fault meets, and one whose clock is fast. */
async function setUp(options: FakeApiServerOptions = {}) {
  const server = await createFakeApiServer(options);
  cleanups.push(() => server.close());
  const directory = createDirectory();
  cleanups.push(() => directory.remove());
  const kubeconfig = join(directory.path, 'config');
  writeFileSync(kubeconfig, server.kubeconfig());
  const direct = connect(kubeconfig);
  cleanups.push(() => direct.close());
  const hurried = connect(kubeconfig, hurriedClock(FASTER));
  cleanups.push(() => hurried.close());
  await installFlags(direct);
  for (const name of ['a', 'b', 'c']) await direct.create(flagsPath, newFlag(name));
  return { server, direct, hurried };
}

type Setting = Awaited<ReturnType<typeof setUp>>;

const RESOURCE = 'flags.demo.example.io';

/** One of every kind of change. */
async function change({ direct }: Setting): Promise<void> {
  await direct.patch(`${flagsPath}/a`, { spec: { text: 'ü€🙂' } });
  await direct.remove(`${flagsPath}/b`);
  await direct.create(flagsPath, newFlag('d', { size: '9007199254740993' }));
  await direct.remove(`${flagsPath}/c`);
  await direct.create(flagsPath, newFlag('c', { again: true }));
}

type Watched = Awaited<ReturnType<Setting['hurried']['watch']>>;

/** The cache, what its events add up to, and the server say the same. */
async function expectSame({ direct }: Setting, watched: Watched): Promise<void> {
  const wanted = await direct.list({ gvr: flags });
  await until('the cache is what the server has', () => {
    return (
      watched.informer.state.kind === 'live' &&
      JSON.stringify(watched.cached()) === JSON.stringify(wanted)
    );
  });
  expect(watched.replayed()).toEqual(wanted);
  expect(watched.contradictions).toEqual([]);
}

const watchFaults: readonly Fault[] = [
  { kind: 'status', code: 429, retryAfterSeconds: 1, times: 2 },
  { kind: 'status', code: 500, times: 3 },
  { kind: 'status', code: 503, retryAfterSeconds: 1, times: 3 },
  { kind: 'status', code: 410, times: 2 },
  { kind: 'delay', ms: 300, times: 2 },
  { kind: 'cut', times: 3 },
  { kind: 'cut', afterEvents: 1, times: 3 },
  { kind: 'cut', afterBytes: 100, times: 2 },
  { kind: 'half-open', times: 1 },
  { kind: 'half-open', afterEvents: 2, times: 1 },
  { kind: 'garbage', times: 2 },
  { kind: 'garbage', afterEvents: 1, times: 2 },
  { kind: 'truncated', times: 2 },
  { kind: 'truncated', afterEvents: 2, times: 2 },
  { kind: 'expired', times: 2 },
  { kind: 'expired', afterEvents: 1, times: 2 },
];

const listFaults: readonly Fault[] = [
  { kind: 'status', code: 429, retryAfterSeconds: 1, times: 2 },
  { kind: 'status', code: 500, times: 3 },
  { kind: 'status', code: 503, times: 3 },
  { kind: 'delay', ms: 300, times: 1 },
  { kind: 'cut', times: 3 },
  { kind: 'cut', afterBytes: 0, times: 2 },
  { kind: 'cut', afterBytes: 100, times: 2 },
  // Within a body the silence is measured by the machine's own clock, a minute long.
  { kind: 'half-open', times: 1 },
  { kind: 'garbage', times: 2 },
  { kind: 'truncated', times: 2 },
  { kind: 'expired', times: 2 },
];

describe('an informer ends up with what the server has', () => {
  test.each(watchFaults)('when its watch meets %j', async (fault) => {
    const setting = await setUp();
    const watched = await setting.hurried.watch();
    const added = setting.server.faults.add({
      ...fault,
      on: { resource: RESOURCE, verb: 'watch' },
    });
    // What is answered with a code must be asked first.
    if (fault.kind === 'status') setting.server.cutWatches();
    await change(setting);
    await expectSame(setting, watched);
    expect(added.hits).toBeGreaterThan(0);
  });

  test.each(listFaults)('when its first list meets %j', async (fault) => {
    const setting = await setUp();
    const added = setting.server.faults.add({ ...fault, on: { resource: RESOURCE, verb: 'list' } });
    const watched = await setting.hurried.watch();
    expect(added.hits).toBe(fault.times);
    await change(setting);
    added.remove();
    await expectSame(setting, watched);
  });

  test('when its resource is frozen for a while', async () => {
    const setting = await setUp();
    const watched = await setting.hurried.watch();
    const before = watched.cached();
    const on = { resource: RESOURCE, verb: ['list', 'watch'] } as const;
    const frozen = setting.server.faults.add({ kind: 'freeze', on });
    await change(setting);
    expect(watched.cached()).toEqual(before);
    frozen.remove();
    await expectSame(setting, watched);
  });

  test('when the server restarts with its past compacted away', async () => {
    const setting = await setUp();
    const watched = await setting.hurried.watch();
    const on = { resource: RESOURCE, verb: 'watch' } as const;
    const cut = setting.server.faults.add({ kind: 'cut', on });
    await change(setting);
    setting.server.compact(RESOURCE);
    await setting.server.stop();
    await setting.server.start();
    await until('the server is back', () =>
      setting.direct.get(flagsPath).then(
        () => true,
        () => false,
      ),
    );
    cut.remove();
    await expectSame(setting, watched);
    expect(watched.informer.stats.lists).toBe(2);
  });

  test.each([1, 2, 3, 4, 5])('through everything at once, seed %i', async (seed) => {
    const setting = await setUp({ seed });
    const watched = await setting.hurried.watch();
    const on = { resource: RESOURCE, verb: ['list', 'watch'] } as const;
    const all = [...watchFaults, ...listFaults].map(({ times: _times, ...fault }) =>
      setting.server.faults.add({ ...fault, on, probability: 0.1 }),
    );
    for (let round = 0; round < 40; round += 1) {
      await setting.direct.patch(`${flagsPath}/a`, { spec: { round } });
      await setting.direct.create(flagsPath, newFlag(`new-${round}`));
      if (round % 3 === 0) await setting.direct.remove(`${flagsPath}/new-${round}`);
      if (round % 8 === 0) setting.server.compact();
      if (round % 10 === 0) setting.server.cutWatches();
    }
    setting.server.faults.clear();
    await expectSame(setting, watched);
    expect(all.reduce((hits, fault) => hits + fault.hits, 0)).toBeGreaterThan(0);
  });
});
