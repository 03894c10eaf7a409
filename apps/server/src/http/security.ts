import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { Fault } from '@kindscope/protocol';
import type { FastifyRequest } from 'fastify';
import type { Access } from './access.ts';
import type { App } from './app.ts';
import type { Hosts } from './hosts.ts';
import { ProblemError, sendProblem } from './problem.ts';

export interface SecurityDeps {
  readonly access: Access;
  readonly hosts: Hosts;
}

/**
 * Headers, and in this order: the number of wrong tokens, the Host, the Origin, the token. The checks
 * wait for `preParsing`: the limiter is an `onRequest` hook of each route, and @fastify/websocket
 * marks its requests in one; a handshake that is refused before that is never closed.
 */
export async function registerSecurity(app: App, deps: SecurityDeps): Promise<void> {
  await registerHeaders(app);
  await app.register(rateLimit, {
    global: true,
    max: 20,
    timeWindow: '1 minute',
    // Only what tries a wrong token counts; others are none of its business.
    allowList: (request) => !triesToken(request, deps.access),
    errorResponseBuilder: (_request, { after }) => new ProblemError(tooManyAttempts(after)),
  });
  app.addHook('preParsing', async (request, reply) => {
    const fault = refusal(request, deps.hosts);
    if (fault !== undefined) return sendProblem(reply, fault);
    if (request.is404 || request.routeOptions.config.public === true) return undefined;
    if (deps.access.allows(request.headers)) return undefined;
    return sendProblem(reply.header('www-authenticate', 'Bearer'), unauthorized);
  });
}

function refusal(request: FastifyRequest, hosts: Hosts): Fault | undefined {
  const { host } = request.headers;
  if (request.routeOptions.config?.anyHost !== true && !hosts.isOurs(host)) {
    return {
      code: 'host-not-allowed',
      detail: `Kindscope is not served under the host ${JSON.stringify(host ?? '')}.`,
      remedy: 'Open the URL it printed, or start it with --allowed-host and this host.',
    };
  }
  // Reading too: the page's own requests that only read say no Origin, so this one is somebody else's.
  if (!hosts.isSameOrigin(request.headers)) {
    return {
      code: 'origin-not-allowed',
      detail: `A page of ${request.headers.origin} may not ask this of Kindscope.`,
    };
  }
  return undefined;
}

/** The session route counts always: its body is not read yet. */
function triesToken(request: FastifyRequest, access: Access): boolean {
  if (access.isWrongBearer(request.headers)) return true;
  if (request.routeOptions.url === '/api/v1/session') return true;
  const { token } = request.query as Record<string, unknown>;
  return token !== undefined && !(typeof token === 'string' && access.isToken(token));
}

const unauthorized: Fault = {
  code: 'unauthorized',
  detail: 'This needs the token that Kindscope was started with.',
  remedy: 'Open the URL it printed in its terminal, or send Authorization: Bearer TOKEN.',
};

function tooManyAttempts(after: string): Fault {
  return {
    code: 'too-many-attempts',
    detail: 'Too many wrong tokens came from this address.',
    remedy: `Try again in ${after}.`,
  };
}

async function registerHeaders(app: App): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Plain HTTP on loopback; a proxy that speaks TLS says it itself.
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.header(
      'permissions-policy',
      'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    );
    // What a route serves may be kept only where the route says so.
    reply.header('cache-control', 'no-store');
  });
}
