import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, token, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let port: number;
beforeAll(async () => {
  server = await startTestServer();
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(address).port);
  await vi.waitUntil(() => server.cluster.catalog.ready);
});
afterAll(() => server.close());

const headers = { host: '127.0.0.1:7373', authorization: `Bearer ${token}` };
const objects = '/api/v1/resources/core/v1/configmaps/objects';

/** What the server says to these very bytes, until it closes. */
function say(text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    // A server that closes before it has read all resets the connection.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

function problemIn(answer: string): Record<string, unknown> {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head.toLowerCase()).toContain('application/problem+json');
  expect(head.toLowerCase()).toContain('x-content-type-options: nosniff');
  return JSON.parse(body) as Record<string, unknown>;
}

describe('a question about changes', () => {
  const repeated = (count: number) =>
    Array.from({ length: count }, (_, n) => `resource=a/v1/r${n}`).join('&');
  const ask = (url: string) => server.app.inject({ url, headers });

  it.each([
    'from=5',
    'from=Jan 1 2026',
    'from=2026-01-31',
    'from=2026-13-31T00:00:00Z',
    'from=NaN',
    'from=-1',
    'from=',
    'to=2026-01-31T14:02:00+02:00',
    'from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z',
    'from=2026-01-01T00:00:00Z&from=2026-01-01T00:00:00Z',
    `from=${'9'.repeat(65)}`,
    'limit=0',
    'limit=-1',
    'limit=50001',
    'limit=1.5',
    'limit=1e9',
    'limit=ten',
    'continue=-1',
    'continue=1e3',
    `continue=${'9'.repeat(16)}`,
    'class=nonsense',
    'class=',
    'resource=',
    'resource=a/b',
    'resource=a/b/c/d',
    `resource=${'a'.repeat(401)}`,
    repeated(33),
    'namespace=',
    `namespace=${'n'.repeat(64)}`,
    `name=${'n'.repeat(254)}`,
    'labelSelector=app in (',
    `labelSelector=${'a,'.repeat(2049)}`,
    'unknown=1',
  ])('that cannot be answered is told so: %s', async (query) => {
    for (const route of ['changes', 'changes/marks']) {
      const answer = await ask(`/api/v1/${route}?${query}`);
      expect([answer.statusCode, answer.json<{ status: number }>().status]).toEqual([400, 400]);
    }
  });

  it.each([
    'buckets=0',
    'buckets=2001',
    'buckets=-5',
    'buckets=NaN',
    'limit=5',
    'from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z',
  ])('that cannot be counted is told so: %s', async (query) => {
    expect((await ask(`/api/v1/changes/density?${query}`)).statusCode).toBe(400);
  });

  it.each([
    'revision=1&at=2026-01-31T14:02:00Z',
    'uid=x',
    'uid=x&at=2026-01-31T14:02:00Z',
    'at=9999-12-31T23:59:59Z',
    'at=',
    'revision=',
  ])('of an object that was cannot be asked as %s', async (query) => {
    expect((await ask(`${objects}/default/x?wait=0&${query}`)).statusCode).toBe(400);
  });

  it('is answered at its limits', async () => {
    const from = 'from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59.999Z';
    const classes = 'class=spec&class=spec&class=status';
    for (const query of [
      `changes?${repeated(32)}&limit=1000&${from}`,
      `changes/marks?${repeated(32)}&${classes}&limit=50000&continue=999999999999999`,
      `changes/density?${from}&buckets=2000&${classes}&labelSelector=${'!a,'.repeat(1300)}!b`,
      `changes/coverage?${repeated(32)}&namespace=x`,
      'changes?from=2026-01-31T14:02:00.123456789-02:00',
    ]) {
      const answer = await ask(`/api/v1/${query}`);
      expect([query.slice(0, 40), answer.statusCode]).toEqual([query.slice(0, 40), 200]);
    }
  });
});

describe('what is hardly a request', () => {
  it.each(['/%zz', '/api/%c3%28', `/${'a%zz'.repeat(10)}`])(
    'gets a problem document: an address of %s',
    async (path) => {
      const answer = await say(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:7373\r\nConnection: close\r\n\r\n`,
      );
      expect(problemIn(answer)).toMatchObject({ status: 400, code: 'bad-address' });
      expect(answer).not.toContain('%zz');
    },
  );

  it('gets a problem document: bytes that are no HTTP', async () => {
    expect(problemIn(await say('\u0001\u0002 nonsense\r\n\r\n'))).toMatchObject({ status: 400 });
  });

  it('gets a problem document: a selector of 20 KB', async () => {
    const text = `GET ${objects}?labelSelector=${'a'.repeat(20_000)} HTTP/1.1\r\n`;
    expect(problemIn(await say(`${text}Host: 127.0.0.1:7373\r\n\r\n`))).toMatchObject({
      status: 431,
      code: 'request-too-large',
    });
  });
});

describe('query parameters', () => {
  it.each(['wait=Infinity', 'limit=Infinity', 'wait=-Infinity', 'wait=NaN', 'wait=1e9'])(
    '%s is beyond every limit',
    async (query) => {
      const response = await server.app.inject({ url: `${objects}?${query}`, headers });
      expect(response.json()).toMatchObject({ status: 400, code: 'bad-request' });
    },
  );

  it.each([{ key: 'x', offset: -5 }, { key: 'x', offset: 0.5 }, { key: 1, offset: 1 }, null])(
    'a continue token that holds %j is none of ours',
    async (cursor) => {
      const made = Buffer.from(JSON.stringify(cursor)).toString('base64url');
      const response = await server.app.inject({ url: `${objects}?continue=${made}`, headers });
      expect(response.json()).toMatchObject({ status: 400, code: 'bad-continue' });
    },
  );
});

it('many requests over one connection leave nothing behind on it', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  for (let asked = 0; asked < 12; asked += 1) {
    await new Promise<void>((resolve, reject) => {
      const options = { port, host: '127.0.0.1', path: objects, headers, agent };
      request(options, (response) => response.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
  }
  agent.destroy();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
