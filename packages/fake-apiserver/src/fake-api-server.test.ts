import { load } from 'js-yaml';
import { afterEach, describe, expect, it } from 'vitest';
import { createContractClient, type ContractClient } from './contract/contract-client.ts';
import {
  GROUP,
  installCrd,
  metadataOf,
  namesOf,
  versionOf,
  widgetCrd,
} from './contract/contract-fixtures.ts';
import {
  createFakeApiServer,
  type FakeApiServer,
  type FakeApiServerOptions,
} from './fake-api-server.ts';
import { jsonAnswer } from './http/answer.ts';
import { mapAt, stringAt, type JsonMap } from './json.ts';
import { createManualClock } from './testing/manual-clock.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

const running: FakeApiServer[] = [];

async function start(options: FakeApiServerOptions = {}): Promise<{
  server: FakeApiServer;
  client: ContractClient;
}> {
  const server = await createFakeApiServer(options);
  running.push(server);
  const client = createContractClient({ ...server, url: server.url, close: () => server.close() });
  return { server, client };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

function configMap(name: string, data: JsonMap = {}): JsonMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

async function createConfigMap(client: ContractClient, name: string): Promise<JsonMap> {
  return (await client.request('POST', CONFIG_MAPS, { body: configMap(name) })).body;
}

describe('its life', () => {
  it('stops at once and starts again at the same port with the same state', async () => {
    const { server, client } = await start();
    const before = await createConfigMap(client, 'kept');
    const watch = await client.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=0`);
    await watch.next();
    const { port } = server;
    await server.stop();
    await watch.ended();
    await expect(client.request('GET', CONFIG_MAPS)).rejects.toThrow('ECONNREFUSED');
    await server.start();
    expect(server.port).toBe(port);
    const { body } = await client.request('GET', `${CONFIG_MAPS}/kept`);
    expect(body).toEqual(before);
  });

  it('writes a kubeconfig whose address carries the token, for kubectl sends none over HTTP', async () => {
    const { server } = await start({ context: 'mine', token: 'secret' });
    const config = load(server.kubeconfig()) as JsonMap;
    expect(config).toMatchObject({
      'current-context': 'mine',
      clusters: [{ name: 'mine', cluster: { server: `${server.url}/token/secret` } }],
      users: [{ name: 'mine-admin', user: { token: 'secret' } }],
      contexts: [{ name: 'mine', context: { cluster: 'mine', user: 'mine-admin' } }],
    });
    const anonymous = createContractClient({
      ...server,
      url: server.url,
      token: '',
      close: () => server.close(),
    });
    expect((await anonymous.request('GET', '/token/secret/api/v1/namespaces')).status).toBe(200);
    expect((await anonymous.request('GET', '/token/wrong/api/v1/namespaces')).status).toBe(401);
    expect((await anonymous.request('GET', '/api/v1/namespaces')).status).toBe(401);
    expect((await anonymous.request('GET', '/readyz')).status).toBe(200);
  });

  it('gives the same uids and versions for the same seed', async () => {
    const objects = await Promise.all(
      [7, 7, 8].map(async (seed) => {
        const { client } = await start({ seed, clock: createManualClock() });
        return createConfigMap(client, 'one');
      }),
    );
    expect(objects[1]).toEqual(objects[0]);
    expect(metadataOf(objects[2] ?? {})['uid']).not.toBe(metadataOf(objects[0] ?? {})['uid']);
    expect(Number(versionOf(objects[0] ?? {}))).toBeGreaterThan(1000);
  });

  it('answers 400 for a path that cannot be decoded', async () => {
    const { client } = await start();
    const { status, body } = await client.request('GET', '/api/v1/namespaces/%zz');
    expect([status, body['reason']]).toEqual([400, 'BadRequest']);
  });

  it('lets a hook answer in place of the server', async () => {
    const { client } = await start({
      intercept: ({ segments }) =>
        segments.at(-1) === 'nodes' ? jsonAnswer({ kind: 'Status', code: 418 }, 418) : undefined,
    });
    expect((await client.request('GET', '/api/v1/nodes')).status).toBe(418);
    expect((await client.request('GET', CONFIG_MAPS)).status).toBe(200);
  });

  it('asks an extension, for those who may, about paths that the API does not have', async () => {
    const asked: string[] = [];
    const { client } = await start({
      extend({ segments }) {
        asked.push(segments.join('/'));
        return segments[1] === 'thing' ? jsonAnswer({ kind: 'Thing' }, 202) : undefined;
      },
    });
    const thing = await client.request('GET', '/demo/thing');
    expect([thing.status, thing.body]).toEqual([202, { kind: 'Thing' }]);
    expect((await client.request('GET', '/demo/other')).status).toBe(404);
    expect((await client.request('GET', '/demo/thing', { token: 'wrong' })).status).toBe(401);
    expect((await client.request('GET', '/api/v1/nodes')).status).toBe(200);
    expect((await client.request('GET', '/readyz/nothing')).status).toBe(404);
    expect(asked).toEqual(['demo/thing', 'demo/other']);
  });
});

describe('faults', () => {
  it('accepts requests while frozen and answers them once thawed', async () => {
    const { server, client } = await start();
    const { body } = await client.request('GET', CONFIG_MAPS);
    const watch = await client.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${versionOf(body)}`);
    server.freeze();
    let answered = false;
    const created = createConfigMap(client, 'late').then((object) => {
      answered = true;
      return object;
    });
    // A server that answers would have done so within this many turns of the loop.
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(answered).toBe(false);
    server.thaw();
    expect(metadataOf(await created)['name']).toBe('late');
    expect(metadataOf((await watch.next()).object)['name']).toBe('late');
    watch.close();
  });

  it('cuts every watch and nothing else', async () => {
    const { server, client } = await start();
    await createConfigMap(client, 'one');
    const watch = await client.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=0`);
    await watch.next();
    server.cutWatches();
    await watch.ended();
    expect((await client.request('GET', CONFIG_MAPS)).status).toBe(200);
  });

  it('[I10] compacts: an older watch gets ERROR 410, and so does an older page or exact list', async () => {
    const { server, client } = await start();
    for (const name of ['a', 'b', 'c']) await createConfigMap(client, name);
    const first = await client.request('GET', `${CONFIG_MAPS}?limit=1`);
    await createConfigMap(client, 'd');
    server.compact();
    const watch = await client.watch(
      `${CONFIG_MAPS}?watch=1&resourceVersion=${versionOf(first.body)}`,
    );
    const { type, object } = await watch.next();
    expect([type, object['code'], object['reason']]).toEqual(['ERROR', 410, 'Expired']);
    const query = `resourceVersion=${versionOf(first.body)}&resourceVersionMatch=Exact`;
    expect((await client.request('GET', `${CONFIG_MAPS}?${query}`)).status).toBe(410);

    const token = stringAt(metadataOf(first.body), 'continue') ?? '';
    const next = await client.request('GET', `${CONFIG_MAPS}?limit=1&continue=${token}`);
    expect([next.status, next.body['reason']]).toEqual([410, 'Expired']);
    const going = stringAt(metadataOf(next.body), 'continue') ?? '';
    const rest = await client.request('GET', `${CONFIG_MAPS}?continue=${going}`);
    expect(namesOf(rest.body)).toEqual(['b', 'c', 'd']);
  });

  it('forgets the oldest events when its history is full', async () => {
    const { client } = await start({ history: { events: 10 } });
    const { body } = await client.request('GET', CONFIG_MAPS);
    const events = [];
    for (let index = 0; index < 20; index += 1) {
      events.push(await createConfigMap(client, `c${index}`));
    }
    const old = await client.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${versionOf(body)}`);
    expect((await old.next()).type).toBe('ERROR');
    const recent = versionOf(events[15] ?? {});
    const watch = await client.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${recent}`);
    expect(metadataOf((await watch.next()).object)['name']).toBe('c16');
    watch.close();
  });
});

describe('time', () => {
  it('sends bookmarks each minute and shortly before the deadline, and ends at it', async () => {
    const clock = createManualClock();
    const { client } = await start({ clock });
    const { body } = await client.request('GET', CONFIG_MAPS);
    const query = `resourceVersion=${versionOf(body)}&allowWatchBookmarks=true&timeoutSeconds=100`;
    const watch = await client.watch(`${CONFIG_MAPS}?watch=1&${query}`);
    await client.request('POST', '/api/v1/namespaces', {
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'elsewhere' } },
    });
    clock.advance(60_000);
    const bookmark = await watch.next();
    expect(bookmark.type).toBe('BOOKMARK');
    // It tells of writes to other resources too: the counter is one.
    expect(Number(versionOf(bookmark.object))).toBeGreaterThan(Number(versionOf(body)));
    clock.advance(38_000);
    expect((await watch.next()).type).toBe('BOOKMARK');
    clock.advance(2000);
    await watch.ended();
  });

  it('[I12] waits for a version to come before it says that it has not', async () => {
    const clock = createManualClock();
    const { client } = await start({ clock });
    const { body } = await client.request('GET', CONFIG_MAPS);
    const next = Number(versionOf(body)) + 1;
    const waiting = client.request('GET', `${CONFIG_MAPS}?resourceVersion=${next}`);
    await createConfigMap(client, 'awaited');
    const { status, body: list } = await waiting;
    expect([status, namesOf(list)]).toEqual([200, ['awaited']]);
  });
});

describe('what keeps true in the background', () => {
  it('empties a namespace that is deleted, and lets it go when nothing holds it', async () => {
    const { client } = await start();
    const space = '/api/v1/namespaces/gone';
    await client.request('POST', '/api/v1/namespaces', {
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gone' } },
    });
    const held = { ...configMap('held'), metadata: { name: 'held', finalizers: ['x.com/hold'] } };
    await client.request('POST', `${space}/configmaps`, { body: configMap('free') });
    await client.request('POST', `${space}/configmaps`, { body: held });
    const deleted = await client.request('DELETE', space);
    expect(mapAt(deleted.body, 'status')).toEqual({ phase: 'Terminating' });
    const left = await client.request('GET', `${space}/configmaps`);
    expect(namesOf(left.body)).toEqual(['held']);
    const refused = await client.request('POST', `${space}/configmaps`, { body: configMap('new') });
    expect([refused.status, refused.body['message']]).toEqual([
      403,
      'configmaps "new" is forbidden: unable to create new content in namespace gone because it is being terminated',
    ]);
    await client.request('PATCH', `${space}/configmaps/held`, {
      body: { metadata: { finalizers: null } },
      contentType: 'application/merge-patch+json',
    });
    expect((await client.request('GET', space)).status).toBe(404);
  });

  it('collects what an owner leaves behind, down to the last dependent', async () => {
    const { client } = await start();
    const owned = async (name: string, owners: JsonMap[]): Promise<JsonMap> => {
      const ownerReferences = owners.map((owner) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: stringAt(metadataOf(owner), 'name') ?? '',
        uid: stringAt(metadataOf(owner), 'uid') ?? '',
      }));
      const body = { ...configMap(name), metadata: { name, ownerReferences } };
      return (await client.request('POST', CONFIG_MAPS, { body })).body;
    };
    const root = await createConfigMap(client, 'root');
    const other = await createConfigMap(client, 'other');
    const child = await owned('child', [root]);
    await owned('grandchild', [child]);
    await owned('shared', [root, other]);
    await client.request('DELETE', `${CONFIG_MAPS}/root`);
    const { body } = await client.request('GET', CONFIG_MAPS);
    expect(namesOf(body)).toEqual(['other', 'shared']);
  });

  it('keeps a CRD until its last object is let go', async () => {
    const { client } = await start();
    await installCrd(client, widgetCrd({ plural: 'widgets', kind: 'Widget' }));
    const path = `/apis/${GROUP}/v1/namespaces/default/widgets`;
    const metadata = { name: 'held', finalizers: ['x.com/hold'] };
    await client.request('POST', path, {
      body: { apiVersion: `${GROUP}/v1`, kind: 'Widget', metadata },
    });
    const crd = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.${GROUP}`;
    await client.request('DELETE', crd);
    const { body } = await client.request('GET', crd);
    expect(mapAt(body, 'status')?.['conditions']).toContainEqual(
      expect.objectContaining({ type: 'Terminating', status: 'True' }),
    );
    await client.request('PATCH', `${path}/held`, {
      body: [{ op: 'remove', path: '/metadata/finalizers' }],
      contentType: 'application/json-patch+json',
    });
    expect((await client.request('GET', crd)).status).toBe(404);
    expect((await client.request('GET', path)).status).toBe(404);
  });
});

describe('built-in kinds', () => {
  it('stores what a Secret says in plain text as data', async () => {
    const { client } = await start();
    const body = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      stringData: { password: 'hunter2' },
    };
    const { body: secret } = await client.request('POST', '/api/v1/namespaces/default/secrets', {
      body,
    });
    expect(secret).toMatchObject({ type: 'Opaque', data: { password: 'aHVudGVyMg==' } });
    expect(secret['stringData']).toBeUndefined();
  });

  it('says who the caller is and that everything is allowed', async () => {
    const { client } = await start();
    const who = await client.request('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    });
    expect(mapAt(mapAt(who.body, 'status'), 'userInfo')?.['username']).toBe('admin');
    const may = await client.request(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      {
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { verb: 'list', resource: 'pods' } },
        },
      },
    );
    expect(mapAt(may.body, 'status')).toEqual({ allowed: true });
  });

  it('selects events by what they are about', async () => {
    const { client } = await start();
    const events = '/api/v1/namespaces/default/events';
    for (const name of ['one', 'two']) {
      await client.request('POST', events, {
        body: {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: { name: `${name}.1` },
          involvedObject: { kind: 'Pod', name },
          reason: 'Scheduled',
        },
      });
    }
    const query = 'fieldSelector=involvedObject.name%3Dtwo,reason%3DScheduled';
    const { body } = await client.request('GET', `${events}?${query}`);
    expect(namesOf(body)).toEqual(['two.1']);
  });
});
