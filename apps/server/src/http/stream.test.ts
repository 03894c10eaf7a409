import type { AddressInfo } from 'node:net';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { widgets } from '../fanout/testing/fake-catalog.ts';
import { createHarness } from '../fanout/testing/harness.ts';
import { registerProblems } from './problem.ts';
import { registerChangeStream } from './stream.ts';

const cleanups: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const path = '/api/v1/changes/stream';
const all = `${path}?resource=test.dev/v1/widgets`;

async function start(options: Parameters<typeof createHarness>[0] = {}, instance = 'one') {
  const harness = createHarness(options);
  const resource = harness.catalog.add(widgets);
  const ajv = { customOptions: { removeAdditional: false } } as const;
  const app = fastify({ ajv }).withTypeProvider<TypeBoxTypeProvider>();
  registerProblems(app);
  const { fanout, clock } = harness;
  registerChangeStream(app, { fanout, clock, instance });
  await app.listen({ port: 0, host: '127.0.0.1' });
  cleanups.push(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  return { ...harness, resource, app, base: `http://127.0.0.1:${port}` };
}

interface ServerEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: Record<string, unknown>;
}

/** Reads as curl does, and takes events apart as the HTML standard says. */
async function listen(url: string, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  cleanups.push(() => abort.abort());
  const response = await fetch(url, { headers, signal: abort.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const blocks: string[] = [];
  const events: ServerEvent[] = [];
  let rest = '';
  const field = (block: string, name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);

  function take(text: string): void {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop() ?? '';
    for (const block of parts) {
      blocks.push(block);
      if (block.startsWith(':')) continue;
      const data = JSON.parse(field(block, 'data') ?? '{}');
      events.push({ id: field(block, 'id'), event: field(block, 'event'), data });
    }
  }

  return {
    response,
    blocks,
    stop: () => abort.abort(),
    async until(done: (events: readonly ServerEvent[]) => boolean) {
      while (!done(events)) {
        const { value, done: ended } = (await reader?.read()) ?? { done: true };
        if (ended) break;
        take(value ?? '');
      }
      return events;
    },
  };
}

const changeNames = (events: readonly ServerEvent[]) =>
  events.flatMap(({ event, data }) => (event === 'change' ? [data['name']] : []));

describe('the event stream of changes', () => {
  it('[S1] says how fresh it is, then each change as one line of JSON with an id', async () => {
    const { base, resource } = await start();
    const stream = await listen(base + all);
    expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    await stream.until((events) => events.length === 1);
    resource.put({ namespace: 'a', name: 'x' });
    const events = await stream.until((seen) => seen.length === 2);
    expect(events[0]).toMatchObject({ event: 'freshness', data: { kind: 'live' } });
    expect(events[1]).toMatchObject({
      event: 'change',
      data: { id: 1, name: 'x', classes: ['created'], resource: widgets },
    });
    expect(events[1]?.id).toMatch(/^one\.1\.\d+$/);
  });

  it('[S1] narrows as the changes view does, with effects and a backlog', async () => {
    const { base, resource, quiet } = await start();
    const put = (name: string, app: string) =>
      resource.put({ namespace: 'a', name, labels: { app } });
    put('x', 'web');
    put('y', 'api');
    put('x', 'api');
    await quiet();
    const query = `${all}&resource=test.dev/v1/widgets&namespace=a&backlog=5`;
    const stream = await listen(
      `${base}${query}&labelSelector=${encodeURIComponent('app in (web)')}`,
    );
    const events = await stream.until((seen) => seen.length === 3);
    expect(changeNames(events)).toEqual(['x', 'x']);
    expect(events[2]?.data).toMatchObject({ effect: 'leave' });
  });

  it('[S2] goes on after the last event id, from the log', async () => {
    const { base, resource, quiet } = await start();
    for (const name of ['a', 'b', 'c']) resource.put({ namespace: 'n', name });
    await quiet();
    const first = await listen(`${base}${all}&backlog=2`);
    const [, second] = (await first.until((seen) => changeNames(seen).length === 2)).slice(-2);
    first.stop();
    resource.put({ namespace: 'n', name: 'd' });
    await quiet();
    const next = await listen(`${base}${all}&backlog=2`, { 'last-event-id': second?.id ?? '' });
    resource.put({ namespace: 'n', name: 'e' });
    await quiet();
    const events = await next.until((seen) => changeNames(seen).length === 2);
    expect(changeNames(events)).toEqual(['d', 'e']);
    expect(events.some(({ event }) => event === 'gap')).toBe(false);
  });

  it('[S2] says a gap where the log has dropped what comes after the last event id', async () => {
    const limits = { entries: 3, bytes: 1e9 };
    const { base, resource, quiet, clock } = await start({
      log: { perResource: limits, total: limits },
    });
    for (let n = 0; n < 9; n += 1) resource.put({ namespace: 'n', name: `w${n}` });
    await quiet();
    const headers = { 'last-event-id': `one.2.${clock.now() - 5000}` };
    const stream = await listen(base + all, headers);
    const events = await stream.until((seen) => changeNames(seen).length === 3);
    expect(events.map(({ event }) => event)).toEqual([
      'freshness',
      'gap',
      'change',
      'change',
      'change',
    ]);
    expect(events[1]?.data).toMatchObject({ reason: 'slow', filled: false });
  });

  it('[S2] says a gap since then to a client of an earlier server process', async () => {
    const { base, clock } = await start();
    const headers = { 'last-event-id': `zero.99.${clock.now() - 60_000}` };
    const events = await (await listen(base + all, headers)).until((seen) => seen.length === 2);
    expect(events[1]).toMatchObject({
      event: 'gap',
      data: { from: '2026-11-22T13:59:00.000Z', reason: 'unwatched', filled: false },
    });
  });

  it('[S3] holds no queue for a slow client: it reads on from the log, whole', async () => {
    const { base, resource, quiet } = await start();
    const stream = await listen(base + all);
    await stream.until((events) => events.length === 1);
    for (let n = 0; n < 3000; n += 1) {
      const spec = n % 2 === 0 ? JSON.stringify({ text: 'x'.repeat(4000) }) : '{}';
      resource.put({ namespace: 'a', name: 'x', spec });
      if (n % 100 === 0) await quiet();
    }
    const events = await stream.until((seen) => seen.at(-1)?.data['id'] === 3000);
    expect(events.filter(({ event }) => event === 'change')).toHaveLength(3000);
    expect(events.some(({ event }) => event === 'gap')).toBe(false);
  }, 60_000);

  it('[S4] opens no feed for a HEAD, which would never give it back', async () => {
    const { base, catalog } = await start();
    const answer = await fetch(base + all, { method: 'HEAD' });
    expect(answer.status).toBe(404);
    expect(catalog.leases).toBe(0);
  });

  it('[S4] beats with a comment after 15 s of silence', async () => {
    const { base, clock } = await start();
    const stream = await listen(base + all);
    await stream.until((events) => events.length === 1);
    await clock.advance(15_000);
    await stream.until(() => stream.blocks.includes(': beat'));
    expect(stream.blocks.at(-1)).toBe(': beat');
  });

  it('[S4] gives everything back when the client goes, and ends when the server stops', async () => {
    const { base, catalog, app, clock } = await start();
    const stream = await listen(base + all);
    await stream.until((events) => events.length === 1);
    expect(catalog.leases).toBe(1);
    stream.stop();
    while (catalog.leases > 0) await new Promise((done) => setImmediate(done));
    const other = await listen(base + all);
    await other.until((events) => events.length === 1);
    const closed = app.close();
    await other.until(() => false);
    await closed;
    expect(catalog.leases).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ['', 400, 'bad-request'],
    ['?resource=widgets', 400, 'bad-resource'],
    ['?resource=test.dev/v1/wigdets', 404, 'unknown-resource'],
    ['?resource=test.dev/v1/widgets&labelSelector=a=b=c', 400, 'bad-selector'],
    ['?resource=test.dev/v1/widgets&selector=a', 400, 'bad-request'],
  ])('[S5] answers %j with a problem document', async (query, status, code) => {
    const { base } = await start();
    const response = await fetch(`${base}${path}${query}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, code });
  });
});
