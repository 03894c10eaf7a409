import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from './access.ts';
import type { App } from './app.ts';
import { sendProblem } from './problem.ts';

export interface ShellDeps {
  readonly access: Access;
  /** Where the built page is. */
  readonly dist: string;
  readonly basePath: string;
}

/**
 * The page's files, served without the token, as they hold no data; and the page itself at every
 * other path that a browser opens, as its router knows them.
 */
export async function registerShell(app: App, deps: ShellDeps): Promise<void> {
  await app.register(fastifyStatic, {
    root: deps.dist,
    serve: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders(reply, path) {
      // Files under assets/ carry their content's hash in their names.
      const immutable = path.startsWith(join(deps.dist, 'assets'));
      reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/*', { config: { public: true }, schema: { hide: true } }, async (request, reply) => {
    const path = addressOf(request.url).pathname;
    if (isApi(path)) return notFound(request, reply);
    const { token } = request.query as Record<string, unknown>;
    if (typeof token === 'string' && deps.access.isToken(token)) {
      return reply
        .header('set-cookie', deps.access.cookie())
        .redirect(withoutToken(deps.basePath, request.url), 303);
    }
    if (path === '/' || path === '/index.html' || !/\.[a-z0-9]+$/i.test(path)) {
      return sendShell(deps, reply);
    }
    return reply.sendFile(decodeURIComponent(path.slice(1)));
  });
  app.setNotFoundHandler((request, reply) => {
    const path = addressOf(request.url).pathname;
    // An object's name may look like a file's: a browser that opens a page says that it wants one.
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    if (request.method === 'GET' && wantsPage && !isApi(path)) return sendShell(deps, reply);
    return notFound(request, reply);
  });
}

/** Several slashes at the start are one: what follows them is a path, and no host. */
function addressOf(url: string): URL {
  const home = 'http://localhost/';
  return URL.parse(url.replace(/^[/\\]+/, '/'), home) ?? new URL(home);
}

function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, {
    code: 'not-found',
    detail: `There is no ${request.method} ${request.url.split('?')[0]}.`,
    remedy: '/api/openapi.json lists what there is.',
  });
}

/** The same URL, the token gone; a path of two slashes would lead to another host. */
function withoutToken(basePath: string, url: string): string {
  const { pathname, searchParams } = addressOf(url);
  searchParams.delete('token');
  const query = searchParams.size === 0 ? '' : `?${searchParams.toString()}`;
  return `${basePath}${pathname.replace(/^\/+/, '/')}${query}`;
}

async function sendShell(deps: ShellDeps, reply: FastifyReply): Promise<FastifyReply> {
  reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache');
  try {
    const page = await readFile(join(deps.dist, 'index.html'), 'utf8');
    return reply.code(200).send(deps.basePath === '' ? page : underPath(page, deps.basePath));
  } catch {
    return reply.code(503).send(notBuilt);
  }
}

/** All of the page's addresses are relative to its base: a proxy's path goes there. */
function underPath(page: string, basePath: string): string {
  return page.replace('<base href="/"', `<base href="${basePath}/"`);
}

const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Kindscope</title>
<h1>The page is not built yet</h1>
<p>Kindscope runs, its API too, but apps/web/dist is missing. Start it with
<code>pnpm start</code>, which builds it, or build it with
<code>pnpm --filter @kindscope/web exec vite build</code> and load this page again.</p>
</html>
`;
