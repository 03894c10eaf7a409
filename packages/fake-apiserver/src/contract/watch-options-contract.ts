import { beforeAll, beforeEach, expect, it } from 'vitest';
import { isMap, listAt, mapAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractWatch } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  metadataOf,
  versionOf,
  widgetCrd,
} from './contract-fixtures.ts';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const PARTIAL = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';
const STREAMED = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan';

/** Where watches begin and end, and what they say on the way. */
export function watchOptionsContract(connect: () => ContractClient): void {
  let path = '';
  let configMaps = '';

  beforeAll(async () => {
    await installCrd(connect(), widgetCrd({ plural: 'dynamos', kind: 'Dynamo' }));
  });

  beforeEach(async () => {
    const namespace = await createNamespace(connect());
    path = `/apis/${GROUP}/v1/namespaces/${namespace}/dynamos`;
    configMaps = `/api/v1/namespaces/${namespace}/configmaps`;
  });

  async function create(name: string, labels: JsonMap = {}): Promise<JsonMap> {
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Dynamo', metadata: { name, labels } };
    return (await connect().request('POST', path, { body })).body;
  }

  async function patch(name: string, body: JsonMap): Promise<JsonMap> {
    const contentType = 'application/merge-patch+json';
    return (await connect().request('PATCH', `${path}/${name}`, { body, contentType })).body;
  }

  const watch = (query: string, accept?: string): Promise<ContractWatch> =>
    connect().watch(`${path}?watch=1&${query}`, accept);

  async function listVersion(): Promise<string> {
    return versionOf((await connect().request('GET', path)).body);
  }

  const nameOf = ({ object }: { object: JsonMap }): unknown => metadataOf(object)['name'];

  it('leaves out what there is when told to, and goes on from now', async () => {
    await create('before');
    const query = `sendInitialEvents=false&resourceVersionMatch=NotOlderThan`;
    const stream = await watch(`${query}&allowWatchBookmarks=true`);
    await create('after');
    expect(nameOf(await stream.next())).toBe('after');
    stream.close();
  });

  it('[I5] streams what is at least as new as a version', async () => {
    const one = await create('one');
    const two = await create('two');
    const version = versionOf(one);
    const stream = await watch(`${STREAMED}&allowWatchBookmarks=true&resourceVersion=${version}`);
    expect([nameOf(await stream.next()), nameOf(await stream.next())]).toEqual(['one', 'two']);
    const end = await stream.next();
    expect([end.type, mapAt(metadataOf(end.object), 'annotations')]).toEqual([
      'BOOKMARK',
      { 'k8s.io/initial-events-end': 'true' },
    ]);
    expect(Number(versionOf(end.object))).toBeGreaterThanOrEqual(Number(versionOf(two)));
    stream.close();
  });

  it('streams an empty list as its end alone', async () => {
    const stream = await watch(`${STREAMED}&allowWatchBookmarks=true`);
    const { type, object } = await stream.next();
    expect([type, object['kind'], metadataOf(object)['annotations']]).toEqual([
      'BOOKMARK',
      'Dynamo',
      { 'k8s.io/initial-events-end': 'true' },
    ]);
    stream.close();
  });

  it('does not mark the end of a streamed list for a client that wants no bookmarks', async () => {
    await create('one');
    const stream = await watch(`${STREAMED}&timeoutSeconds=1`);
    expect(nameOf(await stream.next())).toBe('one');
    await expect(stream.next()).rejects.toThrow('the stream ended');
  });

  it('streams a selection of what there is', async () => {
    await create('one', { on: 'no' });
    await create('two', { on: 'yes' });
    const stream = await watch(`${STREAMED}&allowWatchBookmarks=true&labelSelector=on%3Dyes`);
    expect([nameOf(await stream.next()), (await stream.next()).type]).toEqual(['two', 'BOOKMARK']);
    stream.close();
  });

  it('[I12] ends a streamed list from a version that has not come with an ERROR', async () => {
    const future = Number(await listVersion()) + 1_000_000;
    const stream = await watch(`${STREAMED}&allowWatchBookmarks=true&resourceVersion=${future}`);
    const { type, object } = await stream.next();
    expect([stream.status, type]).toEqual([200, 'ERROR']);
    expect(object).toMatchObject({
      reason: 'Timeout',
      code: 504,
      message: expect.stringContaining(
        `Too large resource version: ${future}, current: `,
      ) as unknown,
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }], retryAfterSeconds: 1 },
    });
    await stream.ended();
  });

  it('streams everything, however old the version that is asked', async () => {
    await create('one');
    const stream = await watch(`${STREAMED}&allowWatchBookmarks=true&resourceVersion=1`);
    expect(nameOf(await stream.next())).toBe('one');
    stream.close();
  });

  it('[I8] marks the end of what there was for a watch from version 0 too', async () => {
    await create('one');
    const stream = await watch('resourceVersion=0&allowWatchBookmarks=true');
    expect(nameOf(await stream.next())).toBe('one');
    const { type, object } = await stream.next();
    expect([type, mapAt(metadataOf(object), 'annotations')]).toEqual([
      'BOOKMARK',
      { 'k8s.io/initial-events-end': 'true' },
    ]);
    stream.close();
  });

  it('ends at its deadline, silent, when it is told nothing of bookmarks', async () => {
    const stream = await watch(`resourceVersion=${await listVersion()}&timeoutSeconds=1`);
    await expect(stream.next()).rejects.toThrow('the stream ended');
    await stream.ended();
  });

  it('says nothing of what never matched, and nothing of what changed beside it', async () => {
    const stream = await watch(
      `resourceVersion=${await listVersion()}&labelSelector=on%3Dyes&fieldSelector=metadata.name!%3Dthree`,
    );
    await create('one', { on: 'no' });
    await patch('one', { spec: { size: 1 } });
    await create('three', { on: 'yes' });
    await connect().request('DELETE', `${path}/one`);
    await create('two', { on: 'yes' });
    const event = await stream.next();
    expect([event.type, nameOf(event)]).toEqual(['ADDED', 'two']);
    stream.close();
  });

  it('tells of an object that stops to match and is deleted but once', async () => {
    await create('one', { on: 'yes' });
    const stream = await watch(`resourceVersion=${await listVersion()}&labelSelector=on`);
    await patch('one', { metadata: { labels: { on: null } } });
    await connect().request('DELETE', `${path}/one`);
    await create('two', { on: 'again' });
    expect([(await stream.next()).type, nameOf(await stream.next())]).toEqual(['DELETED', 'two']);
    stream.close();
  });

  it('replays what stopped to match since a version', async () => {
    await create('one', { on: 'yes' });
    const version = await listVersion();
    const left = await patch('one', { metadata: { labels: { on: 'no' } } });
    const stream = await watch(`resourceVersion=${version}&labelSelector=on%3Dyes`);
    const { type, object } = await stream.next();
    expect([type, versionOf(object), mapAt(metadataOf(object), 'labels')]).toEqual([
      'DELETED',
      versionOf(left),
      { on: 'yes' },
    ]);
    stream.close();
  });

  it('gives an object that waits for its finalizers as MODIFIED, and then as DELETED', async () => {
    const body = {
      apiVersion: `${GROUP}/v1`,
      kind: 'Dynamo',
      metadata: { name: 'held', finalizers: ['example.com/hold'] },
    };
    await connect().request('POST', path, { body });
    const stream = await watch(`resourceVersion=${await listVersion()}`);
    await connect().request('DELETE', `${path}/held`);
    await patch('held', { metadata: { finalizers: null } });
    const first = await stream.next();
    expect([first.type, metadataOf(first.object)['deletionTimestamp']]).toEqual([
      'MODIFIED',
      expect.any(String),
    ]);
    expect((await stream.next()).type).toBe('DELETED');
    stream.close();
  });

  it.each([
    ['a table', TABLE, 'Table'],
    ['parts of objects', PARTIAL, 'PartialObjectMetadata'],
  ])('[I10] tells of a forgotten version in %s as in the whole', async (_what, accept) => {
    await create('one');
    const stream = await watch('resourceVersion=1', accept);
    const { type, object } = await stream.next();
    expect([type, object['kind'], object['code']]).toEqual(['ERROR', 'Status', 410]);
    await stream.ended();
  });

  it('shows a watched table row by row: what is added, changed, left and deleted', async () => {
    const stream = await watch(
      `resourceVersion=${await listVersion()}&labelSelector=on%3Dyes`,
      TABLE,
    );
    await create('one', { on: 'yes' });
    await patch('one', { spec: { size: 1 } });
    await patch('one', { metadata: { labels: { on: 'no' } } });
    const seen: unknown[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { type, object } = await stream.next();
      const [row] = listAt(object, 'rows');
      const cells = listAt(isMap(row) ? row : {}, 'cells');
      seen.push([type, object['kind'], cells[0], object['columnDefinitions'] === null]);
    }
    expect(seen).toEqual([
      ['ADDED', 'Table', 'one', false],
      ['MODIFIED', 'Table', 'one', true],
      ['DELETED', 'Table', 'one', true],
    ]);
    stream.close();
  });

  it('ends the watches of a resource whose CRD is deleted, after its objects', async () => {
    const options = { plural: 'sparks', kind: 'Spark' };
    await installCrd(connect(), widgetCrd(options));
    const sparks = path.replace('dynamos', 'sparks');
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Spark', metadata: { name: 'one' } };
    await connect().request('POST', sparks, { body });
    const stream = await connect().watch(`${sparks}?watch=1&resourceVersion=0`);
    expect((await stream.next()).type).toBe('ADDED');
    const crd = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/sparks.${GROUP}`;
    await connect().request('DELETE', crd);
    expect((await stream.next()).type).toBe('DELETED');
    await stream.ended();
  });

  it('does not watch one object by its path', async () => {
    await create('one');
    const { body } = await connect().request('GET', `${path}/one?watch=1&timeoutSeconds=1`);
    expect([body['kind'], nameOf({ object: body })]).toEqual(['Dynamo', 'one']);
  });

  it('has a bookmark of a built-in kind carry the version and nothing of an object', async () => {
    const stream = await connect().watch(`${configMaps}?watch=1&allowWatchBookmarks=true`);
    const { type, object } = await stream.next();
    stream.close();
    expect([type, object]).toEqual([
      'BOOKMARK',
      {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: {
          resourceVersion: expect.stringMatching(/^\d+$/) as unknown,
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    ]);
  });
}
