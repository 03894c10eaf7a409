import { afterEach, describe, expect, it, vi } from 'vitest';
import { createContractClient, type ContractClient } from '../contract/contract-client.ts';
import { CRDS, GROUP, installCrd, metadataOf, widgetCrd } from '../contract/contract-fixtures.ts';
import { createFakeApiServer, type FakeApiServer } from '../fake-api-server.ts';
import { listAt, mapAt, type JsonMap } from '../json.ts';
import { createBackground } from './background.ts';

const STORED_AT_MOST = 1.5 * 1024 * 1024;

let server: FakeApiServer | undefined;

function warnings(): ReturnType<typeof vi.spyOn> {
  return vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
}

afterEach(async () => {
  vi.restoreAllMocks();
  await server?.close();
  server = undefined;
});

describe('background work', () => {
  it('goes on in its order after work that fails, and says what failed', async () => {
    const warned = warnings();
    const background = createBackground();
    const done: string[] = [];
    background.run(() => {
      done.push('first');
      background.run(() => done.push('third'));
      throw new Error('no room');
    });
    background.run(() => done.push('second'));
    await Promise.resolve();
    expect(done).toEqual(['first', 'second', 'third']);
    expect(warned.mock.calls).toEqual([['Background work failed, and is left undone: no room']]);
    background.run(() => done.push('later'));
    await Promise.resolve();
    expect(done.at(-1)).toBe('later');
  });
});

/** A kind, and in a namespace one object that no write can make any bigger, and one beside it. */
async function withFullObject(): Promise<{ client: ContractClient; path: string }> {
  server = await createFakeApiServer();
  const { url, token } = server;
  const client = createContractClient({ url, token, close: () => Promise.resolve() });
  await installCrd(client, widgetCrd({ plural: 'barrels', kind: 'Barrel' }));
  await client.request('POST', '/api/v1/namespaces', { body: { metadata: { name: 'full' } } });
  const path = `/apis/${GROUP}/v1/namespaces/full/barrels`;
  const barrel = (name: string, color: string, finalizers: string[]): JsonMap => ({
    apiVersion: `${GROUP}/v1`,
    kind: 'Barrel',
    metadata: { name, finalizers },
    spec: { color },
  });
  const small = await client.request('POST', path, { body: barrel('small', '', ['x/y']) });
  await client.request('PATCH', `${path}/small`, {
    body: { metadata: { finalizers: null } },
    contentType: 'application/merge-patch+json',
  });
  // Its kind is not stored; the mark of a deletion is longer than that.
  const room = STORED_AT_MOST - small.text.trim().length;
  const made = await client.request('POST', path, {
    body: barrel('large', 'x'.repeat(room), ['x/y']),
  });
  expect(made.status).toBe(201);
  return { client, path };
}

describe('an object too large to be marked as deleted', () => {
  it('stays when its namespace goes, and holds it', async () => {
    const warned = warnings();
    const { client, path } = await withFullObject();
    expect((await client.request('DELETE', '/api/v1/namespaces/full')).status).toBe(200);
    const { body } = await client.request('GET', path);
    expect(listAt(body, 'items').map((item) => metadataOf(item as JsonMap)['name'])).toEqual([
      'large',
    ]);
    const namespace = await client.request('GET', '/api/v1/namespaces/full');
    expect(listAt(mapAt(namespace.body, 'status'), 'conditions')).toContainEqual(
      expect.objectContaining({ type: 'NamespaceContentRemaining', status: 'True' }),
    );
    expect(warned.mock.calls[0]).toEqual([
      'Background work failed, and is left undone: etcdserver: request is too large',
    ]);
  });

  it('stays when its kind goes, and holds it', async () => {
    warnings();
    const { client, path } = await withFullObject();
    const crd = `${CRDS}/barrels.${GROUP}`;
    expect((await client.request('DELETE', crd)).status).toBe(200);
    const { body } = await client.request('GET', path);
    expect(listAt(body, 'items')).toHaveLength(1);
    expect((await client.request('GET', crd)).status).toBe(200);
  });
});
