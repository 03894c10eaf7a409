import { subprotocol } from '@kindscope/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestServer, token, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ allowedHosts: ['kindscope.example.com', 'proxy.local:8443'] });
});
afterEach(() => server.close());

const host = '127.0.0.1:7373';
const bearer = { host, authorization: `Bearer ${token}` };

async function get(url: string, headers: Record<string, string> = {}) {
  return server.app.inject({ url, headers: { host, ...headers } });
}

describe('the token', () => {
  it('is needed for everything but the page, the probes and the session', async () => {
    const api = [
      '/api/openapi.json',
      '/api/v1/cluster',
      '/api/v1/resources',
      '/api/v1/resources/core/v1/pods',
      '/api/v1/resources/core/v1/pods/objects',
      '/api/v1/resources/core/v1/pods/objects/default/x',
      '/api/v1/resources/core/v1/pods/facets',
      '/api/v1/changes',
      '/api/v1/changes/stream?resource=core/v1/pods',
      '/api/v1/informers',
      '/api/v1/stream',
      '/metrics',
      '/%61pi/v1/cluster',
    ];
    for (const url of api) {
      const response = await get(url);
      expect([url, response.statusCode]).toEqual([url, 401]);
      expect(response.headers['content-type']).toContain('application/problem+json');
      expect(response.headers['www-authenticate']).toBe('Bearer');
      expect(response.json()).toMatchObject({ status: 401, code: 'unauthorized' });
    }
    for (const url of ['/healthz', '/', '/r/core/v1/pods', '/assets/app-1a2b.js']) {
      expect([url, (await get(url)).statusCode]).toEqual([url, 200]);
    }
  });

  it('is taken as a bearer, and no other is', async () => {
    expect((await get('/api/v1/cluster', bearer)).statusCode).toBe(200);
    for (const wrong of [`${token}x`, token.slice(1), '']) {
      const response = await get('/api/v1/cluster', { authorization: `Bearer ${wrong}` });
      expect(response.statusCode).toBe(401);
    }
  });

  it('in the URL becomes a cookie of this port alone, and leaves the URL', async () => {
    const response = await get(`/r/core/v1/pods?namespace=shop&token=${token}`);
    expect(response.statusCode).toBe(303);
    expect(response.headers.location).toBe('/r/core/v1/pods?namespace=shop');
    const cookie = String(response.headers['set-cookie']);
    expect(cookie).toMatch(/^kindscope_7373=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(token);
    const [pair = ''] = cookie.split(';');
    expect((await get('/api/v1/cluster', { cookie: pair })).statusCode).toBe(200);
    const other = pair.replace('7373', '7374');
    expect((await get('/api/v1/cluster', { cookie: other })).statusCode).toBe(401);
    const two = `kindscope_7373=old; ${pair}`;
    expect((await get('/api/v1/cluster', { cookie: two })).statusCode).toBe(200);
  });

  it('never sends a browser to another host', async () => {
    const response = await get(`//evil.example/x?token=${token}`);
    expect(response.headers.location ?? '/').toMatch(/^\/(?!\/)/);
  });

  it('that is wrong gets the page without a cookie', async () => {
    const response = await get('/?token=wrong');
    expect(response.statusCode).toBe(200);
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  it('of the form becomes the cookie', async () => {
    const post = (payload: object) =>
      server.app.inject({ method: 'POST', url: '/api/v1/session', headers: { host }, payload });
    const right = await post({ token });
    expect(right.statusCode).toBe(204);
    expect(right.headers['set-cookie']).toMatch(/^kindscope_7373=/);
    const wrong = await post({ token: 'wrong' });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.headers['set-cookie']).toBeUndefined();
    const none = await post({});
    expect(none.statusCode).toBe(400);
    expect(none.json()).toMatchObject({ detail: 'The value "token" is missing.' });
  });

  it('cannot be guessed often', async () => {
    const guess = (n: number) => get('/api/v1/cluster', { authorization: `Bearer guess${n}` });
    const codes = [];
    for (let n = 0; n < 21; n += 1) codes.push((await guess(n)).statusCode);
    expect(new Set(codes.slice(0, 20))).toEqual(new Set([401]));
    expect(codes[20]).toBe(429);
    const last = await get('/?token=guess');
    expect(last.statusCode).toBe(429);
    expect(last.json()).toMatchObject({ code: 'too-many-attempts', status: 429 });
    // Who has it is not kept out by who has not.
    expect((await get('/api/v1/cluster', bearer)).statusCode).toBe(200);
    expect((await get('/')).statusCode).toBe(200);
  });
});

describe('the host', () => {
  const ours = [
    '127.0.0.1:7373',
    'localhost:7373',
    'LOCALHOST:7373',
    '[::1]:7373',
    'kindscope.example.com',
    'kindscope.example.com:80',
    'proxy.local:8443',
  ];
  it.each(ours)('%s is ours', async (name) => {
    expect((await get('/api/v1/cluster', { ...bearer, host: name })).statusCode).toBe(200);
  });

  const others = [
    'evil.example:7373',
    'evil.example',
    '127.0.0.1:7374',
    '127.0.0.1',
    'localhost.evil.example:7373',
    'proxy.local:8444',
    'x.kindscope.example.com',
  ];
  it.each(others)('%s is not, whatever is asked', async (name) => {
    for (const url of ['/api/v1/cluster', '/', '/theme.js', `/?token=${token}`]) {
      const response = await get(url, { ...bearer, host: name });
      expect(response.statusCode).toBe(421);
      expect(response.headers['set-cookie']).toBeUndefined();
      expect(response.json()).toMatchObject({ code: 'host-not-allowed' });
    }
  });

  it('may be any for probes and scrapers', async () => {
    expect((await get('/healthz', { host: '10.1.2.3:7373' })).statusCode).toBe(200);
    const scrape = { ...bearer, host: '10.1.2.3:7373' };
    expect((await get('/metrics', scrape)).body).toContain('kindscope_cluster_connected');
  });
});

describe('the origin', () => {
  it.each(['https://evil.example', 'http://127.0.0.1:8000', 'null'])(
    '%s may neither write nor read nor open a WebSocket',
    async (origin) => {
      const post = await server.app.inject({
        method: 'POST',
        url: '/api/v1/session',
        headers: { host, origin },
        payload: { token },
      });
      expect(post.statusCode).toBe(403);
      expect(post.json()).toMatchObject({ code: 'origin-not-allowed' });
      const socket = await get('/api/v1/stream', { ...bearer, origin, upgrade: 'websocket' });
      expect(socket.statusCode).toBe(403);
      for (const url of ['/api/v1/cluster', '/api/v1/changes/stream', '/metrics', '/']) {
        expect((await get(url, { ...bearer, origin })).statusCode).toBe(403);
      }
    },
  );

  it('of the page itself may, under whatever scheme a proxy serves it', async () => {
    for (const origin of ['http://kindscope.example.com', 'https://kindscope.example.com']) {
      const post = await server.app.inject({
        method: 'POST',
        url: '/api/v1/session',
        headers: { host: 'kindscope.example.com', origin },
        payload: { token },
      });
      expect(post.statusCode).toBe(204);
    }
  });
});

describe('a WebSocket', () => {
  /** The status that the handshake is refused with; 101 where it is not. */
  async function handshake(headers: Record<string, string>): Promise<number> {
    const url = new URL('/api/v1/stream', await server.app.listen({ host: '127.0.0.1', port: 0 }));
    const socket = new WebSocket(url.href.replace('http', 'ws'), subprotocol, { headers });
    try {
      return await new Promise((resolve) => {
        socket.once('upgrade', ({ statusCode }) => resolve(statusCode ?? 0));
        socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
      });
    } finally {
      socket.once('error', () => {}).terminate();
    }
  }
  const origin = `http://${host}`;

  it('is opened by whoever has the token, from the page or from no page', async () => {
    expect(await handshake(bearer)).toBe(101);
  });
  it('is opened by the cookie, from the page', async () => {
    const entered = await get(`/?token=${token}`);
    const [cookie = ''] = String(entered.headers['set-cookie']).split(';');
    expect(await handshake({ host, cookie, origin })).toBe(101);
  });
  it('is not opened without the token', async () => {
    expect(await handshake({ host, origin })).toBe(401);
  });
  it('is not opened from a page of others', async () => {
    expect(await handshake({ ...bearer, origin: 'http://evil.example' })).toBe(403);
  });
  it('is not opened under a host of others', async () => {
    expect(await handshake({ ...bearer, host: 'evil.example:7373' })).toBe(421);
  });
});

describe('headers', () => {
  it('keep scripts, styles and frames to ourselves on every answer', async () => {
    for (const url of ['/', '/api/v1/cluster', '/nope.js', '/assets/app-1a2b.js']) {
      const { headers } = await get(url);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  it('let a browser keep what is named by its content, and nothing of the cluster', async () => {
    const cacheControl = async (url: string) => (await get(url, bearer)).headers['cache-control'];
    expect(await cacheControl('/assets/app-1a2b.js')).toBe('public, max-age=31536000, immutable');
    expect(await cacheControl('/')).toBe('no-cache');
    expect(await cacheControl('/theme.js')).toBe('no-cache');
    expect(await cacheControl('/api/v1/cluster')).toBe('no-store');
  });
});
