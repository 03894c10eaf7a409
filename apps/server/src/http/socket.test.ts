import type { AddressInfo } from 'node:net';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { systemClock } from '@kindscope/informer';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { closeCodes, limits } from '../fanout/limits.ts';
import { widgets } from '../fanout/testing/fake-catalog.ts';
import { createHarness } from '../fanout/testing/harness.ts';
import { registerSocket } from './socket.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const table = { view: 'table', resource: widgets, window: { offset: 0, length: 10 } };
const cleanups: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function start(session?: AbortSignal) {
  const harness = createHarness();
  const resource = harness.catalog.add(widgets);
  const app = fastify({ forceCloseConnections: true }).withTypeProvider<TypeBoxTypeProvider>();
  const { fanout, clock } = harness;
  await registerSocket(app, { fanout, clock, log: quiet, session: () => session });
  await app.listen({ port: 0, host: '127.0.0.1' });
  cleanups.push(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  return { ...harness, resource, app, url: `ws://127.0.0.1:${port}/api/v1/stream` };
}

/** A socket and what came through it. */
function dial(url: string, protocols: string | string[] = 'kindscope.v1', options = {}) {
  const socket = new WebSocket(url, protocols, options);
  const messages: { type: string; [member: string]: unknown }[] = [];
  const waiting = new Set<() => void>();
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const refused = new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });
  socket.on('error', () => {});
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString('utf8')));
    for (const check of waiting) check();
  });
  cleanups.push(() => socket.terminate());
  return {
    socket,
    messages,
    closed,
    refused,
    send: (message: object) => socket.send(JSON.stringify(message)),
    /** Resolves with the first message of the type. */
    until: (type: string) =>
      new Promise<(typeof messages)[number]>((resolve) => {
        const check = () => {
          const found = messages.find((message) => message.type === type);
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
  };
}

describe('the socket', () => {
  it('[W1] speaks the protocol over a real connection, as text, uncompressed', async () => {
    const { url, resource } = await start();
    const client = dial(url);
    expect(await client.until('welcome')).toMatchObject({ protocol: 1 });
    expect(client.socket.protocol).toBe('kindscope.v1');
    expect(client.socket.extensions).toBe('');
    client.send({ type: 'subscribe', id: 1, ...table });
    await client.until('end');
    resource.put({ namespace: 'a', name: 'ü' });
    const frames = client.messages.length;
    while (client.messages.length === frames) await new Promise((done) => setImmediate(done));
    expect(client.messages.at(-1)).toMatchObject({ type: 'table', keys: ['a/ü'] });
  });

  it.each([[[]], [['kindscope.v0']], [['graphql-ws', 'x']]])(
    '[W1] refuses at the handshake who does not name the protocol: %j',
    async (protocols) => {
      const { url, fanout } = await start();
      expect(await dial(url, protocols).refused).toBe(400);
      expect(fanout.stats().connections).toBe(0);
    },
  );

  it('[W4] answers a message over 64 KiB with an error and lives on', async () => {
    const { url } = await start();
    const client = dial(url);
    await client.until('welcome');
    client.socket.send('x'.repeat(limits.frameBytes + 1));
    expect(await client.until('error')).toMatchObject({ fault: { code: 'frame-too-large' } });
    client.send({ type: 'subscribe', id: 1, ...table });
    await client.until('end');
  });

  it('[W4] ends a connection with 1009 that sends four times as much', async () => {
    const { url, fanout } = await start();
    const client = dial(url);
    await client.until('welcome');
    client.socket.send('x'.repeat(limits.frameBytes * 4 + 1));
    expect(await client.closed).toBe(1009);
    while (fanout.stats().connections > 0) await new Promise((done) => setImmediate(done));
  });

  it('[W2] answers a binary message with an error', async () => {
    const { url } = await start();
    const client = dial(url);
    await client.until('welcome');
    client.socket.send(Buffer.from('{}'), { binary: true });
    expect(await client.until('error')).toMatchObject({ fault: { code: 'bad-message' } });
  });

  it('[W5] cuts a client that answers no ping, and keeps one that does', async () => {
    const { url, clock } = await start();
    const deaf = dial(url, 'kindscope.v1', { autoPong: false });
    const client = dial(url);
    await Promise.all([deaf.until('welcome'), client.until('welcome')]);
    const pinged = new Promise((resolve) => client.socket.once('ping', resolve));
    await clock.advance(30_000);
    await pinged;
    client.send({ type: 'subscribe', id: 1, ...table });
    await client.until('end');
    await clock.advance(30_000);
    expect(await deaf.closed).toBe(1006);
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('[W4] ends with 1011 alone the connection whose message brings out a bug', async () => {
    const { fanout, app, url } = await start();
    const healthy = dial(url);
    await healthy.until('welcome');
    const broken: typeof fanout = {
      ...fanout,
      connect: (port) => ({
        ...fanout.connect(port),
        receive() {
          throw new Error('a bug');
        },
      }),
    };
    const other = fastify({ forceCloseConnections: true }).withTypeProvider<TypeBoxTypeProvider>();
    await registerSocket(other, { fanout: broken, clock: systemClock, log: quiet });
    await other.listen({ port: 0, host: '127.0.0.1' });
    cleanups.push(() => other.close());
    const { port } = other.server.address() as AddressInfo;
    const client = dial(`ws://127.0.0.1:${port}/api/v1/stream`);
    await client.until('welcome');
    client.send({ type: 'subscribe', id: 1, ...table });
    expect(await client.closed).toBe(closeCodes.internalError.code);
    healthy.send({ type: 'subscribe', id: 1, ...table });
    await healthy.until('attached');
    expect(app.websocketServer.clients.size).toBe(1);
  });

  it('[W4] ends with 4401 when the session ends', async () => {
    const session = new AbortController();
    const { url } = await start(session.signal);
    const client = dial(url);
    await client.until('welcome');
    session.abort();
    expect(await client.closed).toBe(closeCodes.sessionExpired.code);
  });

  it('[W4] says goodbye with 1001 when the server stops', async () => {
    const { url, fanout, app } = await start();
    const client = dial(url);
    await client.until('welcome');
    fanout.close();
    await app.close();
    expect(await client.closed).toBe(1001);
  });

  it('[W14] stops sending to a client that does not read, and goes on when it does', async () => {
    const { url, resource, clock, connect } = await start();
    const client = dial(url);
    const other = connect();
    await client.until('welcome');
    client.send({
      type: 'subscribe',
      id: 1,
      view: 'object',
      resource: widgets,
      namespace: 'a',
      name: 'x',
    });
    await client.until('end');
    other.subscribe({ view: 'object', resource: widgets, namespace: 'a', name: 'x' });
    client.socket.pause();
    for (let n = 1; n <= 200; n += 1) {
      resource.put({
        namespace: 'a',
        name: 'x',
        spec: `{"count":${n},"pad":"${'x'.repeat(200_000)}"}`,
      });
      await clock.advance(16);
    }
    expect(other.model.held(1).object).toMatchObject({ spec: { count: 200 } });
    expect(client.messages.length).toBeLessThan(20);
    client.socket.resume();
    const resets = () => client.messages.filter(({ type, reset }) => type === 'begin' && reset);
    while (resets().length === 0 || client.messages.at(-1)?.type !== 'end') {
      await new Promise((done) => setImmediate(done));
    }
    expect(resets()).toHaveLength(1);
    const objects = client.messages.filter(({ type }) => type === 'object');
    expect(objects.at(-1)).toMatchObject({ object: { spec: { count: 200 } } });
    expect(client.messages.length).toBeLessThan(150);
  }, 20_000);
});
