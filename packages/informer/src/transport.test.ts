import { existsSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { systemClock } from './system-clock.ts';
import { certificate } from './testing/certificate.ts';
import { createFakeClock, settle } from './testing/fake-clock.ts';
import { silent } from './testing/informer-harness.ts';
import { createDirectory, credentialsOf, writeKubeConfig } from './testing/kubeconfig-file.ts';
import { serve } from './testing/servers.ts';
import type { TestServer } from './testing/servers.ts';
import { createTransport } from './transport.ts';
import type { Transport, TransportDeps } from './transport.ts';

const directory = createDirectory();
const cleanups: (() => Promise<void>)[] = [];
const never = new AbortController().signal;
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
afterAll(() => directory.remove());

async function start(
  listener: RequestListener,
  options: { readonly tls?: boolean } = {},
): Promise<TestServer> {
  const server = await serve(listener, options);
  cleanups.push(() => server.close());
  return server;
}

function transportTo(
  cluster: object,
  more: { readonly user?: object; readonly deps?: Partial<TransportDeps> } = {},
): Transport {
  const { user = { token: 'secret' }, deps } = more;
  const transport = createTransport({
    credentials: credentialsOf(writeKubeConfig(directory.path, { cluster, user })),
    userAgent: 'informer-test/1',
    log: silent,
    clock: systemClock,
    ...deps,
  });
  cleanups.push(() => transport.close());
  return transport;
}

async function failureOf(promise: Promise<unknown>) {
  return promise.then(
    () => undefined,
    (error: unknown) => error as { code: string; message: string; remedy: string | undefined },
  );
}

describe('a request', () => {
  test('carries credentials, user agent, query and body, under the server’s base path', async () => {
    const { url } = await start((request, response) => {
      response.setHeader('x-seen', `${request.method} ${request.url}`);
      request.pipe(
        response
          .setHeader('x-auth', request.headers.authorization ?? '')
          .setHeader('x-agent', request.headers['user-agent'] ?? ''),
      );
    });
    const transport = transportTo({ server: `${url}/prefix/` });
    const response = await transport.request({
      method: 'POST',
      path: '/api/v1',
      query: { a: 'x y', b: 1, c: undefined },
      body: 'hello',
      signal: never,
    });
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({
      'x-seen': 'POST /prefix/api/v1?a=x+y&b=1',
      'x-auth': 'Bearer secret',
      'x-agent': 'informer-test/1',
    });
    expect(await response.text()).toBe('hello');
  });

  test('[fault 40] gzip is decoded, whole and as it comes', async () => {
    const text = 'x'.repeat(100_000);
    const { url } = await start((_request, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync(text));
    });
    const transport = transportTo({ server: url });
    expect(await (await transport.request({ path: '/', signal: never })).text()).toBe(text);
    let length = 0;
    for await (const chunk of (await transport.request({ path: '/', signal: never })).stream) {
      length += chunk.length;
    }
    expect(length).toBe(text.length);
  });

  test('a gzip body that is cut is an error, not a shorter body', async () => {
    const { url } = await start((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.write(gzipSync('x'.repeat(1000)).subarray(0, 15), () => response.destroy());
    });
    const response = await transportTo({ server: url }).request({ path: '/', signal: never });
    expect(await failureOf(response.text())).toMatchObject({ code: 'network' });
  });

  test('300 open streams do not keep a request from being answered', async () => {
    const { url } = await start((request, response) => {
      if (request.url === '/watch') response.writeHead(200).flushHeaders();
      else response.end('ok');
    });
    const transport = transportTo({ server: url });
    const stop = new AbortController();
    await Promise.all(
      Array.from({ length: 300 }, () => transport.request({ path: '/watch', signal: stop.signal })),
    );
    const response = await transport.request({ path: '/list', signal: never });
    expect(await response.text()).toBe('ok');
    stop.abort();
  });

  test('onSent is called on a connected socket, before the answer, and not where none can be had', async () => {
    const { url } = await start(() => undefined);
    const stop = new AbortController();
    const sent = Promise.withResolvers<void>();
    const transport = transportTo({ server: url });
    const request = transport.request({ path: '/', signal: stop.signal, onSent: sent.resolve });
    await sent.promise;
    stop.abort();
    expect(await failureOf(request)).toMatchObject({ code: 'aborted' });
    let called = false;
    const nowhere = transportTo({ server: 'http://127.0.0.1:1' });
    await failureOf(nowhere.request({ path: '/', signal: never, onSent: () => (called = true) }));
    expect(called).toBe(false);
  });
});

describe('credentials that are refused', () => {
  test('[fault 21] are read again once for all, and the requests repeated', async () => {
    let good = 'old';
    const { url } = await start((request, response) => {
      response.statusCode = request.headers.authorization === `Bearer ${good}` ? 200 : 401;
      response.end();
    });
    const token = join(directory.path, 'rotating');
    writeFileSync(token, 'old');
    const transport = transportTo({ server: url }, { user: { tokenFile: token } });
    const ask = async () => (await transport.request({ path: '/', signal: never })).status;
    expect(await ask()).toBe(200);
    good = 'new';
    writeFileSync(token, 'new');
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([200, 200, 200]);
  });

  test('twice are an answer of 401', async () => {
    let requests = 0;
    const { url } = await start((_request, response) => {
      requests += 1;
      response.writeHead(401).end('no');
    });
    const response = await transportTo({ server: url }).request({ path: '/', signal: never });
    expect(response.status).toBe(401);
    expect(requests).toBe(2);
  });
});

describe('what goes wrong is said', () => {
  test('a refused connection', async () => {
    const error = await failureOf(
      transportTo({ server: 'http://127.0.0.1:1' }).request({ path: '/', signal: never }),
    );
    expect(error).toMatchObject({
      code: 'network',
      message: 'Nothing answers at 127.0.0.1:1: the connection was refused.',
    });
  });

  test('a name that does not resolve', async () => {
    const error = await failureOf(
      transportTo({ server: 'https://no.such.host.invalid' }).request({ path: '/', signal: never }),
    );
    expect(error?.message).toBe('The name no.such.host.invalid cannot be resolved.');
  });

  test('an untrusted certificate, with its remedy; a trusted one works', async () => {
    const { url } = await start((_request, response) => response.end('ok'), { tls: true });
    const error = await failureOf(
      transportTo({ server: url }).request({ path: '/', signal: never }),
    );
    expect(error).toMatchObject({ code: 'tls' });
    expect(error?.remedy).toContain('certificate-authority');
    const ca = Buffer.from(certificate).toString('base64');
    const trusted = transportTo({ server: url, 'certificate-authority-data': ca });
    expect((await trusted.request({ path: '/', signal: never })).status).toBe(200);
    const blind = transportTo({ server: url, 'insecure-skip-tls-verify': true });
    expect((await blind.request({ path: '/', signal: never })).status).toBe(200);
  });

  test('https where the server speaks http', async () => {
    const { port } = await start((_request, response) => response.end());
    const transport = transportTo({ server: `https://127.0.0.1:${port}` });
    expect(await failureOf(transport.request({ path: '/', signal: never }))).toMatchObject({
      code: 'tls',
      message: `127.0.0.1:${port} does not speak TLS.`,
      remedy: expect.stringContaining('http://'),
    });
  });

  test('a server that does not answer in time', async () => {
    const clock = createFakeClock();
    const asked = Promise.withResolvers<void>();
    const { url } = await start(() => asked.resolve());
    const transport = transportTo({ server: url }, { deps: { clock } });
    const request = failureOf(transport.request({ path: '/', signal: never, timeoutMs: 2000 }));
    await asked.promise;
    await clock.advance(2000);
    expect(await request).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('in 2 s'),
    });
    expect(clock.pending).toBe(0);
  });

  test('a body that is cut', async () => {
    const { url } = await start((_request, response) => {
      response.write('half a li', () => response.destroy());
    });
    const response = await transportTo({ server: url }).request({ path: '/', signal: never });
    expect(await failureOf(response.text())).toMatchObject({
      code: 'network',
      message: expect.stringContaining('was cut'),
    });
  });

  test('[fault 23] a credentials plugin that hangs, and is run anew for the next request', async () => {
    const clock = createFakeClock();
    const mark = JSON.stringify(join(directory.path, 'hung'));
    const script = `
      const fs = require('node:fs');
      if (fs.existsSync(${mark})) console.log(JSON.stringify({ status: { token: 'late' } }));
      else setTimeout(() => {}, 5000, fs.writeFileSync(${mark}, ''));
    `;
    const user = { exec: { command: process.execPath, args: ['-e', script] } };
    const { url } = await start((request, response) => response.end(request.headers.authorization));
    const transport = transportTo({ server: url }, { user, deps: { clock } });
    const request = failureOf(transport.request({ path: '/', signal: never }));
    while (!existsSync(join(directory.path, 'hung'))) await settle();
    await clock.advance(60_000);
    expect(await request).toMatchObject({ code: 'credentials' });
    const response = await transport.request({ path: '/', signal: never });
    expect(await response.text()).toBe('Bearer late');
  });

  test('an aborted request and a closed transport', async () => {
    const { url, server } = await start((_request, response) =>
      response.writeHead(200).flushHeaders(),
    );
    const transport = transportTo({ server: url });
    const stop = new AbortController();
    const response = await transport.request({ path: '/', signal: stop.signal });
    const text = failureOf(response.text());
    stop.abort();
    expect(await text).toMatchObject({ code: 'aborted' });
    const gone = new Promise((resolve) =>
      server.on('connection', (socket) => socket.on('close', resolve)),
    );
    const other = await transport.request({ path: '/', signal: never });
    const cutOff = failureOf(other.text());
    await transport.close();
    expect(await cutOff).toMatchObject({ code: 'aborted' });
    await gone;
  });
});

test('a proxy-url of the kubeconfig is tunnelled through', async () => {
  const target = await start((_request, response) => response.end('through'), { tls: true });
  const tunnels: string[] = [];
  const proxy = await start(() => undefined);
  proxy.server.on('connect', (request, socket, head) => {
    tunnels.push(request.url ?? '');
    const upstream = connect(target.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
  });
  const ca = Buffer.from(certificate).toString('base64');
  const transport = transportTo({
    server: target.url,
    'proxy-url': proxy.url,
    'certificate-authority-data': ca,
  });
  const response = await transport.request({ path: '/', signal: never });
  expect(await response.text()).toBe('through');
  expect(tunnels).toEqual([`127.0.0.1:${target.port}`]);
});
