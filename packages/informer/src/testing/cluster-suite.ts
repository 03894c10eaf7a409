import { isLosslessNumber, parseJson, valueAt } from '@kindscope/kube';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { discover } from '../discovery.ts';
import { countObjects } from '../object-count.ts';
import { connect, crdPath, flagsPath, installFlags, newFlag, until } from './live-cluster.ts';
import type { Connection } from './live-cluster.ts';
import { flags } from './objects.ts';

/** A cluster that this suite has for itself. */
export interface SuiteCluster {
  /** Path of a kubeconfig. */
  readonly kubeconfig: string;
  /** Ends the API server as a crash would; its data stays. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const signal = new AbortController().signal;

/** What must be true of the informer at any API server, embedded or real: the oracle is a LIST. */
export function testInformerAt(name: string, setUp: () => Promise<SuiteCluster>): void {
  vi.setConfig({ testTimeout: 60_000 });
  describe(`an informer at ${name}`, () => {
    let cluster: SuiteCluster;
    let connection: Connection;

    beforeAll(async () => {
      cluster = await setUp();
    }, 120_000);
    afterAll(async () => cluster.close(), 60_000);
    beforeEach(async () => {
      connection = connect(cluster.kubeconfig);
      await installFlags(connection);
    }, 30_000);
    afterEach(async () => {
      await connection.remove(`${crdPath}/flags.demo.example.io`);
      await until('the CRD is gone', async () => {
        const path = `${crdPath}/flags.demo.example.io`;
        const response = await connection.transport.request({ path, signal });
        await response.text();
        return response.status === 404;
      });
      await connection.close();
    }, 30_000);

    test('the cache is what a list says, after objects were created, changed and deleted at random', async () => {
      const { informer, cached, replayed, contradictions } = await connection.watch();
      let seed = 7;
      const draw = (below: number): number => (seed = (seed * 16_807) % 2_147_483_647) % below;
      const alive: string[] = [];
      for (let index = 0; index < 120; index += 1) {
        const chosen = alive[draw(alive.length + 1)];
        if (chosen === undefined || alive.length < 5) {
          const made = `flag-${index}`;
          await connection.create(flagsPath, newFlag(made, { step: index }));
          alive.push(made);
        } else if (draw(3) === 0) {
          await connection.remove(`${flagsPath}/${chosen}`);
          alive.splice(alive.indexOf(chosen), 1);
        } else {
          await connection.patch(`${flagsPath}/${chosen}`, { spec: { step: index } });
        }
      }
      const truth = await connection.list({ gvr: flags });
      await until('the cache has followed', () => String(cached()) === String(truth));
      expect(replayed()).toEqual(truth);
      expect(contradictions).toEqual([]);
      expect(informer.stats).toMatchObject({ lists: 1, failures: 0, skipped: 0 });
    });

    test('[I2] more objects than a page holds are all there, and counted', async () => {
      const names = Array.from(
        { length: 530 },
        (_, index) => `flag-${String(index).padStart(3, '0')}`,
      );
      for (let at = 0; at < names.length; at += 40) {
        const some = names.slice(at, at + 40);
        await Promise.all(some.map((one) => connection.create(flagsPath, newFlag(one))));
      }
      const { cached } = await connection.watch();
      expect(cached()).toHaveLength(530);
      expect(cached()).toEqual(await connection.list({ gvr: flags }));
      expect(await countObjects({ ...connection, gvr: flags, signal })).toEqual({
        ok: true,
        count: 530,
      });
    });

    test('[I29] a number beyond 2^53 comes as it was written, in the list and in the event', async () => {
      const big = parseJson('1795351674012986412');
      await connection.create(flagsPath, newFlag('listed', { id: big }));
      const { informer } = await connection.watch();
      await connection.create(flagsPath, newFlag('watched', { id: big }));
      await until('the event has come', () => informer.store.size === 2);
      for (const object of informer.store.values()) {
        const id = valueAt(object.parse(), 'spec', 'id');
        expect(isLosslessNumber(id) && id.rawJSON).toBe('1795351674012986412');
      }
    });

    test('[I24] [fault 33] an object that stops matching the selector is removed, and enters again', async () => {
      await connection.create(flagsPath, newFlag('a', {}, { tier: 'gold' }));
      await connection.create(flagsPath, newFlag('b', {}, { tier: 'iron' }));
      const { told, informer } = await connection.watch({ gvr: flags, labelSelector: 'tier=gold' });
      expect(informer.store.size).toBe(1);
      await connection.patch(`${flagsPath}/a`, { metadata: { labels: { tier: 'iron' } } });
      await until('a has left', () => informer.store.size === 0);
      await connection.patch(`${flagsPath}/b`, { metadata: { labels: { tier: 'gold' } } });
      await until('b has entered', () => informer.store.size === 1);
      expect(told.map((one) => one.split('@')[0])).toEqual([
        'add a',
        'synced',
        'delete a',
        'add b',
      ]);
    });

    test('[I25] metadata alone comes, in the list and in the events', async () => {
      await connection.create(flagsPath, newFlag('listed', { step: 1 }, { tier: 'gold' }));
      const { informer, cached, told } = await connection.watch({ gvr: flags, form: 'metadata' });
      await connection.create(flagsPath, newFlag('watched', { step: 1 }));
      await connection.patch(`${flagsPath}/watched`, { spec: { step: 2 } });
      await connection.remove(`${flagsPath}/listed`);
      await until('all of it has come', () => told.length >= 5 && informer.store.size === 1);
      expect(cached()).toEqual(await connection.list({ gvr: flags }));
      const object = informer.store.get('default/watched')?.parse();
      expect(Object.keys(object ?? {}).toSorted()).toEqual(['apiVersion', 'kind', 'metadata']);
      expect(informer.stats).toMatchObject({ lists: 1, failures: 0, skipped: 0 });
    });

    test('[I28] discovery finds what a CRD serves', async () => {
      const { resources, faults } = await discover({ ...connection, signal });
      expect(faults).toEqual([]);
      expect(resources.find((one) => one.resource === 'flags')).toMatchObject({
        group: 'demo.example.io',
        version: 'v1',
        kind: 'Flag',
        namespaced: true,
        preferred: true,
        shortNames: ['fl'],
      });
      expect(resources.some((one) => one.group === '' && one.resource === 'namespaces')).toBe(true);
    });

    test('[I13] an API server that is restarted: stale, then live, with the same cache and nothing invented', async () => {
      for (const one of ['a', 'b', 'c']) await connection.create(flagsPath, newFlag(one));
      const { informer, told, states, cached } = await connection.watch();
      const before = cached();
      const heard = told.length;
      const news = () => told.slice(heard).filter((one) => one !== 'relisted');
      connection.probe.check();
      await until('connected', () => connection.probe.state.kind === 'connected');

      await cluster.stop();
      // How soon, the tests with a clock of their own say: here the machine may be busy.
      await until('unreachable', () => connection.probe.state.kind === 'unreachable');
      await until('stale', () => informer.state.kind === 'stale');
      expect(cached()).toEqual(before);

      await cluster.start();
      await until('live again', () => informer.state.kind === 'live');
      await until('connected again', () => connection.probe.state.kind === 'connected');
      expect(states.map(({ kind }) => kind)).not.toContain('forbidden');
      expect(states.map(({ kind }) => kind)).not.toContain('gone');
      expect(cached()).toEqual(await connection.list({ gvr: flags }));
      expect(cached()).toEqual(before);
      expect(news()).toEqual([]);

      await connection.patch(`${flagsPath}/a`, { spec: { on: true } });
      await until('the change after it is seen', () => news().length > 0);
      expect(told.at(-1)).toMatch(/^update a@/);
    });

    test('[fault 17] [fault 18] a CRD deleted and created anew: deletes, gone, then live with what is new', async () => {
      await connection.create(flagsPath, newFlag('a'));
      const { informer, told, events } = await connection.watch();
      await connection.remove(`${crdPath}/flags.demo.example.io`);
      await until('the object is deleted', () => informer.store.size === 0);
      await until('gone', () => informer.state.kind === 'gone', 20_000);
      await until('the CRD can be created', async () =>
        installFlags(connection).then(
          () => true,
          () => false,
        ),
      );
      await connection.create(flagsPath, newFlag('a'));
      informer.wake();
      await until(
        'live with the new one',
        () => informer.state.kind === 'live' && informer.store.size === 1,
      );
      expect(told.map((one) => one.split('@')[0])).toEqual([
        'add a',
        'synced',
        'delete a',
        'relisted',
        'add a',
      ]);
      const uids = new Set(events.flatMap((event) => ('new' in event ? [event.new.uid] : [])));
      expect(uids.size).toBe(2);
    });
  });
}
