import { expect, it } from 'vitest';
import { createContractClient } from '../contract/contract-client.ts';
import { createFakeApiServer } from '../fake-api-server.ts';
import { createManualClock } from '../testing/manual-clock.ts';

const EVENTS = '/api/v1/namespaces/default/events';
const MINUTE_MS = 60_000;

it('deletes an Event an hour after it was last written, under either of its names', async () => {
  const clock = createManualClock();
  const server = await createFakeApiServer({ clock });
  try {
    const client = createContractClient({ ...server, url: server.url });
    const involvedObject = { kind: 'Pod', name: 'web', namespace: 'default' };
    for (const name of ['once', 'again']) {
      const body = { metadata: { name }, involvedObject, reason: 'Pulled' };
      expect((await client.request('POST', EVENTS, { body })).status).toBe(201);
    }
    const codes = (): Promise<number[]> =>
      Promise.all(
        ['once', 'again'].map(
          async (name) => (await client.request('GET', `${EVENTS}/${name}`)).status,
        ),
      );
    clock.advance(30 * MINUTE_MS);
    const newer = `/apis/events.k8s.io/v1/namespaces/default/events/again`;
    const patched = await client.request('PATCH', newer, {
      body: { metadata: { labels: { seen: 'twice' } } },
      contentType: 'application/merge-patch+json',
    });
    expect(patched.status).toBe(200);
    const watch = await client.watch(`${EVENTS}?watch=1&resourceVersion=0`);
    await watch.next();
    await watch.next();
    clock.advance(30 * MINUTE_MS - 1);
    expect(await codes()).toEqual([200, 200]);
    clock.advance(1);
    const { type, object } = await watch.next();
    expect([type, object['reason']]).toEqual(['DELETED', 'Pulled']);
    expect(await codes()).toEqual([404, 200]);
    clock.advance(30 * MINUTE_MS);
    expect(await codes()).toEqual([404, 404]);
  } finally {
    await server.close();
  }
});
