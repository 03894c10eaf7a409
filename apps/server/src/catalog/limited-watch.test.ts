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
import type { OpenOptions, WatchedEvent } from './catalog.ts';
import type { Lease } from './object-source.ts';

let cluster: LiveCluster;
afterEach(() => cluster.close());

/** Long: other tests run on this machine meanwhile. */
const waitFor = <T>(check: () => T) => vi.waitFor(check, 5000);

async function start(options: LiveClusterOptions = {}): Promise<void> {
  cluster = await startLiveCluster({
    ...options,
    async prepare(send) {
      await send('POST', crdPath, widgetCrd());
      await send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
      await send('POST', widgetPath('default'), widget('a', { size: 1 }));
      await send('POST', widgetPath('shop'), widget('c', { size: 3 }, { app: 'shop' }));
    },
  });
  await waitFor(() => expect(cluster.catalog.ready).toBe(true));
}

async function open(namespace: string | undefined, options: OpenOptions): Promise<Lease> {
  const lease = cluster.catalog.open(widgets, namespace, options);
  if (!lease.ok) throw new Error(lease.fault.detail);
  await waitFor(() => expect(lease.value.source.freshness.kind).toBe('live'));
  return lease.value;
}

const keys = ({ source }: Lease) => [...source.values()].map(({ key }) => key).sort();
const find = () => cluster.catalog.find(widgets);
const watches = () =>
  cluster.catalog
    .informers()
    .filter(({ resource }) => resource.resource === 'widgets')
    .map(({ namespace = '*', metadataOnly = false }) => ({ namespace, metadataOnly }));
const asked = () =>
  cluster.seen.filter(({ line }) => line.includes('/widgets?limit=500')).map(({ line }) => line);

function follow(): string[] {
  const told: string[] = [];
  cluster.catalog.onEvent(({ resource, event }: WatchedEvent) => {
    if (resource.resource === 'widgets') told.push(event.kind);
  });
  return told;
}

describe('a watch that is limited to a namespace', () => {
  it('asks for that namespace alone, and is told to the timeline', async () => {
    await start();
    const told = follow();
    const lease = await open('shop', { limited: true });
    expect(keys(lease)).toEqual(['shop/c']);
    expect(asked()).toEqual([`GET ${widgetPath('shop')}?limit=500`]);
    expect(watches()).toEqual([{ namespace: 'shop', metadataOnly: false }]);
    expect(told).toEqual(['add', 'synced']);
  });

  it('leaves the resource as one that nobody watches: its count is of all namespaces', async () => {
    await start();
    await open('shop', { limited: true });
    expect(find()?.watch).toBe('unwatched');
    expect(find()?.rate).toBeUndefined();
  });

  it('is part of the one that watches the whole cluster, where that runs', async () => {
    await start();
    await open(undefined, {});
    const lease = await open('shop', { limited: true });
    expect(keys(lease)).toEqual(['shop/c']);
    expect(watches()).toEqual([{ namespace: '*', metadataOnly: false }]);
  });
});

describe('a quiet watch', () => {
  it('has whole objects, and tells its lease alone', async () => {
    await start();
    const told = follow();
    const lease = await open(undefined, { quiet: true });
    expect(lease.source.get('shop/c')?.parse()).toHaveProperty('spec');
    expect(told).toEqual([]);
    expect(find()?.watch).toBe('unwatched');
  });

  it('stands beside one that all hear, and is a part of it where that runs already', async () => {
    await start();
    await open('shop', { limited: true, quiet: true });
    const told = follow();
    await open('shop', { limited: true });
    expect(told).toEqual(['add', 'synced']);
    await open('shop', { limited: true, quiet: true });
    expect(watches()).toHaveLength(2);
  });
});

describe('a watch of metadata', () => {
  it('has an object without its spec, under its own kind', async () => {
    await start();
    const lease = await open('shop', { limited: true, form: 'metadata' });
    const handle = lease.source.get('shop/c');
    expect(handle?.labels).toEqual({ app: 'shop' });
    expect(handle?.uid).not.toBe('');
    expect(handle?.parse()).not.toHaveProperty('spec');
    expect(watches()).toEqual([{ namespace: 'shop', metadataOnly: true }]);
  });

  it('follows what happens', async () => {
    await start();
    const lease = await open('shop', { limited: true, form: 'metadata' });
    await cluster.send('POST', widgetPath('shop'), widget('d', { size: 4 }));
    await waitFor(() => expect(keys(lease)).toEqual(['shop/c', 'shop/d']));
    await cluster.send('DELETE', widgetPath('shop', 'c'));
    await waitFor(() => expect(keys(lease)).toEqual(['shop/d']));
  });

  it('is not told to the timeline, and does not count as watching', async () => {
    await start();
    const told = follow();
    const lease = await open(undefined, { form: 'metadata' });
    expect(keys(lease)).toEqual(['default/a', 'shop/c']);
    expect(told).toEqual([]);
    expect(find()?.watch).toBe('unwatched');
    expect(find()?.rate).toBeUndefined();
  });

  it('is a whole one where that runs already, and is there beside one that starts later', async () => {
    await start();
    const first = await open('shop', { limited: true, form: 'metadata' });
    const whole = await open('shop', { limited: true });
    expect(first.source.get('shop/c')?.parse()).not.toHaveProperty('spec');
    expect(whole.source.get('shop/c')?.parse()).toHaveProperty('spec');
    const shared = await open('shop', { limited: true, form: 'metadata' });
    expect(shared.source.get('shop/c')?.parse()).toHaveProperty('spec');
    expect(watches()).toHaveLength(2);
  });

  it("keeps to metadata in the context's namespace, where the cluster is refused", async () => {
    await start({
      fallbackNamespace: 'shop',
      intercept: ({ segments }) =>
        segments.at(-1) === 'widgets' && !segments.includes('namespaces') ? forbidden() : undefined,
    });
    const lease = await open(undefined, { form: 'metadata' });
    expect(keys(lease)).toEqual(['shop/c']);
    expect(lease.source.get('shop/c')?.parse()).not.toHaveProperty('spec');
    expect(watches()).toContainEqual({ namespace: 'shop', metadataOnly: true });
  });

  it('shows no value of a Secret, which metadata repeats in an annotation', async () => {
    await start();
    const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
    await cluster.send('POST', '/api/v1/namespaces/shop/secrets', {
      metadata: { name: 'db', annotations: { [annotation]: '{"data":{"p":"aHVudGVyMg=="}}' } },
      data: { p: 'aHVudGVyMg==' },
    });
    const secrets = { group: '', version: 'v1', resource: 'secrets' };
    const lease = cluster.catalog.open(secrets, 'shop', { limited: true, form: 'metadata' });
    if (!lease.ok) throw new Error(lease.fault.detail);
    const object = await waitFor(() => {
      const handle = lease.value.source.get('shop/db');
      if (handle === undefined) throw new Error('not there yet');
      return handle.parse();
    });
    expect(JSON.stringify(object)).not.toContain('aHVudGVyMg');
  });
});
