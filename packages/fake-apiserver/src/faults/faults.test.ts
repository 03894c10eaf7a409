import { afterEach, describe, expect, it } from 'vitest';
import {
  createContractClient,
  type ContractClient,
  type ContractRequest,
  type ContractResponse,
  type ContractWatch,
} from '../contract/contract-client.ts';
import { metadataOf, namesOf, versionOf } from '../contract/contract-fixtures.ts';
import {
  createFakeApiServer,
  type FakeApiServer,
  type FakeApiServerOptions,
} from '../fake-api-server.ts';
import { jsonAnswer } from '../http/answer.ts';
import type { JsonMap } from '../json.ts';
import { createManualClock } from '../testing/manual-clock.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const SECRETS = '/api/v1/namespaces/default/secrets';

const running: FakeApiServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(options: FakeApiServerOptions = {}): Promise<{
  server: FakeApiServer;
  client: ContractClient;
}> {
  const server = await createFakeApiServer(options);
  running.push(server);
  const client = createContractClient({ ...server, url: server.url, close: () => server.close() });
  return { server, client };
}

function create(client: ContractClient, name: string): Promise<ContractResponse> {
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { name } };
  return client.request('POST', CONFIG_MAPS, { body });
}

const list = (client: ContractClient, request: ContractRequest = {}): Promise<ContractResponse> =>
  client.request('GET', CONFIG_MAPS, request);

/** An answer as it comes: what a fault makes of it need not be JSON. */
function raw(server: FakeApiServer, path: string): Promise<Response> {
  return fetch(server.url + path, { headers: { authorization: `Bearer ${server.token}` } });
}

/** A watch from now on. */
async function watch(client: ContractClient): Promise<ContractWatch> {
  const version = versionOf((await list(client)).body);
  return client.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${version}`);
}

async function nextName(open: ContractWatch): Promise<unknown> {
  return metadataOf((await open.next()).object)['name'];
}

/** Whether it is still waiting when a server that answers would long have done so. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  promise.then(settle, settle);
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  return !settled;
}

describe('a fault of the kind', () => {
  it('status answers a code, a Status and Retry-After, and carries nothing out', async () => {
    const { server, client } = await start();
    const fault = server.faults.add({ kind: 'status', code: 429, retryAfterSeconds: 7 });
    const { status, headers, body } = await create(client, 'refused');
    expect([status, headers['retry-after']]).toEqual([429, '7']);
    expect(body).toMatchObject({
      kind: 'Status',
      reason: 'TooManyRequests',
      details: { retryAfterSeconds: 7 },
    });
    expect(fault.hits).toBe(1);
    fault.remove();
    expect(namesOf((await list(client)).body)).not.toContain('refused');
  });

  it.each([
    [500, 'InternalError'],
    [503, 'ServiceUnavailable'],
    [410, 'Expired'],
  ])('status %i says why as Kubernetes does', async (code, reason) => {
    const { server, client } = await start();
    server.faults.add({ kind: 'status', code, message: 'not today' });
    const answer = await list(client);
    expect([answer.status, answer.body['reason'], answer.body['message']]).toEqual([
      code,
      reason,
      'not today',
    ]);
    expect(answer.headers['retry-after']).toBeUndefined();
  });

  it('delay waits by the clock of the server', async () => {
    const clock = createManualClock();
    const { server, client } = await start({ clock });
    server.faults.add({ kind: 'delay', ms: 5000, times: 1 });
    const answer = list(client);
    expect(await isPending(answer)).toBe(true);
    clock.advance(4999);
    expect(await isPending(answer)).toBe(true);
    clock.advance(1);
    expect((await answer).status).toBe(200);
  });

  it('delay lets every event of a watch come later, in order, and at once when it is removed', async () => {
    const clock = createManualClock();
    const { server, client } = await start({ clock });
    const open = await watch(client);
    const fault = server.faults.add({ kind: 'delay', ms: 1000, on: { verb: 'watch' } });
    await create(client, 'a');
    const a = nextName(open);
    expect(await isPending(a)).toBe(true);
    clock.advance(1000);
    expect(await a).toBe('a');
    await create(client, 'b');
    fault.remove();
    await create(client, 'c');
    expect([await nextName(open), await nextName(open)]).toEqual(['b', 'c']);
  });

  it('cut closes the connection before the request is carried out', async () => {
    const { server, client } = await start();
    server.faults.add({ kind: 'cut', times: 1 });
    await expect(create(client, 'a')).rejects.toThrow('socket hang up');
    expect(namesOf((await list(client)).body)).not.toContain('a');
  });

  it('cut after no byte carries the request out and says nothing of it', async () => {
    const { server, client } = await start();
    server.faults.add({ kind: 'cut', afterBytes: 0, times: 1 });
    await expect(create(client, 'a')).rejects.toThrow('socket hang up');
    expect(namesOf((await list(client)).body)).toContain('a');
  });

  it('cut after so many bytes sends exactly these of a list', async () => {
    const { server, client } = await start();
    server.faults.add({ kind: 'cut', afterBytes: 20, times: 1 });
    const response = await raw(server, CONFIG_MAPS);
    const got: string[] = [];
    await expect(async () => {
      for await (const part of response.body ?? []) got.push(Buffer.from(part).toString());
    }).rejects.toThrow('terminated');
    const { text } = await list(client);
    expect([response.status, got.join('')]).toEqual([200, text.slice(0, 20)]);
  });

  it('cut after so many events sends exactly these', async () => {
    const { server, client } = await start();
    const open = await watch(client);
    server.faults.add({ kind: 'cut', afterEvents: 2 });
    for (const name of ['a', 'b', 'c']) await create(client, name);
    expect([await nextName(open), await nextName(open)]).toEqual(['a', 'b']);
    await open.ended();
    await expect(open.next()).rejects.toThrow('the stream ended');
  });

  it('cut after so many bytes ends a watch in the middle of a line', async () => {
    const { server } = await start();
    server.faults.add({ kind: 'cut', afterBytes: 10, on: { verb: 'watch' } });
    const response = await raw(server, '/api/v1/namespaces?watch=1');
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('{"type":"A');
    await expect(reader?.read()).rejects.toThrow('terminated');
  });

  it('half-open never says another byte, not even when it is removed, and the connection stays', async () => {
    const { server, client } = await start();
    const open = await watch(client);
    const fault = server.faults.add({ kind: 'half-open', on: { verb: 'watch' }, afterEvents: 1 });
    await create(client, 'a');
    await create(client, 'b');
    expect(await nextName(open)).toBe('a');
    fault.remove();
    await create(client, 'c');
    expect(await isPending(open.next())).toBe(true);
    expect(await isPending(open.ended())).toBe(true);

    const silent = server.faults.add({ kind: 'half-open', on: { verb: 'list' } });
    const answer = list(client);
    expect(await isPending(answer)).toBe(true);
    silent.remove();
    expect(await isPending(answer)).toBe(true);
    await server.stop();
    await expect(answer).rejects.toThrow('socket hang up');
  });

  it('freeze holds one resource, its open watches too, until it is removed', async () => {
    const { server, client } = await start();
    const open = await watch(client);
    const fault = server.faults.add({ kind: 'freeze', on: { resource: 'configmaps' } });
    const created = create(client, 'late');
    expect(await isPending(created)).toBe(true);
    expect((await client.request('GET', SECRETS)).status).toBe(200);
    const patched = client.request('POST', SECRETS, {
      body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } },
    });
    expect((await patched).status).toBe(201);
    fault.remove();
    expect((await created).status).toBe(201);
    expect(await nextName(open)).toBe('late');
  });

  it('freeze keeps what an open watch has to say, and says it in order', async () => {
    const { server, client } = await start();
    const open = await watch(client);
    const fault = server.faults.add({ kind: 'freeze', on: { verb: 'watch' } });
    for (const name of ['a', 'b', 'c']) await create(client, name);
    const first = nextName(open);
    expect(await isPending(first)).toBe(true);
    fault.remove();
    expect([await first, await nextName(open), await nextName(open)]).toEqual(['a', 'b', 'c']);
  });

  it('garbage puts a line that is no JSON between the events, or in place of an answer', async () => {
    const { server, client } = await start();
    server.faults.add({ kind: 'garbage', on: { verb: 'watch' }, afterEvents: 1 });
    const query = `?watch=1&resourceVersion=${versionOf((await list(client)).body)}&timeoutSeconds=1`;
    const response = await raw(server, CONFIG_MAPS + query);
    for (const name of ['a', 'b']) await create(client, name);
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.map((line) => line.startsWith('{"type":"ADDED"'))).toEqual([true, false, true]);
    expect(() => JSON.parse(lines[1] ?? '{}') as unknown).toThrow(SyntaxError);

    server.faults.add({ kind: 'garbage', on: { verb: 'list' } });
    const answer = await raw(server, CONFIG_MAPS);
    const type = answer.headers.get('content-type');
    expect([answer.status, type]).toEqual([200, 'application/json']);
    await expect(answer.json()).rejects.toThrow(SyntaxError);
  });

  it('truncated ends a line, or a body, in its middle and in good order', async () => {
    const { server, client } = await start();
    server.faults.add({ kind: 'truncated', on: { verb: 'watch' }, afterEvents: 1 });
    const query = `?watch=1&resourceVersion=${versionOf((await list(client)).body)}`;
    const response = await raw(server, CONFIG_MAPS + query);
    for (const name of ['a', 'b', 'c']) await create(client, name);
    const [whole, part, ...rest] = (await response.text()).split('\n');
    expect(metadataOf((JSON.parse(whole ?? '') as { object: JsonMap }).object)['name']).toBe('a');
    expect([part?.startsWith('{"type":"ADDED"'), rest]).toEqual([true, []]);
    expect(() => JSON.parse(part ?? '{}') as unknown).toThrow(SyntaxError);

    const { text } = await list(client);
    server.faults.add({ kind: 'truncated', on: { verb: 'list' } });
    expect(await (await raw(server, CONFIG_MAPS)).text()).toBe(
      text.slice(0, Math.floor(text.length / 2)),
    );
  });

  it('[I10] expired tells a list 410, and a watch by an ERROR event that ends it', async () => {
    const { server, client } = await start();
    const open = await watch(client);
    server.faults.add({ kind: 'expired' });
    const { type, object } = await open.next();
    expect([type, object['code'], object['reason']]).toEqual(['ERROR', 410, 'Expired']);
    await open.ended();
    const answer = await list(client);
    expect([answer.status, answer.body['reason']]).toEqual([410, 'Expired']);
    expect((await create(client, 'a')).status).toBe(201);
    const late = await client.watch(`${CONFIG_MAPS}?watch=1`);
    expect([late.status, (await late.next()).type]).toEqual([200, 'ERROR']);
  });
});

describe('whom a fault meets', () => {
  it('is every request when nothing is said, discovery and health too', async () => {
    const { server, client } = await start();
    server.faults.add({ kind: 'status', code: 503 });
    for (const path of ['/apis', '/readyz', '/version', CONFIG_MAPS]) {
      expect([path, (await client.request('GET', path)).status]).toEqual([path, 503]);
    }
  });

  it('can be one resource, verb, namespace and client', async () => {
    const { server, client } = await start();
    const on = {
      resource: 'deployments.apps',
      verb: ['list', 'get'] as const,
      namespace: 'default',
      client: 'kubectl/',
    };
    const fault = server.faults.add({ kind: 'status', code: 500, on });
    const deployments = '/apis/apps/v1/namespaces/default/deployments';
    const kubectl = { userAgent: 'kubectl/v1.36' };
    const statusOf = async (path: string, request?: ContractRequest): Promise<number> =>
      (await client.request('GET', path, request)).status;
    expect(await statusOf(deployments, kubectl)).toBe(500);
    expect(await statusOf(`${deployments}/x`, kubectl)).toBe(500);
    expect(await statusOf(deployments)).toBe(200);
    expect(await statusOf('/apis/apps/v1/deployments', kubectl)).toBe(200);
    expect(await statusOf('/apis/apps/v1/namespaces/default/replicasets', kubectl)).toBe(200);
    expect(await statusOf('/apis/apps/v1', kubectl)).toBe(200);
    const gone = await client.request('DELETE', `${deployments}/x`, kubectl);
    expect(gone.status).toBe(404);
    expect(fault.hits).toBe(2);
  });

  it('is found by a client that sends its token in the path', async () => {
    const { server } = await start();
    server.faults.add({ kind: 'status', code: 500, on: { resource: 'configmaps' } });
    const { status } = await fetch(`${server.url}/token/${server.token}${CONFIG_MAPS}`);
    expect(status).toBe(500);
  });

  it('is nobody who asks an extension', async () => {
    const { server, client } = await start({ extend: () => jsonAnswer({ mine: true }) });
    server.faults.add({ kind: 'status', code: 500 });
    expect((await client.request('GET', '/demo')).body).toEqual({ mine: true });
  });
});

describe('how often a fault acts', () => {
  const statuses = async (client: ContractClient, count: number): Promise<number[]> => {
    const found: number[] = [];
    for (let index = 0; index < count; index += 1) found.push((await list(client)).status);
    return found;
  };

  it('is so many times, after so many that pass', async () => {
    const { server, client } = await start();
    const fault = server.faults.add({ kind: 'status', code: 500, after: 2, times: 1 });
    expect(await statuses(client, 5)).toEqual([200, 200, 500, 200, 200]);
    expect(fault.hits).toBe(1);
  });

  it('is the same by the same seed, and changes no uid', async () => {
    const runs = await Promise.all(
      [3, 3, 4].map(async (seed) => {
        const { server, client } = await start({ seed });
        const fault = server.faults.add({ kind: 'status', code: 500, probability: 0.5 });
        const found = await statuses(client, 40);
        fault.remove();
        return { found, uid: metadataOf((await create(client, 'a')).body)['uid'] };
      }),
    );
    const hits = runs[0]?.found.filter((status) => status === 500).length ?? 0;
    expect([hits > 8, hits < 32]).toEqual([true, true]);
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]?.found).not.toEqual(runs[0]?.found);
    const { client } = await start({ seed: 3 });
    expect(metadataOf((await create(client, 'a')).body)['uid']).toBe(runs[0]?.uid);
  });

  it('several act one after the other', async () => {
    const clock = createManualClock();
    const { server, client } = await start({ clock });
    server.faults.add({ kind: 'delay', ms: 100 });
    server.faults.add({ kind: 'status', code: 500 });
    const answer = list(client);
    expect(await isPending(answer)).toBe(true);
    clock.advance(100);
    expect((await answer).status).toBe(500);
    server.faults.clear();
    expect((await list(client)).status).toBe(200);
  });

  it('meets the watches that are open, as far as it may', async () => {
    const { server, client } = await start();
    const first = await watch(client);
    const second = await watch(client);
    const fault = server.faults.add({ kind: 'cut', on: { verb: 'watch' }, times: 1 });
    await first.ended();
    expect(fault.hits).toBe(1);
    await create(client, 'a');
    expect(await nextName(second)).toBe('a');
  });

  it('does nothing any more once it is removed, to an open watch either', async () => {
    const { server, client } = await start();
    const open = await watch(client);
    server.faults.add({ kind: 'cut', afterEvents: 1 }).remove();
    for (const name of ['a', 'b']) await create(client, name);
    expect([await nextName(open), await nextName(open)]).toEqual(['a', 'b']);
  });
});

describe('a restart and a compaction', () => {
  it('keep the faults', async () => {
    const { server, client } = await start();
    server.faults.add({ kind: 'status', code: 500, on: { verb: 'list' } });
    await server.stop();
    await server.start();
    expect((await list(client)).status).toBe(500);
  });

  it('forgets the past of one resource alone when told', async () => {
    const { server, client } = await start();
    const version = versionOf((await list(client)).body);
    await create(client, 'a');
    server.compact('secrets');
    const kept = await client.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${version}`);
    expect(await nextName(kept)).toBe('a');
    server.compact('configmaps');
    const old = await client.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${version}`);
    expect((await old.next()).type).toBe('ERROR');
    expect(() => server.compact('widgets.example.com')).toThrow(
      'widgets.example.com is not served: name it as plural.group',
    );
  });
});

describe('what is no fault', () => {
  it.each([
    [null, 'a fault must be an object with a `kind`'],
    [{ kind: 'explode' }, 'kind: "explode" is no kind of fault: expected one of status, delay'],
    [{ kind: 'status' }, 'code: a fault of the kind status must have it'],
    [{ kind: 'status', code: 200 }, 'code: 200 is not a status code from 400 to 599'],
    [{ kind: 'delay', ms: -1 }, 'ms: -1 is not a whole number from 0 on'],
    [{ kind: 'cut', ms: 1 }, 'ms: a fault has no such field here: expected one of kind, on'],
    [{ kind: 'cut', on: { verb: 'look' } }, 'on.verb: "look" is not one or several of get, list'],
    [{ kind: 'cut', on: { verbs: 'get' } }, 'on.verbs: a fault has no such field here'],
    [{ kind: 'cut', probability: 2 }, 'probability: 2 is not a number from 0 to 1'],
    [
      { kind: 'cut', afterEvents: 1, afterBytes: 1 },
      'afterBytes: cannot be given together with afterEvents',
    ],
  ])('%j is refused, and why is said', async (value, why) => {
    const { server } = await start();
    expect(() => server.faults.add(value as never)).toThrow(why);
  });
});
