import { systemClock, type Clock } from '@kindscope/informer';
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
import { createOwnedTree, type OwnedTree, type TreeObject } from './owned-tree.ts';

/** Long: other tests run on this machine meanwhile. */
const waitFor = <T>(check: () => T) => vi.waitFor(check, 5000);

let cluster: LiveCluster;
let tree: OwnedTree | undefined;
/** Long timers run when a test says so; short ones by themselves. */
let waiting: Map<() => void, number>;
const clock: Clock = {
  ...systemClock,
  after(ms, callback) {
    if (ms < 5000) return systemClock.after(ms, callback);
    waiting.set(callback, ms);
    return () => waiting.delete(callback);
  },
};

function pass(ms: number): void {
  const due = waiting.entries().filter(([, after]) => after <= ms);
  for (const [callback] of due.toArray()) {
    waiting.delete(callback);
    callback();
  }
}

beforeEach(() => {
  waiting = new Map();
});
afterEach(async () => {
  tree?.close();
  tree = undefined;
  await cluster.close();
});

const configMaps = '/api/v1/namespaces/default/configmaps';
const gadgetPath = '/apis/example.com/v1/namespaces/default/gadgets';
const web: TreeObject = { resource: widgets, namespace: 'default', name: 'web' };

async function start(options: LiveClusterOptions = {}): Promise<void> {
  cluster = await startLiveCluster({
    lingerMs: 0,
    ...options,
    async prepare(send) {
      await send('POST', crdPath, widgetCrd());
      await send('POST', crdPath, widgetCrd('gadgets'));
      await send('POST', widgetPath('default'), widget('web'));
      await options.prepare?.(send);
    },
  });
  await waitFor(() => expect(cluster.catalog.ready).toBe(true));
}

function grow(object: TreeObject = web, maxWatches?: number): OwnedTree {
  const log = pino({ level: 'silent' });
  const limit = maxWatches === undefined ? {} : { maxWatches };
  const grown = createOwnedTree({ catalog: cluster.catalog, clock, log, ...limit }, object);
  if (!grown.ok) throw new Error(grown.fault.detail);
  tree = grown.value;
  return tree;
}

async function get(path: string): Promise<unknown> {
  const { url, token } = cluster.api;
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return response.json();
}

async function uidOf(path: string): Promise<string> {
  return ((await get(path)) as { metadata: { uid: string } }).metadata.uid;
}

const kindsOf: Readonly<Record<string, string>> = {
  widgets: 'Widget',
  gadgets: 'Gadget',
  crates: 'Crate',
  gizmos: 'Gizmo',
};

/** Metadata of an object that what is at `path` owns. */
async function ownedBy(path: string, name: string) {
  const [owner = '', plural = ''] = path.split('/').toReversed();
  const kind = kindsOf[plural];
  const reference = { apiVersion: 'example.com/v1', kind, name: owner, uid: await uidOf(path) };
  return { name, ownerReferences: [{ ...reference, controller: true }] };
}

const webPath = widgetPath('default', 'web');

async function ownGadget(name: string, owner = webPath): Promise<void> {
  const gadget = { apiVersion: 'example.com/v1', kind: 'Gadget' };
  await cluster.send('POST', gadgetPath, { ...gadget, metadata: await ownedBy(owner, name) });
}

async function ownMap(name: string, owner: string): Promise<void> {
  await cluster.send('POST', configMaps, { metadata: await ownedBy(owner, name) });
}

async function say(uid: string, name: string, reason: string): Promise<void> {
  await cluster.send('POST', '/api/v1/namespaces/default/events', {
    metadata: { name, namespace: 'default' },
    involvedObject: { apiVersion: 'example.com/v1', kind: 'Gadget', namespace: 'default', uid },
    reason,
    message: 'said',
    type: 'Warning',
    count: 3,
    firstTimestamp: '2026-11-22T10:00:00Z',
    lastTimestamp: '2026-11-22T10:05:00Z',
    source: { component: 'test' },
  });
}

const isSettled = (one: OwnedTree) => waitFor(() => expect(one.settled).toBe(true));

function shape(one: OwnedTree): string[] {
  const nodes = [...one.nodes()];
  const nameOf = (uid: string | undefined) =>
    nodes.find((node) => node.uid === uid)?.handle.name ?? '';
  return nodes
    .map(({ parent, handle, resource, metadataOnly }) => {
      const whole = metadataOnly ? ' (metadata)' : '';
      return `${nameOf(parent)} > ${resource.resource}/${handle.name}${whole}`;
    })
    .sort();
}

const looksLike = (one: OwnedTree, expected: string[]) =>
  waitFor(() => expect(shape(one)).toEqual(expected));

/** Group and resource of what is watched whole, and of what is by metadata, besides the definitions. */
function watched() {
  const all = cluster.catalog.informers().filter(({ kind }) => kind !== 'CustomResourceDefinition');
  const names = (metadataOnly: true | undefined) =>
    all
      .filter((informer) => informer.metadataOnly === metadataOnly)
      .map(
        ({ resource, namespace }) => `${namespace ?? '*'} ${resource.group}/${resource.resource}`,
      )
      .sort();
  return { whole: names(undefined), byMetadata: names(true) };
}

describe('the tree of an object', () => {
  it('has what it owns over several levels, of any kind, and watches those kinds whole', async () => {
    await start();
    await ownGadget('g');
    await ownMap('m', `${gadgetPath}/g`);
    await cluster.send('POST', configMaps, { metadata: { name: 'other' } });
    const grown = grow();
    expect(grown.settled).toBe(false);
    await isSettled(grown);
    expect(shape(grown)).toEqual([' > widgets/web', 'g > configmaps/m', 'web > gadgets/g']);
    expect(grown.root?.handle.name).toBe('web');
    expect(grown.lacks).toEqual([]);
    await waitFor(() => expect(grown.freshness).toEqual({ kind: 'live' }));
    await waitFor(() =>
      expect(watched().whole).toEqual([
        'default /configmaps',
        'default events.k8s.io/events',
        'default example.com/gadgets',
        'default example.com/widgets',
      ]),
    );
    expect(watched().byMetadata).toContain('default /pods');
  });

  it('is looked for in each namespaced kind once, never in Events, and only in its namespace', async () => {
    await start();
    const grown = grow();
    await isSettled(grown);
    const { whole, byMetadata } = watched();
    const kinds = cluster.catalog
      .resources()
      .filter(({ namespaced, verbs }) => namespaced && verbs.includes('watch'))
      .map(({ group, resource }) => `default ${group}/${resource}`)
      .filter((name) => name !== 'default /events');
    expect([...whole, ...byMetadata].toSorted()).toEqual(kinds.toSorted());
    expect(whole).toEqual(['default events.k8s.io/events', 'default example.com/widgets']);
    const lists = cluster.seen.filter(({ line }) => line.endsWith('/configmaps?limit=500'));
    expect(lists.map(({ line }) => line)).toEqual([`GET ${configMaps}?limit=500`]);
    expect(cluster.catalog.find(widgets)?.watch).toBe('unwatched');
  });

  it('follows what comes and goes, and tells each change', async () => {
    await start();
    const grown = grow();
    await isSettled(grown);
    const told = vi.fn<() => void>();
    grown.subscribe(told);
    await ownGadget('g');
    await looksLike(grown, [' > widgets/web', 'web > gadgets/g']);
    expect(told).toHaveBeenCalled();
    const [before] = [...grown.nodes()].filter(({ handle }) => handle.name === 'web');
    await ownMap('m', `${gadgetPath}/g`);
    await looksLike(grown, [' > widgets/web', 'g > configmaps/m', 'web > gadgets/g']);
    expect(grown.root).toBe(before);
    await cluster.send('DELETE', `${configMaps}/m`);
    await looksLike(grown, [' > widgets/web', 'web > gadgets/g']);
    await waitFor(() => expect(grown.freshness.kind).toBe('live'));
    told.mockClear();
    const stray = { apiVersion: 'example.com/v1', kind: 'Gadget', metadata: { name: 'stray' } };
    await cluster.send('POST', gadgetPath, stray);
    await cluster.send('PATCH', `${gadgetPath}/g`, { metadata: { labels: { round: '2' } } });
    const labels = () => [...grown.nodes()].map(({ handle }) => handle.labels['round']);
    await waitFor(() => expect(labels()).toContain('2'));
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('that is created again under its name is another one, with a tree of its own', async () => {
    await start();
    await ownGadget('g');
    const grown = grow();
    await isSettled(grown);
    const first = grown.root?.uid;
    await cluster.send('DELETE', webPath);
    await looksLike(grown, []);
    expect(grown.root).toBeUndefined();
    await cluster.send('POST', widgetPath('default'), widget('web'));
    await looksLike(grown, [' > widgets/web']);
    expect(grown.root?.uid).not.toBe(first);
    await ownGadget('h');
    await looksLike(grown, [' > widgets/web', 'web > gadgets/h']);
  });

  it('is empty and settled where there is no such object', async () => {
    await start();
    const grown = grow({ ...web, name: 'nobody' });
    await isSettled(grown);
    expect(shape(grown)).toEqual([]);
    expect(grown.root).toBeUndefined();
  });

  it('shares a watch that runs already, and finds in it at once', async () => {
    await start();
    await ownGadget('g');
    const gadgets = { ...widgets, resource: 'gadgets' };
    const lease = cluster.catalog.open(gadgets);
    if (!lease.ok) throw new Error(lease.fault.detail);
    await waitFor(() => expect(lease.value.source.freshness.kind).toBe('live'));
    const grown = grow();
    await isSettled(grown);
    expect(shape(grown)).toEqual([' > widgets/web', 'web > gadgets/g']);
    expect(watched().whole.filter((name) => name.endsWith('gadgets'))).toEqual([
      '* example.com/gadgets',
    ]);
    lease.value.release();
  });

  it('of a cluster-scoped owner goes through all namespaces and cluster-scoped kinds', async () => {
    const crates = { ...widgets, resource: 'crates' };
    const big = '/apis/example.com/v1/crates/big';
    await start({
      async prepare(send) {
        await send('POST', crdPath, widgetCrd('crates', 'Cluster'));
        const crate = { apiVersion: 'example.com/v1', kind: 'Crate', metadata: { name: 'big' } };
        await send('POST', '/apis/example.com/v1/crates', crate);
        await send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
      },
    });
    const gadget = { apiVersion: 'example.com/v1', kind: 'Gadget' };
    await ownGadget('g', big);
    await cluster.send('POST', '/apis/example.com/v1/namespaces/shop/gadgets', {
      ...gadget,
      metadata: await ownedBy(big, 'in-shop'),
    });
    await cluster.send('POST', '/apis/example.com/v1/crates', {
      apiVersion: 'example.com/v1',
      kind: 'Crate',
      metadata: await ownedBy(big, 'small'),
    });
    const grown = grow({ resource: crates, namespace: '', name: 'big' });
    await isSettled(grown);
    expect(shape(grown)).toEqual([
      ' > crates/big',
      'big > crates/small',
      'big > gadgets/g',
      'big > gadgets/in-shop',
    ]);
  });

  it('gets what is served since', async () => {
    await start();
    const grown = grow();
    await isSettled(grown);
    await cluster.send('POST', crdPath, widgetCrd('gizmos'));
    const gizmos = { ...widgets, resource: 'gizmos' };
    await waitFor(() => expect(cluster.catalog.find(gizmos)?.crd).toBeDefined());
    await cluster.send('POST', '/apis/example.com/v1/namespaces/default/gizmos', {
      apiVersion: 'example.com/v1',
      kind: 'Gizmo',
      metadata: await ownedBy(webPath, 'z'),
    });
    pass(5_000);
    await looksLike(grown, [' > widgets/web', 'web > gizmos/z']);
    await cluster.send('DELETE', `${crdPath}/gizmos.example.com`);
    await waitFor(() => expect(cluster.catalog.find(gizmos)).toBeUndefined());
    pass(5_000);
    await looksLike(grown, [' > widgets/web']);
    expect(watched().byMetadata.filter((name) => name.includes('gizmos'))).toEqual([]);
  });

  it('that was opened while the cluster was away comes by itself', async () => {
    cluster = await startLiveCluster({
      lingerMs: 0,
      down: true,
      async prepare(send) {
        await send('POST', crdPath, widgetCrd());
        await send('POST', widgetPath('default'), widget('web'));
      },
    });
    await waitFor(() => expect(cluster.connection.state.kind).toBe('unreachable'));
    const grown = grow();
    await waitFor(() => expect(grown.freshness.kind).toBe('stale'));
    await cluster.api.start();
    await waitFor(() => expect(shape(grown)).toEqual([' > widgets/web']));
    await waitFor(() => expect(cluster.catalog.find(widgets)).toBeDefined());
    pass(5_000);
    await isSettled(grown);
    expect(grown.root?.resource.kind).toBe('Widget');
  });
});

describe('what a tree lacks', () => {
  const refuseMaps: LiveClusterOptions['intercept'] = ({ segments }) =>
    segments.includes('configmaps') ? forbidden() : undefined;

  it('is said of a kind that may not be listed, which is asked for again after a minute', async () => {
    await start({ intercept: refuseMaps });
    await ownGadget('g');
    const grown = grow();
    await isSettled(grown);
    expect(shape(grown)).toEqual([' > widgets/web', 'web > gadgets/g']);
    expect(grown.lacks).toEqual([
      {
        resource: { group: '', version: 'v1', resource: 'configmaps' },
        fault: {
          code: 'forbidden',
          detail: 'forbidden: not allowed',
          remedy: expect.stringContaining('kubectl auth can-i list configmaps -n default'),
        },
      },
    ]);
    await waitFor(() => expect(watched().byMetadata).not.toContain('default /configmaps'));
    cluster.intercept(() => undefined);
    await ownMap('m', `${gadgetPath}/g`);
    pass(60_000);
    await looksLike(grown, [' > widgets/web', 'g > configmaps/m', 'web > gadgets/g']);
    expect(grown.lacks).toEqual([]);
  });

  it('is said where a right is taken away, and what was seen stands meanwhile', async () => {
    await start();
    await ownMap('m', webPath);
    const grown = grow();
    await isSettled(grown);
    cluster.intercept(refuseMaps);
    cluster.api.faults.add({
      kind: 'cut',
      on: { resource: 'configmaps', verb: 'watch' },
      times: 1,
    });
    await waitFor(() => expect(grown.lacks).toMatchObject([{ fault: { code: 'forbidden' } }]));
    expect(shape(grown)).toEqual([' > widgets/web', 'web > configmaps/m']);
  });

  it('is how many kinds were not looked at, where there are more than watches', async () => {
    await start();
    await ownGadget('g');
    const grown = grow(web, 6);
    await isSettled(grown);
    expect(grown.lacks).toEqual([
      {
        fault: {
          code: 'watch-limit',
          detail: expect.stringMatching(/^\d+ kinds are not looked at: a tree takes 6 watches/),
        },
      },
    ]);
    expect(watched().byMetadata.length).toBe(5);
    expect(watched().byMetadata).toContain('default /pods');
  });

  it('is nothing that a cluster that is away explains for all kinds', async () => {
    await start();
    const grown = grow();
    await isSettled(grown);
    await cluster.api.stop();
    await waitFor(() => expect(grown.freshness.kind).toBe('stale'));
    expect(grown.lacks.filter(({ resource }) => resource?.resource !== 'widgets')).toEqual([]);
  });
});

describe('the Events of a tree', () => {
  it('are those about its objects, also about those that are gone', async () => {
    await start();
    await ownGadget('g');
    const uid = await uidOf(`${gadgetPath}/g`);
    await say(uid, 'one', 'Begun');
    await say('somebody', 'two', 'Elsewhere');
    const grown = grow();
    await isSettled(grown);
    const reasons = () => [...grown.events()].map(({ reason, count }) => `${reason} ${count}`);
    expect(reasons()).toEqual(['Begun 3']);
    await cluster.send('PATCH', '/api/v1/namespaces/default/events/one', { count: 4 });
    await waitFor(() => expect(reasons()).toEqual(['Begun 4']));
    await cluster.send('DELETE', `${gadgetPath}/g`);
    await looksLike(grown, [' > widgets/web']);
    expect(reasons()).toEqual(['Begun 4']);
    await cluster.send('DELETE', '/api/v1/namespaces/default/events/one');
    await waitFor(() => expect(reasons()).toEqual([]));
  });

  it('come from the older API where the newer may not be read', async () => {
    await start({
      intercept: ({ segments }) => (segments.includes('events.k8s.io') ? forbidden() : undefined),
    });
    await say(await uidOf(webPath), 'one', 'Begun');
    const grown = grow();
    await isSettled(grown);
    expect([...grown.events()].map(({ reason }) => reason)).toEqual(['Begun']);
    expect(grown.lacks.filter(({ resource }) => resource?.resource === 'events')).toEqual([]);
  });

  it('are lacked where neither may be', async () => {
    await start({
      intercept: ({ segments }) => (segments.includes('events') ? forbidden() : undefined),
    });
    const grown = grow();
    await isSettled(grown);
    expect(grown.lacks).toMatchObject([
      { resource: { group: '', resource: 'events' }, fault: { code: 'forbidden' } },
    ]);
  });
});

describe('a tree that is left', () => {
  it('leaves no watch behind, and no timer', async () => {
    await start();
    await ownGadget('g');
    const grown = grow();
    await isSettled(grown);
    expect(watched().byMetadata.length).toBeGreaterThan(10);
    grown.close();
    await waitFor(() => expect(watched()).toEqual({ whole: [], byMetadata: [] }));
    // The catalogue's own discovery alone is waited for.
    expect([...waiting.values()].filter((ms) => ms === 60_000)).toEqual([]);
  });

  it('in the middle of its first lists leaves none either', async () => {
    await start();
    const grown = grow();
    grown.close();
    await waitFor(() => expect(watched()).toEqual({ whole: [], byMetadata: [] }));
  });
});

describe('what cannot be', () => {
  it('is refused with words: a kind that is not served, a name without its namespace', async () => {
    await start();
    const log = pino({ level: 'silent' });
    const open = (object: TreeObject) =>
      createOwnedTree({ catalog: cluster.catalog, clock, log }, object);
    expect(open({ ...web, resource: { ...widgets, resource: 'wodgets' } })).toMatchObject({
      ok: false,
      fault: { code: 'unknown-resource', remedy: expect.stringContaining('widgets') },
    });
    expect(open({ ...web, namespace: '' })).toMatchObject({
      ok: false,
      fault: { code: 'namespace-needed' },
    });
    expect(watched()).toEqual({ whole: [], byMetadata: [] });
  });
});
