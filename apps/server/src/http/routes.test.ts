import { parseJson, valueAt } from '@kindscope/kube';
import {
  Change,
  ChangeList,
  ClusterInfo,
  CoverageList,
  Density,
  Facets,
  InformerList,
  Marks,
  ObjectList,
  ResourceDetail,
  ResourceList,
  RevisionList,
  WatchingList,
} from '@kindscope/protocol';
import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  crdPath,
  forbidden,
  widget,
  widgetCrd,
  widgetPath,
  widgets,
} from '../testing/live-cluster.ts';
import { startTestServer, token, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    async prepare(send) {
      await send('POST', crdPath, widgetCrd());
      await send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
      await send('POST', widgetPath('default'), widget('a', { size: 10 }, { tier: 'web' }));
      await send('POST', widgetPath('default'), widget('b', { size: 9 }, { tier: 'db' }));
      const digits = JSON.stringify(widget('c', { size: 'N', ratio: 'R' }, { tier: 'web' }))
        .replace('"N"', '1795351674012986412')
        .replace('"R"', '0.10000000000000000001');
      await send('POST', widgetPath('shop'), digits);
    },
  });
  const { catalog } = server.cluster;
  await vi.waitUntil(() => catalog.ready && catalog.resources().some(({ crd }) => crd));
});
afterAll(() => server.close());

const base = '/api/v1/resources/example.com/v1/widgets';

async function get(url: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${token}`;
  return server.app.inject({ url, headers: { host: 'localhost:7373', authorization, ...headers } });
}

async function ok(url: string, schema: TSchema) {
  const response = await get(url);
  expect([url, response.statusCode, response.body]).toEqual([url, 200, expect.anything()]);
  const body: unknown = response.json();
  expect(Check(schema, body)).toBe(true);
  return body as never;
}

async function names(query: string): Promise<string[]> {
  const { items }: ObjectList = await ok(`${base}/objects?${query}`, ObjectList);
  return items.map(({ key }) => key);
}

async function problem(url: string): Promise<Record<string, unknown>> {
  const response = await get(url);
  expect(response.headers['content-type']).toContain('application/problem+json');
  const body = response.json<Record<string, unknown>>();
  expect(body['status']).toBe(response.statusCode);
  expect(body['type']).toBe(`urn:kindscope:problem:${String(body['code'])}`);
  return body;
}

describe('the catalogue', () => {
  it('is served with its cluster, informers and documents', async () => {
    await ok('/api/v1/cluster', ClusterInfo);
    const { items }: ResourceList = await ok('/api/v1/resources', ResourceList);
    expect(items.find(({ id }) => id === 'example.com/widgets')?.crd?.name).toBe(
      'widgets.example.com',
    );
    const detail: ResourceDetail = await ok(base, ResourceDetail);
    expect(detail.columns.map(({ name }) => name)).toEqual(['Size']);
    await ok('/api/v1/resources/core/v1/pods', ResourceDetail);
    await ok('/api/v1/informers', InformerList);
    expect((await get('/readyz')).statusCode).toBe(200);
  });

  it('measures each informer apart, also two of one resource', async () => {
    const { catalog } = server.cluster;
    const ref = { group: '', version: 'v1', resource: 'configmaps' };
    const metadata = catalog.open(ref, 'shop', { limited: true, form: 'metadata' });
    const whole = catalog.open(ref, 'shop', { limited: true });
    const isLive = async (form: string) => {
      const labels = `resource="configmaps",namespace="shop",form="${form}"`;
      return (await get('/metrics')).body.includes(`version="v1",${labels}} 1`);
    };
    await vi.waitFor(async () => {
      expect(await isLive('metadata')).toBe(true);
      expect(await isLive('whole')).toBe(true);
    });
    for (const lease of [metadata, whole]) if (lease.ok) lease.value.release();
  });

  it('says what is like an unknown resource', async () => {
    expect(await problem('/api/v1/resources/example.com/v1/widgts')).toMatchObject({
      status: 404,
      code: 'unknown-resource',
      remedy: 'Like it are: widgets.example.com.',
    });
  });

  it('has its API written down', async () => {
    const { paths } = (await get('/api/openapi.json')).json<{ paths: Record<string, object> }>();
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/v1/cluster',
        '/api/v1/resources',
        '/api/v1/resources/{group}/{version}/{resource}/objects',
        '/api/v1/resources/{group}/{version}/{resource}/objects/{namespace}/{name}',
        '/api/v1/changes',
      ]),
    );
    expect(paths).not.toHaveProperty('/*');
  });
});

describe('objects', () => {
  it('are rows by namespace and name, a cold resource waited for', async () => {
    const list: ObjectList = await ok(`${base}/objects`, ObjectList);
    expect(list).toMatchObject({
      total: 3,
      matched: 3,
      syncing: false,
      freshness: { kind: 'live' },
    });
    expect(list.items.map(({ key }) => key)).toEqual(['default/a', 'default/b', 'shop/c']);
    expect(list.items[2]?.cells).toEqual(['1795351674012986412']);
    expect(list).not.toHaveProperty('continue');
  });

  it('are selected by namespace, labels and fields', async () => {
    expect(await names('namespace=shop')).toEqual(['shop/c']);
    expect(await names('labelSelector=tier%20in%20(web)')).toEqual(['default/a', 'shop/c']);
    expect(await names('labelSelector=!tier')).toEqual([]);
    expect(await names('fieldSelector=metadata.name%3Db')).toEqual(['default/b']);
  });

  it('are sorted by any column, by number where it is one', async () => {
    expect(await names('sort=Size')).toEqual(['default/b', 'default/a', 'shop/c']);
    expect(await names('sort=-Size')).toEqual(['shop/c', 'default/a', 'default/b']);
    expect(await names('sort=-name')).toEqual(['shop/c', 'default/b', 'default/a']);
  });

  it('come in pages that go on where the last one ended', async () => {
    const first: ObjectList = await ok(`${base}/objects?limit=2`, ObjectList);
    expect(first.items.map(({ key }) => key)).toEqual(['default/a', 'default/b']);
    expect(await names(`limit=2&continue=${first.continue}`)).toEqual(['shop/c']);
  });

  it('do not wait where nobody wants to', async () => {
    const cold = '/api/v1/resources/core/v1/configmaps/objects?wait=0';
    const list: ObjectList = await ok(cold, ObjectList);
    expect(list.syncing).toBe(true);
  });

  it('have facets to choose from', async () => {
    const facets: Facets = await ok(`${base}/facets`, Facets);
    expect(facets.namespaces).toEqual([
      { name: 'default', count: 2 },
      { name: 'shop', count: 1 },
    ]);
    expect(facets.labels).toEqual([
      {
        key: 'tier',
        count: 3,
        values: [
          { value: 'web', count: 2 },
          { value: 'db', count: 1 },
        ],
      },
    ]);
  });

  const mistakes: [string, string, object][] = [
    ['a bad selector', 'labelSelector=a%20in', { code: 'bad-selector' }],
    [
      'an unknown column',
      'sort=Sise',
      { code: 'unknown-column', remedy: expect.stringContaining('Size') },
    ],
    ['a limit out of bounds', 'limit=0', { detail: 'The query parameter "limit" must be >= 1.' }],
    ['a limit in words', 'limit=many', { detail: 'The query parameter "limit" must be integer.' }],
    ['a misspelt parameter', 'labelselector=a', { remedy: 'Did you mean "labelSelector"?' }],
    ['a made-up continue', 'continue=abc', { code: 'bad-continue' }],
  ];
  it.each(mistakes)('are not given for %s', async (_name, query, expected) => {
    expect(await problem(`${base}/objects?${query}`)).toMatchObject({ status: 400, ...expected });
  });
});

describe('an object', () => {
  it('keeps the digits of its numbers, as JSON and as YAML', async () => {
    const json = await get(`${base}/objects/shop/c`);
    expect(json.headers['content-type']).toContain('application/json');
    expect(json.body).toContain('"size":1795351674012986412');
    expect(json.body).toContain('"ratio":0.10000000000000000001');
    expect(valueAt(parseJson(json.body), 'metadata', 'name')).toBe('c');
    const yaml = await get(`${base}/objects/shop/c`, { accept: 'application/yaml' });
    expect(yaml.headers['content-type']).toContain('application/yaml');
    expect(yaml.body).toContain('size: 1795351674012986412');
  });

  it('is addressed by _ where it is in no namespace', async () => {
    const response = await get('/api/v1/resources/core/v1/namespaces/objects/_/shop');
    expect(response.json()).toMatchObject({ kind: 'Namespace', metadata: { name: 'shop' } });
  });

  it('that does not exist is a problem', async () => {
    expect(await problem(`${base}/objects/shop/nope`)).toMatchObject({
      status: 404,
      code: 'unknown-object',
      detail: 'There is no widgets.example.com shop/nope.',
    });
  });

  it('has its changes, newest first, which the whole list has too', async () => {
    await names('');
    await server.cluster.send(
      'POST',
      widgetPath('shop'),
      widget('d', { size: 1 }, { tier: 'web' }),
    );
    await server.cluster.send('PATCH', widgetPath('shop', 'd'), { spec: { size: 2 } });
    const url = `${base}/objects/shop/d/changes`;
    await vi.waitFor(async () => {
      const { items }: ChangeList = await ok(url, ChangeList);
      expect(items.map(({ classes }) => classes[0])).toEqual(['spec', 'created']);
    });
    const { items }: ChangeList = await ok(
      '/api/v1/changes?resource=example.com/v1/widgets&labelSelector=tier%3Dweb&limit=1',
      ChangeList,
    );
    expect(items).toMatchObject([
      { name: 'd', fields: [{ path: 'spec.size', before: 1, after: 2 }] },
    ]);
    const next = `/api/v1/changes?cursor=${items[0]?.id}&limit=1`;
    const older: ChangeList = await ok(next, ChangeList);
    expect(older.items[0]?.classes).toEqual(['created']);
    const spec: ChangeList = await ok('/api/v1/changes?class=spec&name=d', ChangeList);
    expect(spec.items.map(({ id }) => id)).toEqual([items[0]?.id]);
    expect(await ok(`/api/v1/changes/${items[0]?.id}`, Change)).toMatchObject({ name: 'd' });
    expect(await problem('/api/v1/changes/4096')).toMatchObject({
      status: 404,
      code: 'unknown-change',
    });
    const id = items[0]?.id;
    expect(await ok(`/api/v1/changes/test.${id}`, Change)).toMatchObject({ name: 'd' });
    expect(await problem(`/api/v1/changes/another.${id}`)).toMatchObject({
      status: 404,
      code: 'unknown-change',
      detail: expect.stringContaining('has ended'),
    });
    expect(await problem(`/api/v1/changes/.${id}`)).toMatchObject({ status: 400 });
    expect(await problem('/api/v1/changes?class=nonsense')).toMatchObject({ status: 400 });
    expect(await problem('/api/v1/changes?from=yesterday')).toMatchObject({ status: 400 });
    expect(await problem('/api/v1/changes?resource=widgets')).toMatchObject({
      remedy: expect.stringContaining('core/v1/pods'),
    });
  });
});

describe('an object as it was', () => {
  const path = `${base}/objects/shop/d`;
  const sizeOf = async (query: string) =>
    (await get(`${path}?${query}`)).json<{ spec: { size: number } }>().spec.size;

  it('is had by a resourceVersion that is still held, and by time', async () => {
    const { items, dropped }: RevisionList = await ok(`${path}/revisions`, RevisionList);
    expect({ versions: items.length, dropped }).toEqual({ versions: 2, dropped: false });
    const [now, before] = items;
    expect(await sizeOf(`revision=${before?.resourceVersion}`)).toBe(1);
    expect(await sizeOf(`revision=${now?.resourceVersion}&uid=${now?.uid}`)).toBe(2);
    expect(await sizeOf(`at=${before?.time}`)).toBe(1);
    expect(await sizeOf(`at=${new Date().toISOString()}`)).toBe(2);
    const yaml = await get(`${path}?revision=${before?.resourceVersion}`, {
      accept: 'application/yaml',
    });
    expect(yaml.body).toContain('size: 1');
  });

  it('is the present one where it never changed while it was watched', async () => {
    const other = `${base}/objects/default/a`;
    const { items }: RevisionList = await ok(`${other}/revisions`, RevisionList);
    expect(items).toEqual([{ uid: expect.any(String), resourceVersion: expect.any(String) }]);
    for (const query of [
      `revision=${items[0]?.resourceVersion}`,
      `at=${new Date().toISOString()}`,
    ]) {
      expect((await get(`${other}?${query}`)).json()).toMatchObject({ spec: { size: 10 } });
    }
  });

  it('is not made up where it is not known', async () => {
    expect(await problem(`${path}?revision=1`)).toMatchObject({
      status: 404,
      code: 'unknown-revision',
    });
    expect(await problem(`${path}?at=2020-01-01T00:00:00Z`)).toMatchObject({
      status: 404,
      code: 'not-watched-then',
    });
    const nobody = `${base}/objects/shop/nobody?at=${new Date().toISOString()}`;
    expect(await problem(nobody)).toMatchObject({ status: 404, code: 'unknown-object' });
    expect(await problem(`${path}?at=lately`)).toMatchObject({ status: 400 });
  });
});

describe('what is kept being watched', () => {
  const headers = { host: 'localhost:7373', authorization: `Bearer ${token}` };
  const url = '/api/v1/watching/example.com/v1/widgets';
  const ask = (method: 'PUT' | 'DELETE', of = url, more: Record<string, string> = {}) =>
    server.app.inject({ method, url: of, headers: { ...headers, ...more } });

  it('is pinned, listed and unpinned', async () => {
    expect((await ask('PUT')).statusCode).toBe(204);
    const list: WatchingList = await ok('/api/v1/watching', WatchingList);
    expect(list.items).toMatchObject([
      { resource: { resource: 'widgets' }, by: 'pin', freshness: { kind: 'live' } },
    ]);
    expect((await ask('DELETE')).statusCode).toBe(204);
    expect(await ok('/api/v1/watching', WatchingList)).toEqual({ items: [] });
  });

  it('is nothing that the cluster does not serve, and nothing that another site asks for', async () => {
    expect((await ask('PUT', '/api/v1/watching/example.com/v1/nope')).statusCode).toBe(404);
    expect((await ask('PUT', url, { origin: 'http://evil.example' })).statusCode).toBe(403);
    expect(
      (await server.app.inject({ method: 'PUT', url, headers: { host: headers.host } })).statusCode,
    ).toBe(401);
    expect(await ok('/api/v1/watching', WatchingList)).toEqual({ items: [] });
  });
});

describe('changes by time', () => {
  const widgets = 'resource=example.com/v1/widgets&namespace=shop&name=d';

  it('are counted in buckets, with what is known of the resource', async () => {
    const density: Density = await ok(`/api/v1/changes/density?${widgets}&buckets=7`, Density);
    expect(density).toMatchObject({ changes: 2, objects: 1, coverage: [{ watched: true }] });
    expect(density.counts.every((row) => row.length === 7)).toBe(true);
    expect(Date.parse(density.to) - Date.parse(density.from)).toBe(3_600_000);
    const before = `/api/v1/changes/density?${widgets}&to=2020-01-01T00:00:00Z`;
    expect(await ok(before, Density)).toMatchObject({ changes: 0 });
    expect(await problem(`${before}&from=2020-01-01T00:00:00Z`)).toMatchObject({
      status: 400,
      detail: expect.stringContaining('not before "to"'),
    });
    expect(await problem(`/api/v1/changes/density?buckets=0`)).toMatchObject({ status: 400 });
  });

  it('are marks of a timeline, in pages', async () => {
    const first: Marks = await ok(`/api/v1/changes/marks?${widgets}&limit=1`, Marks);
    const rest = `/api/v1/changes/marks?${widgets}&limit=1&continue=${first.continue}`;
    const second: Marks = await ok(rest, Marks);
    expect([first, second].map(({ id }) => id.length)).toEqual([1, 1]);
    expect(second).not.toHaveProperty('continue');
    expect(first.objects).toMatchObject([{ kind: 'Widget', namespace: 'shop', name: 'd' }]);
  });

  it('come with what is known and what is not', async () => {
    const url = '/api/v1/changes/coverage?resource=example.com/v1/widgets';
    expect(await ok(url, CoverageList)).toMatchObject({
      items: [{ watched: true, since: expect.any(String), blind: [] }],
    });
    const other = await ok('/api/v1/changes/coverage?resource=core/v1/pods', CoverageList);
    expect(other).toEqual({ items: [] });
  });
});

describe('changes of a resource that is looked at in two versions', () => {
  const of = (version: string) => `/api/v1/resources/example.com/${version}/widgets`;
  const twice = `resource=example.com/v1/widgets&resource=example.com/v1beta1/widgets&name=e`;

  it('[T13] are told once where no resources are named, everywhere alike', async () => {
    for (const version of ['v1', 'v1beta1']) await ok(`${of(version)}/objects`, ObjectList);
    await server.cluster.send('POST', widgetPath('shop'), widget('e'));
    await vi.waitFor(async () => {
      const { items }: ChangeList = await ok(`/api/v1/changes?${twice}`, ChangeList);
      expect(items).toHaveLength(2);
    });
    const list: ChangeList = await ok('/api/v1/changes?name=e', ChangeList);
    expect(list.items.map(({ resource }) => resource.version)).toEqual(['v1']);
    const marks: Marks = await ok('/api/v1/changes/marks?name=e', Marks);
    expect([marks.id, marks.objects.length]).toEqual([[list.items[0]?.id], 1]);
    const density: Density = await ok('/api/v1/changes/density?name=e', Density);
    expect([density.changes, density.objects]).toEqual([1, 1]);
    const { items: coverage }: CoverageList = await ok('/api/v1/changes/coverage', CoverageList);
    const versions = (known: CoverageList['items']) =>
      known
        .filter(({ resource }) => resource.resource === 'widgets')
        .map(({ resource }) => resource.version);
    expect([coverage, marks.coverage, density.coverage].map(versions)).toEqual([
      ['v1'],
      ['v1'],
      ['v1'],
    ]);
  });
});

describe('what is not there', () => {
  it('is a problem document too', async () => {
    expect(await problem('/api/v1/nope')).toMatchObject({ status: 404, code: 'not-found' });
    const response = await server.app.inject({
      method: 'DELETE',
      url: '/api/v1/cluster',
      headers: { host: 'localhost:7373', authorization: `Bearer ${token}` },
    });
    expect(response.json()).toMatchObject({
      status: 404,
      detail: 'There is no DELETE /api/v1/cluster.',
    });
    const body = await server.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { host: 'localhost:7373', 'content-type': 'application/json' },
      payload: '{',
    });
    expect(body.json()).toMatchObject({
      status: 400,
      type: expect.stringContaining('urn:kindscope'),
    });
  });
});

describe('an object that nobody watches any more', () => {
  it('is read as it was where that is held, and else not taken for gone', async () => {
    const left = await startTestServer({
      lingerMs: 0,
      prepare: (send) => send('POST', crdPath, widgetCrd()),
    });
    const { catalog } = left.cluster;
    await vi.waitUntil(() => catalog.find(widgets) !== undefined);
    const ask = (query: string) =>
      left.app.inject({
        url: `${base}/objects/default/${query}`,
        headers: { host: 'localhost:7373', authorization: `Bearer ${token}` },
      });
    const lease = catalog.open(widgets);
    if (!lease.ok) throw new Error(lease.fault.detail);
    await vi.waitUntil(() => lease.value.source.freshness.kind === 'live');
    await left.cluster.send('POST', widgetPath('default'), widget('a', { size: 1 }));
    const states = async () => (await ask('a/revisions')).json<RevisionList>().items;
    await vi.waitUntil(async () => (await states())[0]?.time !== undefined);
    const [held] = await states();
    const at = new Date().toISOString();
    // In the millisecond in which a watch ends it is not known to have run.
    await vi.waitUntil(() => Date.now() > Date.parse(at), { interval: 1 });
    lease.value.release();
    await vi.waitUntil(() => catalog.informers().every(({ kind }) => kind !== 'Widget'));
    expect((await ask(`nobody?wait=0&at=${at}`)).json()).toMatchObject({
      code: 'unknown-revision',
    });
    await left.cluster.send('DELETE', `${crdPath}/widgets.example.com`);
    await vi.waitUntil(() => catalog.find(widgets) === undefined);
    expect((await ask('a')).statusCode).toBe(404);
    expect((await ask(`a?revision=${held?.resourceVersion}`)).json()).toMatchObject({
      spec: { size: 1 },
    });
    await left.close();
  });
});

describe('where listing across the cluster is refused', () => {
  it('the objects of the namespace that is shown instead are waited for', async () => {
    const narrow = await startTestServer({
      fallbackNamespace: 'default',
      intercept: ({ segments }) =>
        segments.at(-1) === 'configmaps' && !segments.includes('namespaces')
          ? forbidden()
          : undefined,
      prepare: (send) =>
        send('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'a' } }),
    });
    await vi.waitUntil(() => narrow.cluster.catalog.ready);
    const response = await narrow.app.inject({
      url: '/api/v1/resources/core/v1/configmaps/objects',
      headers: { host: 'localhost:7373', authorization: `Bearer ${token}` },
    });
    expect(response.json()).toMatchObject({ syncing: false, items: [{ key: 'default/a' }] });
    await narrow.close();
  });
});
