import { systemClock, type Clock } from '@kindscope/informer';
import type { RollingItem } from '@kindscope/protocol';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  crdPath,
  forbidden,
  startLiveCluster,
  widget,
  widgetCrd,
  widgetPath,
  widgets,
  type LiveCluster,
  type LiveClusterOptions,
} from '../testing/live-cluster.ts';
import { createMemoryChangeLog } from '../timeline/memory-change-log.ts';
import { createRevisionLog } from '../timeline/revision-log.ts';
import { createRolling, type Rolling } from './rolling.ts';

let cluster: LiveCluster;
let rolling: Rolling | undefined;
/** How far the wall clock is ahead of the machine's, and the timers that only a test runs. */
let ahead = 0;
let waiting: Map<() => void, number>;
const clock: Clock = {
  monotonic: () => systemClock.monotonic(),
  now: () => systemClock.now() + ahead,
  after(ms, callback) {
    if (ms < 2000) return systemClock.after(ms, callback);
    waiting.set(callback, ms);
    return () => waiting.delete(callback);
  },
};

/** Long: other tests run on this machine meanwhile. */
const waitFor = <T>(check: () => T) => vi.waitFor(check, 5000);

beforeEach(() => {
  ahead = 0;
  waiting = new Map();
});
afterEach(async () => {
  rolling?.close();
  rolling = undefined;
  await cluster.close();
});

const deployments = '/apis/apps/v1/namespaces/default/deployments';

function deployment(name: string, spec: object = {}) {
  const labels = { app: name };
  return {
    metadata: { name },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
      ...spec,
    },
  };
}

/** The status of a Deployment whose controller has seen this generation. */
function status(ready: number, reason: string, at: string, generation = 1) {
  const time = { lastTransitionTime: at, lastUpdateTime: at };
  const failing = reason === 'ProgressDeadlineExceeded';
  return {
    status: {
      observedGeneration: generation,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: ready,
      availableReplicas: ready,
      unavailableReplicas: 2 - ready,
      conditions: [
        { type: 'Available', status: ready === 2 ? 'True' : 'False', ...time },
        { type: 'Progressing', status: failing ? 'False' : 'True', reason, ...time },
      ],
    },
  };
}

const now = () => new Date().toISOString();
const longAgo = '2020-01-01T00:00:00Z';

async function start(options: LiveClusterOptions = {}): Promise<void> {
  cluster = await startLiveCluster({ lingerMs: 0, ...options });
  await waitFor(() => expect(cluster.catalog.ready).toBe(true));
}

async function roll(namespace?: string): Promise<Rolling> {
  const log = pino({ level: 'silent' });
  const changes = createMemoryChangeLog();
  const revisions = createRevisionLog();
  const made = createRolling(
    { catalog: cluster.catalog, changes, revisions, clock, log },
    { namespace },
  );
  rolling = made;
  await waitFor(() => expect(made.freshness.kind).toBe('live'));
  return made;
}

const short = ({ items }: Rolling) =>
  items.map(({ name, state }: RollingItem) => `${state.kind} ${name}`);
const shows = (one: Rolling, expected: string[]) =>
  waitFor(() => expect(short(one)).toEqual(expected));

async function create(name: string, ...args: Parameters<typeof status>): Promise<void> {
  await cluster.send('POST', deployments, deployment(name));
  await cluster.send('PATCH', `${deployments}/${name}/status`, status(...args));
}

/** The reference of what is owned by the object at this path. */
async function ownedBy(path: string, kind: string) {
  const { url, token } = cluster.api;
  const headers = { authorization: `Bearer ${token}` };
  const answer = (await (await fetch(`${url}${path}`, { headers })).json()) as {
    metadata: { uid: string; name: string };
  };
  const { uid, name } = answer.metadata;
  return { apiVersion: 'apps/v1', kind, name, uid, controller: true };
}

describe('what is rolling', () => {
  it('is what does not go on, then what does, then what became healthy a moment ago', async () => {
    await start();
    await create('stuck', 0, 'ProgressDeadlineExceeded', now());
    await create('going', 1, 'ReplicaSetUpdated', now());
    await create('through', 2, 'NewReplicaSetAvailable', now());
    const found = await roll();
    await shows(found, ['stuck stuck', 'progressing going', 'healthy through']);
    expect(found.items[1]).toMatchObject({
      resource: { group: 'apps', version: 'v1', resource: 'deployments' },
      kind: 'Deployment',
      namespace: 'default',
      ready: { is: 1, of: 2 },
    });
    expect(found.lacks).toEqual([]);
    expect(found.kinds.map(({ resource }) => resource)).toEqual([
      'daemonsets',
      'deployments',
      'statefulsets',
      'jobs',
    ]);
  });

  it('leaves ten minutes after it became healthy', async () => {
    await start();
    await create('a', 1, 'ReplicaSetUpdated', now());
    const found = await roll();
    await shows(found, ['progressing a']);
    await cluster.send(
      'PATCH',
      `${deployments}/a/status`,
      status(2, 'NewReplicaSetAvailable', longAgo),
    );
    await shows(found, ['healthy a']);
    ahead = 9 * 60_000;
    for (const tick of waiting.keys().toArray()) tick();
    expect(short(found)).toEqual(['healthy a']);
    ahead = 11 * 60_000;
    for (const tick of waiting.keys().toArray()) tick();
    expect(short(found)).toEqual([]);
  });

  it('begins when its spec is written', async () => {
    await start();
    await create('a', 2, 'NewReplicaSetAvailable', now());
    const found = await roll();
    await shows(found, ['healthy a']);
    ahead = 60_000;
    await cluster.send('PATCH', `${deployments}/a`, { spec: { replicas: 3 } });
    await shows(found, ['progressing a']);
    expect(found.items[0]?.state.since).toBeGreaterThan(systemClock.now() + 50_000);
    await cluster.send('DELETE', `${deployments}/a`);
    await shows(found, []);
  });

  it('is limited to a namespace where one is named', async () => {
    await start({
      prepare: (send) => send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } }),
    });
    await create('elsewhere', 1, 'ReplicaSetUpdated', now());
    await cluster.send('POST', deployments.replace('default', 'shop'), deployment('here'));
    const found = await roll('shop');
    await shows(found, ['progressing here']);
    const scopes = cluster.catalog.informers().map(({ namespace }) => namespace);
    expect(new Set(scopes)).toEqual(new Set([undefined, 'shop']));
  });

  it('says which kinds it may not see', async () => {
    await start({
      intercept: ({ segments }) => (segments.includes('jobs') ? forbidden() : undefined),
    });
    await create('a', 1, 'ReplicaSetUpdated', now());
    const found = await roll();
    await shows(found, ['progressing a']);
    await waitFor(() =>
      expect(found.lacks).toMatchObject([
        { resource: { resource: 'jobs' }, fault: { code: 'forbidden' } },
      ]),
    );
  });

  it("is that of the context's namespace where the whole cluster is refused, which is said", async () => {
    await start({
      fallbackNamespace: 'default',
      intercept: ({ segments }) =>
        segments.at(-1) === 'deployments' && !segments.includes('namespaces')
          ? forbidden()
          : undefined,
    });
    await create('a', 1, 'ReplicaSetUpdated', now());
    const found = await roll();
    await shows(found, ['progressing a']);
    expect(found.lacks.map(({ fault }) => fault.code)).toEqual(['namespace-only']);
  });

  it('is 500 at most, and says how many more there are', async () => {
    await start();
    const makeSome = async (from: number) => {
      for (let number = from; number < 510; number += 10) {
        await cluster.send('POST', deployments, deployment(`d-${number}`));
      }
    };
    await Promise.all(Array.from({ length: 10 }, (_, from) => makeSome(from)));
    const found = await roll();
    expect(found.items).toHaveLength(500);
    expect(found.lacks.map(({ fault }) => fault)).toEqual([
      expect.objectContaining({ detail: expect.stringContaining('10 more') }),
      expect.objectContaining({ detail: expect.stringContaining('the 16 newest') }),
    ]);
  }, 20_000);

  it('is stuck by the pods that it owns, as its own page says, until it is healthy', async () => {
    await start();
    await create('web', 1, 'ReplicaSetUpdated', now());
    const { spec } = deployment('web');
    const sets = deployments.replace('deployments', 'replicasets');
    const labels = spec.template.metadata.labels;
    await cluster.send('POST', sets, {
      metadata: {
        name: 'web-1',
        labels,
        ownerReferences: [await ownedBy(`${deployments}/web`, 'Deployment')],
      },
      spec,
    });
    const found = await roll();
    await shows(found, ['progressing web']);
    const pods = '/api/v1/namespaces/default/pods';
    const ownerReferences = [await ownedBy(`${sets}/web-1`, 'ReplicaSet')];
    const metadata = { name: 'web-1-x', labels, ownerReferences };
    await cluster.send('POST', pods, { metadata, spec: spec.template.spec });
    const waits = { reason: 'CrashLoopBackOff', message: 'back-off 10s' };
    const container = { name: 'c', ready: false, restartCount: 3, image: 'i:1', imageID: '' };
    await cluster.send('PATCH', `${pods}/web-1-x/status`, {
      status: {
        phase: 'Running',
        containerStatuses: [{ ...container, state: { waiting: waits } }],
      },
    });
    await shows(found, ['stuck web']);
    await cluster.send(
      'PATCH',
      `${deployments}/web/status`,
      status(2, 'NewReplicaSetAvailable', now()),
    );
    await shows(found, ['healthy web']);
    await waitFor(() =>
      expect(cluster.catalog.informers().map(({ kind }) => kind)).not.toContain('Pod'),
    );
  }, 20_000);
});

describe('custom resources', () => {
  const ready = (is: string, at: string) => ({
    status: {
      conditions: [{ type: 'Ready', status: is, reason: 'Because', lastTransitionTime: at }],
    },
  });
  const withWidgets: LiveClusterOptions = {
    async prepare(send) {
      await send('POST', crdPath, widgetCrd());
      await send('POST', widgetPath('default'), { ...widget('bad'), ...ready('False', now()) });
      await send('POST', widgetPath('default'), { ...widget('good'), ...ready('True', longAgo) });
      await send('POST', widgetPath('default'), widget('silent'));
    },
  };

  it('are looked at while they are watched, and are not kept watched for it', async () => {
    await start(withWidgets);
    const lease = cluster.catalog.open(widgets);
    if (!lease.ok) throw new Error(lease.fault.detail);
    await waitFor(() => expect(lease.value.source.freshness.kind).toBe('live'));
    const found = await roll();
    await waitFor(() => expect(found.items.map(({ name }) => name)).toContain('bad'));
    expect(found.items.map(({ name }) => name)).not.toContain('silent');
    expect(found.kinds).toContainEqual(widgets);
    const informer = cluster.catalog
      .informers()
      .find(({ resource }) => resource.resource === 'widgets');
    expect(informer?.viewers).toBe(1);
    lease.value.release();
    await waitFor(() => expect(found.items).toEqual([]));
    expect(found.kinds).not.toContainEqual(widgets);
  });

  it('that begin to be watched while somebody looks are looked at too', async () => {
    await start(withWidgets);
    const found = await roll();
    expect(found.items).toEqual([]);
    const lease = cluster.catalog.open(widgets, 'default', { limited: true });
    if (!lease.ok) throw new Error(lease.fault.detail);
    await waitFor(() => expect(found.items.map(({ name }) => name)).toContain('bad'));
    await cluster.send('DELETE', widgetPath('default', 'bad'));
    await waitFor(() => expect(found.items.map(({ name }) => name)).not.toContain('bad'));
    lease.value.release();
  });
});

it('leaves no watch behind when nobody looks', async () => {
  await start();
  const found = await roll();
  expect(cluster.catalog.informers().length).toBeGreaterThan(4);
  found.close();
  await waitFor(() =>
    expect(cluster.catalog.informers().map(({ kind }) => kind)).toEqual([
      'CustomResourceDefinition',
    ]),
  );
});
