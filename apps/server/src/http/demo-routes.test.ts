import { TransportError, type TransportRequest } from '@kindscope/informer';
import { DemoScenario, DemoScenarioList } from '@kindscope/protocol';
import { Check } from 'typebox/value';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDemoStories } from '../cluster/demo-stories.ts';
import { startTestServer, token, type TestServer } from '../testing/test-server.ts';

/** What the demo answers, and what it was asked. */
let answer: { status: number; body: string } | TransportError;
const asked: string[] = [];

const stories = createDemoStories({
  transport: {
    async request({ method = 'GET', path }: TransportRequest) {
      asked.push(`${method} ${path}`);
      if (answer instanceof TransportError) throw answer;
      const { status, body } = answer;
      return { status, headers: {}, text: async () => body, stream: (async function* () {})() };
    },
  },
});

/** As the demo says it. */
const told = {
  name: 'stuck-rollout',
  title: 'A rollout that gets stuck',
  description: 'An image that no registry has.',
  resources: [
    { group: 'apps', version: 'v1', resource: 'deployments', namespace: 'search', name: 'query' },
    { group: '', version: 'v1', resource: 'pods', namespace: 'search' },
  ],
  state: 'running',
  message: 'It is brought out.',
  startedAt: '2026-03-01T12:00:00.000Z',
};

/** As we do. */
const scenario = {
  name: 'stuck-rollout',
  title: 'A rollout that gets stuck',
  description: 'An image that no registry has.',
  state: 'running',
  message: 'It is brought out.',
  subjects: [
    {
      resource: { group: 'apps', version: 'v1', resource: 'deployments' },
      namespace: 'search',
      name: 'query',
    },
    { resource: { group: '', version: 'v1', resource: 'pods' }, namespace: 'search' },
  ],
};

let demo: TestServer;
let ordinary: TestServer;
beforeAll(async () => {
  [demo, ordinary] = await Promise.all([startTestServer({ stories }), startTestServer()]);
});
afterAll(() => Promise.all([demo.close(), ordinary.close()]));
beforeEach(() => {
  asked.length = 0;
  answer = { status: 200, body: JSON.stringify({ items: [told, { name: 'rollout' }] }) };
});

async function send(
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  { server = demo, headers = {} }: { server?: TestServer; headers?: Record<string, string> } = {},
) {
  const authorization = `Bearer ${token}`;
  const own = { host: 'localhost:7373', authorization, ...headers };
  const response = await server.app.inject({ method, url, headers: own });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
}

describe('the stories of the demo', () => {
  it('are listed with what they are about', async () => {
    const { status, body } = await send('GET', '/api/v1/demo');
    expect(status).toBe(200);
    expect(Check(DemoScenarioList, body)).toBe(true);
    expect(body['items']).toEqual([
      scenario,
      { name: 'rollout', title: '', description: '', state: 'idle', subjects: [] },
    ]);
    expect(asked).toEqual(['GET /demo/scenarios']);
  });

  it('are started and ended by name', async () => {
    answer = { status: 202, body: JSON.stringify(told) };
    for (const method of ['POST', 'DELETE'] as const) {
      const { status, body } = await send(method, '/api/v1/demo/stuck-rollout');
      expect([status, body]).toEqual([202, scenario]);
      expect(Check(DemoScenario, body)).toBe(true);
    }
    expect(asked).toEqual([
      'POST /demo/scenarios/stuck-rollout',
      'DELETE /demo/scenarios/stuck-rollout',
    ]);
  });

  it('keep a name that is none within its path', async () => {
    answer = {
      status: 404,
      body: JSON.stringify({ message: 'There is no scenario "../faults".' }),
    };
    const { status, body } = await send('POST', '/api/v1/demo/..%2Ffaults');
    expect(asked).toEqual(['POST /demo/scenarios/..%2Ffaults']);
    expect([status, body]).toEqual([404, expect.objectContaining({ code: 'unknown-scenario' })]);
  });

  it.each([
    [409, 'scenario-running', 409],
    [503, 'not-known-yet', 503],
    [500, 'demo-failed', 502],
  ])('say why the demo refuses with %i', async (refused, code, status) => {
    answer = { status: refused, body: JSON.stringify({ message: 'It is being played.' }) };
    const { body, ...response } = await send('POST', '/api/v1/demo/rollout');
    expect(response.status).toBe(status);
    expect(body).toMatchObject({ status, code, detail: 'It is being played.' });
  });

  it('say so when the demo answers nonsense, or nothing', async () => {
    answer = { status: 502, body: '<html>' };
    expect((await send('GET', '/api/v1/demo')).body).toMatchObject({
      code: 'demo-failed',
      detail: 'The demo cluster answered 502.',
    });
    answer = { status: 200, body: '<html>' };
    expect((await send('GET', '/api/v1/demo')).body['code']).toBe('demo-failed');
    answer = new TransportError('network', 'Nothing answers.', { remedy: 'Look.' });
    expect((await send('GET', '/api/v1/demo')).body).toMatchObject({
      status: 503,
      code: 'cluster-unreachable',
      detail: 'Nothing answers.',
      remedy: 'Look.',
    });
  });

  it('are played by nobody without the token, and by no other page', async () => {
    const stranger = await send('POST', '/api/v1/demo/rollout', { headers: { authorization: '' } });
    expect([stranger.status, stranger.body['code']]).toEqual([401, 'unauthorized']);
    const page = await send('POST', '/api/v1/demo/rollout', {
      headers: { origin: 'http://evil.example' },
    });
    expect([page.status, page.body['code']]).toEqual([403, 'origin-not-allowed']);
    expect(asked).toEqual([]);
  });

  it.each(['GET /api/v1/demo', 'POST /api/v1/demo/rollout', 'DELETE /api/v1/demo/rollout'])(
    'are not there in an ordinary cluster: %s',
    async (line) => {
      const [method, url = ''] = line.split(' ');
      const { status, body } = await send(method as 'GET' | 'POST' | 'DELETE', url, {
        server: ordinary,
      });
      expect(status).toBe(404);
      expect(body).toMatchObject({ code: 'no-demo', remedy: expect.stringContaining('--demo') });
      expect(asked).toEqual([]);
    },
  );
});
