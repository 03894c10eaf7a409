import { beforeAll, beforeEach, expect, it } from 'vitest';
import { mapAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractWatch } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  metadataOf,
  versionOf,
  widgetCrd,
} from './contract-fixtures.ts';

export function watchContract(connect: () => ContractClient): void {
  let path = '';

  beforeAll(async () => {
    await installCrd(connect(), widgetCrd({ plural: 'clocks', kind: 'Clock' }));
  });

  beforeEach(async () => {
    path = `/apis/${GROUP}/v1/namespaces/${await createNamespace(connect())}/clocks`;
  });

  async function create(name: string, labels: JsonMap = {}): Promise<JsonMap> {
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Clock', metadata: { name, labels } };
    return (await connect().request('POST', path, { body })).body;
  }

  async function patch(name: string, body: JsonMap): Promise<JsonMap> {
    const contentType = 'application/merge-patch+json';
    return (await connect().request('PATCH', `${path}/${name}`, { body, contentType })).body;
  }

  const watchFrom = (version: string, query = ''): Promise<ContractWatch> =>
    connect().watch(`${path}?watch=1&resourceVersion=${version}${query}`);

  async function listVersion(): Promise<string> {
    return versionOf((await connect().request('GET', path)).body);
  }

  async function nextOf(watch: ContractWatch): Promise<unknown[]> {
    const { type, object } = await watch.next();
    return [type, metadataOf(object)['name'], versionOf(object)];
  }

  it('tells what happens after a version', async () => {
    const watch = await watchFrom(await listVersion());
    const added = await create('one');
    const modified = await patch('one', { spec: { size: 2 } });
    await connect().request('DELETE', `${path}/one`);
    expect(await nextOf(watch)).toEqual(['ADDED', 'one', versionOf(added)]);
    expect(await nextOf(watch)).toEqual(['MODIFIED', 'one', versionOf(modified)]);
    const [type, name, version] = await nextOf(watch);
    expect([type, name]).toEqual(['DELETED', 'one']);
    expect(Number(version)).toBeGreaterThan(Number(versionOf(modified)));
    watch.close();
  });

  it('replays what happened since a version', async () => {
    const version = await listVersion();
    await create('one');
    await create('two');
    const watch = await watchFrom(version);
    expect((await nextOf(watch)).slice(0, 2)).toEqual(['ADDED', 'one']);
    expect((await nextOf(watch)).slice(0, 2)).toEqual(['ADDED', 'two']);
    watch.close();
  });

  it.each(['', '0'])('[I8] starts with what there is at version "%s"', async (version) => {
    const one = await create('one');
    const watch = await watchFrom(version);
    expect(await nextOf(watch)).toEqual(['ADDED', 'one', versionOf(one)]);
    const two = await create('two');
    expect(await nextOf(watch)).toEqual(['ADDED', 'two', versionOf(two)]);
    watch.close();
  });

  it('shows objects that start and stop to match as ADDED and DELETED', async () => {
    const watch = await watchFrom(await listVersion(), '&labelSelector=on%3Dyes');
    await create('one');
    const entered = await patch('one', { metadata: { labels: { on: 'yes' } } });
    const changed = await patch('one', { spec: { size: 1 } });
    const left = await patch('one', { metadata: { labels: { on: 'no' } }, spec: { size: 2 } });
    expect(await nextOf(watch)).toEqual(['ADDED', 'one', versionOf(entered)]);
    expect(await nextOf(watch)).toEqual(['MODIFIED', 'one', versionOf(changed)]);
    const event = await watch.next();
    // The old body at the new version.
    expect([event.type, versionOf(event.object)]).toEqual(['DELETED', versionOf(left)]);
    expect(event.object['spec']).toEqual({ size: 1 });
    expect(mapAt(metadataOf(event.object), 'labels')).toEqual({ on: 'yes' });
    watch.close();
  });

  it('watches one object by its name', async () => {
    const query = '&fieldSelector=metadata.name%3Dtwo';
    const watch = await watchFrom(await listVersion(), query);
    await create('one');
    await create('two');
    expect((await nextOf(watch)).slice(0, 2)).toEqual(['ADDED', 'two']);
    watch.close();
  });

  it('[I10] answers a version that is forgotten with 200 and one ERROR event', async () => {
    await create('one');
    const watch = await watchFrom('1');
    expect(watch.status).toBe(200);
    const { type, object } = await watch.next();
    expect(type).toBe('ERROR');
    expect(object).toMatchObject({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      reason: 'Expired',
      code: 410,
    });
    expect(object['message']).toMatch(/^too old resource version: 1 \(\d+\)$/);
    await watch.ended();
  });

  it('[I9] ends in good order at its deadline, after a bookmark', async () => {
    const one = await create('one');
    const watch = await watchFrom('0', '&timeoutSeconds=3&allowWatchBookmarks=true');
    expect((await nextOf(watch)).slice(0, 2)).toEqual(['ADDED', 'one']);
    const bookmark = await watch.next();
    expect(bookmark.type).toBe('BOOKMARK');
    expect(bookmark.object).toMatchObject({ kind: 'Clock', apiVersion: `${GROUP}/v1` });
    expect(Number(versionOf(bookmark.object))).toBeGreaterThanOrEqual(Number(versionOf(one)));
    expect(bookmark.object['spec']).toBeUndefined();
    await watch.ended();
  });

  it('[I5] streams a list and marks its end', async () => {
    await create('one');
    const query =
      '&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const watch = await watchFrom('', query);
    expect((await nextOf(watch)).slice(0, 2)).toEqual(['ADDED', 'one']);
    const end = await watch.next();
    expect(end.type).toBe('BOOKMARK');
    expect(mapAt(metadataOf(end.object), 'annotations')).toEqual({
      'k8s.io/initial-events-end': 'true',
    });
    await create('two');
    expect((await nextOf(watch)).slice(0, 2)).toEqual(['ADDED', 'two']);
    watch.close();
  });

  it('refuses a streaming list without resourceVersionMatch', async () => {
    const { status, body } = await connect().request(
      'GET',
      `${path}?watch=1&sendInitialEvents=true&allowWatchBookmarks=true`,
    );
    expect(status).toBe(422);
    expect(body['message']).toContain(
      'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  });

  it('[I16] stays silent for a version that has not come', async () => {
    const version = String(Number(await listVersion()) + 1_000_000);
    const watch = await watchFrom(version, '&timeoutSeconds=1');
    expect(watch.status).toBe(200);
    await create('one');
    await expect(watch.next()).rejects.toThrow('the stream ended');
  });

  it.each(['0', '2147484'])('stays with a time-out of %s seconds', async (seconds) => {
    const watch = await watchFrom(await listVersion(), `&timeoutSeconds=${seconds}`);
    for (const name of ['one', 'two', 'three']) {
      await create(name);
      expect((await watch.next()).type).toBe('ADDED');
    }
    watch.close();
  });

  it('watches all namespaces at once', async () => {
    const version = await listVersion();
    const watch = await connect().watch(
      `/apis/${GROUP}/v1/clocks?watch=1&resourceVersion=${version}`,
    );
    const one = await create('one');
    expect(await nextOf(watch)).toEqual(['ADDED', 'one', versionOf(one)]);
    watch.close();
  });
}
