import type { TableColumn } from '@kindscope/kube';
import type { ResourceInfo } from '@kindscope/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
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
import type { Lease } from './object-source.ts';

let cluster: LiveCluster;
afterEach(() => cluster.close());

async function start(options: LiveClusterOptions = {}): Promise<LiveCluster> {
  cluster = await startLiveCluster(options);
  await vi.waitFor(() => expect(cluster.catalog.ready).toBe(true));
  return cluster;
}

const withWidgets: LiveClusterOptions = {
  async prepare(send) {
    await send('POST', crdPath, widgetCrd());
    await send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
    await send('POST', widgetPath('default'), widget('a', { size: 1 }));
    await send('POST', widgetPath('default'), widget('b', { size: 2 }));
    await send('POST', widgetPath('shop'), widget('c', { size: 3 }));
  },
};

function open(ref = widgets, namespace?: string): Lease {
  const lease = cluster.catalog.open(ref, namespace);
  if (!lease.ok) throw new Error(lease.fault.detail);
  return lease.value;
}

function keys({ source }: Lease): string[] {
  return [...source.values()].map(({ key }) => key).sort();
}

const find = (ref = widgets) => cluster.catalog.find(ref);
const isLive = ({ source }: Lease) => vi.waitFor(() => expect(source.freshness.kind).toBe('live'));

describe('what there is not', () => {
  it.each([
    { group: '..', version: '..', resource: 'widgets' },
    { group: 'example.com', version: '.', resource: '..' },
    { group: 'a/b', version: 'v1', resource: 'widgets' },
    { group: '', version: 'v1', resource: 'pods?watch=1' },
  ])('is not asked for before discovery has answered: %j', async (ref) => {
    cluster = await startLiveCluster({ intercept: () => new Promise<undefined>(() => {}) });
    const asked = cluster.catalog.informers().length;
    expect(cluster.catalog.open(ref)).toMatchObject({
      ok: false,
      fault: { code: 'unknown-resource' },
    });
    expect(cluster.catalog.informers()).toHaveLength(asked);
    expect(cluster.catalog.open(widgets).ok).toBe(true);
  });
});

it('says of a login page that it is no API server, and not that a list was cut', async () => {
  const page = { kind: 'body', status: 200, contentType: 'text/html' } as const;
  await start({ intercept: () => ({ ...page, body: Buffer.from('<html>Log in</html>') }) });
  await vi.waitFor(() =>
    expect(cluster.catalog.freshness).toMatchObject({
      kind: 'stale',
      fault: { code: 'bad-data', detail: expect.stringContaining('does not answer /api') },
    }),
  );
});

describe('what there is', () => {
  it('is what discovery and the CRDs say, one item per group-resource', async () => {
    await start(withWidgets);
    await vi.waitFor(() => expect(find()?.crd).toBeDefined());
    expect(find()).toMatchObject({
      id: 'example.com/widgets',
      version: 'v1',
      versions: ['v1', 'v1beta1'],
      kind: 'Widget',
      namespaced: true,
      shortNames: ['wi'],
      crd: { name: 'widgets.example.com', health: { status: 'healthy', reason: 'Established' } },
    });
    const ids = cluster.catalog.resources().map(({ id }) => id);
    expect(ids).toContain('core/pods');
    expect(new Set(ids).size).toBe(ids.length);
    expect(find({ ...widgets, version: 'v9' })).toBeUndefined();
  });

  it('has a CRD that was created now, before discovery knows it', async () => {
    await start();
    cluster.intercept(({ segments }) =>
      segments.length === 1 ? new Promise<undefined>(() => {}) : undefined,
    );
    const told = vi.fn<(changed: readonly ResourceInfo[], removed: readonly string[]) => void>();
    cluster.catalog.onChange(told);
    await cluster.send('POST', crdPath, widgetCrd());
    await vi.waitFor(() => expect(find()?.crd?.health.reason).toBe('Established'));
    expect(find()?.verbs).toContain('watch');
    expect(told.mock.calls.flatMap(([changed]) => changed.map(({ id }) => id))).toContain(
      'example.com/widgets',
    );
  });

  it('has no CRD that was deleted, though discovery still lists it', async () => {
    await start(withWidgets);
    const removed: string[] = [];
    cluster.catalog.onChange((_changed, gone) => removed.push(...gone));
    await vi.waitFor(() => expect(find()?.crd).toBeDefined());
    cluster.intercept(({ segments }) =>
      segments.length === 1 ? new Promise<undefined>(() => {}) : undefined,
    );
    await cluster.send('DELETE', `${crdPath}/widgets.example.com`);
    await vi.waitFor(() => expect(find()).toBeUndefined());
    await vi.waitFor(() => expect(removed).toEqual(['example.com/widgets']));
  });

  it('comes from discovery alone where CRDs may not be listed, and says what it lacks', async () => {
    await start({
      ...withWidgets,
      intercept: ({ segments }) =>
        segments.includes('customresourcedefinitions') ? forbidden() : undefined,
    });
    await vi.waitFor(() => expect(find()?.kind).toBe('Widget'));
    expect(find()?.versions.toSorted()).toEqual(['v1', 'v1beta1']);
    expect(find()?.crd).toBeUndefined();
    await vi.waitFor(() =>
      expect(cluster.catalog.faults).toMatchObject([
        {
          code: 'crds-not-listable',
          remedy: expect.stringContaining(
            'kubectl auth can-i list customresourcedefinitions.apiextensions.k8s.io',
          ),
        },
      ]),
    );
    expect(cluster.catalog.freshness).toEqual({ kind: 'live' });
  });

  it('has schema, columns and selectable fields for each version', async () => {
    await start(withWidgets);
    await vi.waitFor(() => expect(find()?.crd).toBeDefined());
    const v1 = cluster.catalog.detail(widgets);
    expect(v1).toMatchObject({
      ok: true,
      value: {
        columns: [{ name: 'Size', type: 'integer', priority: 0 }],
        schema: { type: 'object' },
        selectableFields: ['metadata.name', 'metadata.namespace'],
      },
    });
    const other = cluster.catalog.detail({ ...widgets, version: 'v1beta1' });
    expect(other).toMatchObject({ ok: true, value: { info: { version: 'v1beta1' } } });
  });
});

describe('what is refused', () => {
  it('names what is like an unknown resource', async () => {
    await start(withWidgets);
    expect(cluster.catalog.open({ ...widgets, resource: 'wigdets' })).toMatchObject({
      ok: false,
      fault: { code: 'unknown-resource', remedy: 'Like it are: widgets.example.com.' },
    });
    expect(cluster.catalog.open({ group: '', version: 'v1', resource: 'po' })).toMatchObject({
      fault: { remedy: expect.stringContaining('pods') },
    });
    expect(cluster.catalog.open({ ...widgets, version: 'v2' })).toMatchObject({
      fault: { code: 'unknown-resource', remedy: 'It serves v1, v1beta1.' },
    });
  });

  it('is a namespace of what has none', async () => {
    await start();
    expect(
      cluster.catalog.open({ group: '', version: 'v1', resource: 'nodes' }, 'default'),
    ).toMatchObject({ ok: false, fault: { code: 'not-namespaced' } });
  });
});

describe('counts of what nobody watches', () => {
  it('are one request of limit=1 each, and only while somebody listens', async () => {
    await start(withWidgets);
    expect(cluster.seen.filter(({ line }) => line.includes('widgets'))).toEqual([]);
    cluster.catalog.onChange(() => {});
    await vi.waitFor(() => expect(find()?.count).toMatchObject({ value: 3, source: 'request' }));
    const asked = cluster.seen.filter(({ line }) => line.includes('/widgets'));
    expect(asked.map(({ line }) => line)).toEqual(['GET /apis/example.com/v1/widgets?limit=1']);
  });

  it('come from the cache while it is watched', async () => {
    await start(withWidgets);
    const lease = open();
    await isLive(lease);
    expect(find()).toMatchObject({ watch: 'live', count: { value: 3, source: 'cache' } });
    expect(find()?.rate).toHaveLength(60);
  });
});

describe('a source', () => {
  it('follows what happens, and its informer ends after the linger', async () => {
    await start({ ...withWidgets, lingerMs: 0 });
    expect(find()?.watch).toBe('unwatched');
    const lease = open();
    const events: string[] = [];
    lease.source.subscribe({
      onEvent: (event) => events.push(event.kind),
      onFreshness() {},
    });
    await isLive(lease);
    expect(events).toEqual(['add', 'add', 'add', 'synced']);
    await cluster.send('POST', widgetPath('default'), widget('d'));
    await cluster.send('DELETE', widgetPath('default', 'a'));
    await vi.waitFor(() => expect(events.slice(4)).toEqual(['add', 'delete']));
    expect(keys(lease)).toEqual(['default/b', 'default/d', 'shop/c']);
    expect(find()?.rate?.at(-1)).toBe(2);
    lease.release();
    lease.release();
    await vi.waitFor(() => expect(find()?.watch).toBe('unwatched'));
    expect(cluster.catalog.informers().map(({ kind }) => kind)).toEqual([
      'CustomResourceDefinition',
    ]);
  });

  it('of one namespace is a part of the one that watches the cluster', async () => {
    await start(withWidgets);
    const all = open();
    const shop = open(widgets, 'shop');
    await isLive(shop);
    expect(keys(shop)).toEqual(['shop/c']);
    expect(shop.source.size).toBe(1);
    expect(shop.source.get('default/a')).toBeUndefined();
    expect(all.source.size).toBe(3);
    await cluster.send('DELETE', widgetPath('shop', 'c'));
    await vi.waitFor(() => expect(shop.source.size).toBe(0));
    const lists = cluster.seen.filter(({ line }) => line.includes('/widgets?limit=500'));
    expect(lists).toHaveLength(1);
    expect(cluster.catalog.informers().at(-1)).toMatchObject({ viewers: 2, objects: 2 });
  });

  it('watches the version that was asked for', async () => {
    await start(withWidgets);
    const lease = open({ ...widgets, version: 'v1beta1' });
    await isLive(lease);
    expect(lease.source.resource.version).toBe('v1beta1');
    expect(lease.source.get('default/a')?.parse()['apiVersion']).toBe('example.com/v1beta1');
  });

  it('tells when the columns of its CRD are others', async () => {
    await start(withWidgets);
    await vi.waitFor(() => expect(find()?.crd).toBeDefined());
    const lease = open();
    const told: (readonly TableColumn[])[] = [];
    lease.source.subscribe({
      onEvent() {},
      onFreshness() {},
      onColumns: (columns) => told.push(columns),
    });
    const { spec } = widgetCrd();
    const [old, stored] = spec.versions;
    const renamed = {
      ...stored,
      additionalPrinterColumns: [{ name: 'Big', type: 'integer', jsonPath: '.spec.size' }],
    };
    await cluster.send('PATCH', `${crdPath}/widgets.example.com`, {
      spec: { versions: [old, renamed] },
    });
    await vi.waitFor(() => expect(told.map((columns) => columns[0]?.name)).toEqual(['Big']));
    expect(lease.source.columns).toBe(told[0]);
  });

  it('that was opened while the cluster was away comes by itself', async () => {
    cluster = await startLiveCluster({ ...withWidgets, down: true });
    await vi.waitFor(() => expect(cluster.connection.state.kind).toBe('unreachable'));
    await vi.waitFor(() => expect(cluster.catalog.ready).toBe(true));
    expect(cluster.catalog.faults).toMatchObject([{ code: 'network' }]);
    const lease = open();
    await vi.waitFor(() => expect(lease.source.freshness.kind).not.toBe('syncing'));
    await cluster.api.start();
    await vi.waitFor(() => expect(lease.source.freshness.kind).toBe('live'), 5000);
    expect(keys(lease)).toEqual(['default/a', 'default/b', 'shop/c']);
    await vi.waitFor(() => expect(lease.source.resource.kind).toBe('Widget'), 3000);
  });

  it('holds no value of a Secret', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'db',
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration':
            '{"data":{"password":"aHVudGVyMg=="}}',
        },
      },
      data: { password: 'aHVudGVyMg==' },
    };
    await start({ prepare: (send) => send('POST', '/api/v1/namespaces/default/secrets', secret) });
    const lease = open({ group: '', version: 'v1', resource: 'secrets' });
    await isLive(lease);
    const object = lease.source.get('default/db')?.parse();
    expect(object).toMatchObject({ data: { password: expect.any(String) } });
    expect(JSON.stringify(object)).not.toContain('aHVudGVyMg');
  });
});

describe('narrow rights', () => {
  it('keep to the namespaces that were named, one informer each', async () => {
    await start({ ...withWidgets, namespaces: ['default', 'shop'] });
    const lease = open();
    const events: string[] = [];
    lease.source.subscribe({ onEvent: ({ kind }) => events.push(kind), onFreshness() {} });
    await isLive(lease);
    expect(keys(lease)).toEqual(['default/a', 'default/b', 'shop/c']);
    expect(events.sort()).toEqual(['add', 'add', 'add', 'synced']);
    expect(lease.source.size).toBe(3);
    expect(find()?.count).toMatchObject({ value: 3, source: 'cache' });
    expect(cluster.catalog.informers().map(({ namespace }) => namespace)).toEqual([
      undefined,
      'default',
      'shop',
    ]);
    expect(cluster.catalog.open(widgets, 'kube-system')).toMatchObject({
      ok: false,
      fault: {
        code: 'namespace-not-watched',
        remedy: expect.stringContaining('--namespace kube-system'),
      },
    });
    expect(keys(open(widgets, 'shop'))).toEqual(['shop/c']);
  });

  it("show the context's namespace where the whole cluster is refused", async () => {
    await start({
      ...withWidgets,
      fallbackNamespace: 'shop',
      intercept: ({ segments }) =>
        segments.at(-1) === 'widgets' && !segments.includes('namespaces') ? forbidden() : undefined,
    });
    const lease = open();
    await isLive(lease);
    expect(keys(lease)).toEqual(['shop/c']);
    expect(cluster.catalog.faults).toMatchObject([
      { code: 'namespace-only', remedy: expect.stringContaining('--namespace') },
    ]);
    expect(find()?.count).toMatchObject({ value: 1 });
    const other = open(widgets, 'default');
    await isLive(other);
    expect(keys(other)).toEqual(['default/a', 'default/b']);
  });

  it('are said where there is nothing to fall back to', async () => {
    await start({
      ...withWidgets,
      intercept: ({ segments }) => (segments.at(-1) === 'widgets' ? forbidden() : undefined),
    });
    const lease = open();
    await vi.waitFor(() =>
      expect(lease.source.freshness).toMatchObject({
        kind: 'forbidden',
        fault: {
          code: 'forbidden',
          remedy: expect.stringContaining('kubectl auth can-i list widgets.example.com'),
        },
      }),
    );
    expect(find()?.watch).toBe('forbidden');
  });
});
