import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, token, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
afterEach(() => server.close());

const host = '127.0.0.1:7373';

async function get(url: string, headers: Record<string, string> = {}) {
  return server.app.inject({ url, headers: { host, ...headers } });
}

describe('the page', () => {
  it('is at every path its router knows, also where a name looks like a file', async () => {
    server = await startTestServer();
    for (const url of ['/', '/status', '/r/core/v1/pods/o/default/web-0']) {
      const response = await get(url);
      expect(response.statusCode).toBe(200);
      expect(response.headers['content-type']).toContain('text/html');
    }
    const dotted = await get('/r/core/v1/pods/o/default/web.v1', { accept: 'text/html,*/*' });
    expect(dotted.body).toContain('app-1a2b.js');
  });

  it('has its files, and nothing else of the disk', async () => {
    server = await startTestServer();
    expect((await get('/assets/app-1a2b.js')).body).toBe('export {};');
    for (const url of ['/.stamp', '/../package.json', '/..%2f..%2fpackage.json', '/assets/no.js']) {
      const response = await get(url);
      expect(response.statusCode).toBeGreaterThanOrEqual(400);
      expect(response.body).not.toContain('secret');
    }
    for (const url of ['/..%2f..%2fpackage.json', '/app%00.js']) {
      const response = await get(url);
      expect(response.statusCode).toBeLessThan(500);
      expect(response.headers['content-type']).toContain('application/problem+json');
    }
    expect((await get('/assets/no.js')).json()).toMatchObject({ code: 'not-found', status: 404 });
  });

  it('is at paths of slashes alone, and leads to no other host', async () => {
    server = await startTestServer();
    for (const url of ['//', '///', '//evil.example/x', '/\\evil.example']) {
      expect((await get(url)).statusCode).toBe(200);
      const entered = await get(`${url}?token=${token}`);
      expect(entered.headers.location).toMatch(/^\/(?![/\\])/);
    }
  });

  it('says how to build it where it is not built', async () => {
    server = await startTestServer({ noPage: true });
    const response = await get('/');
    expect(response.statusCode).toBe(503);
    expect(response.body).toContain('pnpm start');
  });

  it('works under the path of a proxy that keeps it, and of one that takes it off', async () => {
    server = await startTestServer({ basePath: '/tools/k' });
    for (const url of ['/tools/k/', '/tools/k', '/']) {
      const { body } = await get(url);
      expect(body).toContain('<base href="/tools/k/" />');
    }
    expect((await get('/tools/k/assets/app-1a2b.js')).statusCode).toBe(200);
    for (const url of [`/tools/k/?token=${token}`, `/tools/k?token=${token}`]) {
      expect((await get(url)).headers.location).toBe('/tools/k/');
    }
    const entered = await get(`/tools/k/?token=${token}`);
    expect(entered.headers['set-cookie']).toContain('Path=/tools/k;');
  });
});
