import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  startEmbedded,
  startPeer,
  type Memory,
  type ServerUnderTest,
} from './apiserver-servers.ts';
import type { Order, Outcome, Report, Task } from './apiserver-tasks.ts';
import type { Bench, Result, Size } from './bench.ts';
import { percentile, round } from './statistics.ts';

const objects: Record<Size, number> = { small: 2000, medium: 20_000, large: 100_000 };
const writers = 24;
const watchers = 20;
const pageSize = 500;
/** Events read back by one watch, and written to many: both servers remember as many. */
const events = 400;

/**
 * The embedded API server beside a bare kube-apiserver with its etcd, under the same load in turns. Each
 * as it is usually spoken to: one over plain HTTP, the other over TLS. etcd does not wait for the disk.
 */
export const apiserver: Bench = {
  name: 'apiserver',
  about: 'Start, create, list, watch and memory of the embedded API server and of kube-apiserver.',
  run: async (size, turns) => {
    const startMs = await measureStart(turns);
    await using embedded = disposable(await startEmbedded());
    await using peer = disposable(await startPeer());
    await using load = disposable(startLoad());
    // Awaited here: what is used is stopped when this function returns.
    return await compare({ embedded, peer, load }, objects[size], startMs, turns);
  },
};

/** The median of several starts, each in a process of its own. */
async function measureStart(turns: number): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const server = await startEmbedded();
    times.push(server.startMs);
    await server.stop();
  }
  return percentile(times, 50);
}

interface Rig {
  readonly embedded: ServerUnderTest;
  readonly peer: ServerUnderTest;
  readonly load: Load;
}

async function compare(rig: Rig, count: number, startMs: number, turns: number): Promise<Result> {
  await inTurns(rig, 1, () => ({ kind: 'setup' }));
  const share = count / turns;
  const created = await inTurns(rig, turns, (round) => ({
    kind: 'create',
    from: round * share,
    count: share,
    writers,
  }));
  const listed = await inTurns(rig, turns, () => ({ kind: 'list' }));
  const paged = await inTurns(rig, turns, () => ({ kind: 'list', limit: pageSize }));
  for (const { items } of [...paged.embedded, ...paged.peer]) {
    if (items !== count) throw new Error(`A list of ${count} objects had ${items}.`);
  }
  const added = (round: number): number => count + round * events;
  const fanned = await inTurns(rig, turns, (round) => ({
    kind: 'fanout',
    watchers,
    from: added(round),
    count: events,
    writers,
  }));
  const replayed = await inTurns(rig, turns, (_round, name) => ({
    kind: 'replay',
    // What the last round wrote came after this version.
    revision: fanned[name].at(-1)?.revision ?? '',
    count: events,
  }));
  // Both runtimes give memory back some time after they needed it.
  await wait(2000);
  const memory = { embedded: await rig.embedded.memory(), peer: await rig.peer.memory() };
  const perSecond = ({ items, ms }: Report): number => (items / ms) * 1000;
  const megabytes = ({ bytes, ms }: Report): number => bytes / ms / 1000;
  const rss = { embedded: total(memory.embedded), peer: total(memory.peer) };
  const figures = {
    create: medians(created, perSecond),
    list: medians(listed, megabytes),
    listPaged: medians(paged, megabytes),
    fanout: medians(fanned, perSecond),
    replay: medians(replayed, perSecond),
  };
  return {
    params: { objects: count, turns, writers, watchers, pageSize, events },
    metrics: {
      startMs: round(startMs, 0),
      objectBytes: round((listed.embedded[0]?.bytes ?? 0) / count, 0),
      ...sides('createPerS', figures.create, 0),
      ...sides('listMbPerS', figures.list, 1),
      ...sides('listPagedMbPerS', figures.listPaged, 1),
      ...sides('watchEventsPerS', figures.replay, 0),
      ...sides(`watchEventsPerS${watchers}`, figures.fanout, 0),
      ...Object.fromEntries(
        [...memory.embedded, ...memory.peer].flatMap(({ program, mb, peakMb }) => [
          [`rssMb ${program}`, round(mb, 0)],
          [`rssPeakMb ${program}`, round(peakMb, 0)],
        ]),
      ),
      // Near 1, the load generator would be what was measured.
      loadOnEmbedded: round(
        percentile(
          created.embedded.map(({ load }) => load),
          50,
        ),
      ),
    },
    ratios: {
      'create/kube-apiserver': ratio(figures.create),
      'list/kube-apiserver': ratio(figures.list),
      'listPaged/kube-apiserver': ratio(figures.listPaged),
      'watch/kube-apiserver': ratio(figures.replay),
      [`watch${watchers}/kube-apiserver`]: ratio(figures.fanout),
      'rss/kube-apiserver': ratio(rss),
    },
  };
}

interface Pair<Value> {
  readonly embedded: Value;
  readonly peer: Value;
}

const names = ['embedded', 'peer'] as const;

/** Gives both servers the same task, one after the other, `times` over: A B A B. */
async function inTurns(
  rig: Rig,
  times: number,
  task: (round: number, name: (typeof names)[number]) => Task,
): Promise<Pair<Report[]>> {
  const reports: Pair<Report[]> = { embedded: [], peer: [] };
  for (let round = 0; round < times; round += 1) {
    for (const name of names) {
      const order = { target: rig[name].target, task: task(round, name) };
      try {
        reports[name].push(await rig.load.run(order));
      } catch (error) {
        throw new Error(`The ${name} server, asked to ${order.task.kind}:`, { cause: error });
      }
    }
  }
  return reports;
}

function medians(
  { embedded, peer }: Pair<readonly Report[]>,
  value: (report: Report) => number,
): Pair<number> {
  return {
    embedded: percentile(embedded.map(value), 50),
    peer: percentile(peer.map(value), 50),
  };
}

function ratio({ embedded, peer }: Pair<number>): number {
  return round(embedded / peer);
}

function sides(name: string, pair: Pair<number>, digits: number): Record<string, number> {
  return {
    [name]: round(pair.embedded, digits),
    [`${name} kube-apiserver`]: round(pair.peer, digits),
  };
}

function total(memory: readonly Memory[]): number {
  return memory.reduce((sum, { mb }) => sum + mb, 0);
}

interface Load {
  run(order: Order): Promise<Report>;
  stop(): Promise<void>;
}

/** The load generator, in a process of its own. */
function startLoad(): Load {
  const child = fork(path.join(import.meta.dirname, 'apiserver-load.ts'));
  const exited = once(child, 'exit').then(() => {
    throw new Error('The load generator has ended.');
  });
  exited.catch(() => undefined);
  return {
    run: async (order) => {
      child.send(order);
      const [outcome] = (await Promise.race([once(child, 'message'), exited])) as [Outcome];
      if ('error' in outcome) throw new Error(outcome.error);
      return outcome.report;
    },
    stop: async () => {
      child.disconnect();
      await exited.catch(() => undefined);
    },
  };
}

function disposable<Stoppable extends { stop(): Promise<void> }>(
  stoppable: Stoppable,
): Stoppable & AsyncDisposable {
  return { ...stoppable, [Symbol.asyncDispose]: () => stoppable.stop() };
}
