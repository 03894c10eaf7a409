import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { badRequest, bodyTooLarge } from '../status.ts';
import { errorAnswer, type ApiRequest, type Reply } from './answer.ts';
import { sendBroken } from './broken.ts';
import type { Gate } from './gate.ts';
import { sendBody } from './send-body.ts';
import { sendStream } from './stream.ts';

/** apiserver's MaxRequestBodyBytes. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;
/** Clients such as client-go hold on to idle connections for 90 s. */
const KEEP_ALIVE_MS = 120_000;

export interface Listener {
  readonly port: number;
  /** Listens on loopback; at the port asked the first time, at the same one again afterwards. */
  open(): Promise<void>;
  /** Stops listening and destroys every connection. */
  close(): Promise<void>;
}

export type Handler = (request: ApiRequest) => Promise<Reply>;

/** The HTTP side: requests to {@link ApiRequest}s, {@link Reply}s to bytes. */
export function createListener(port: number, handler: Handler, gate: Gate): Listener {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let bound = port;

  return {
    get port() {
      return bound;
    },
    async open() {
      if (server !== undefined) return;
      const opened = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
        void serve(handler, gate, request, response);
      });
      opened.on('connection', (socket) => {
        sockets.add(socket);
        socket.setNoDelay(true);
        socket.on('close', () => sockets.delete(socket));
      });
      await new Promise<void>((resolve, reject) => {
        opened.once('error', reject);
        opened.listen(bound, '127.0.0.1', resolve);
      });
      bound = (opened.address() as AddressInfo).port;
      server = opened;
    },
    async close() {
      const closing = server;
      if (closing === undefined) return;
      server = undefined;
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function serve(
  handler: Handler,
  gate: Gate,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The client may be gone at any moment; nobody is left to tell.
  response.on('error', () => undefined);
  try {
    const body = await readBody(request);
    await gate.opened();
    const answer =
      body === undefined
        ? errorAnswer(bodyTooLarge(MAX_BODY_BYTES))
        : await respond(handler, request, body);
    await gate.opened();
    await send(answer, request, response, gate);
  } catch {
    response.destroy();
  }
}

async function respond(handler: Handler, request: IncomingMessage, body: Buffer): Promise<Reply> {
  try {
    return await handler(toApiRequest(request, body));
  } catch (error) {
    return errorAnswer(error);
  }
}

/** Throws 400 for a path that cannot be decoded. */
function toApiRequest(request: IncomingMessage, body: Buffer): ApiRequest {
  const url = new URL(request.url ?? '/', 'http://localhost');
  return {
    method: request.method ?? 'GET',
    segments: url.pathname
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => decodeSegment(segment)),
    query: url.searchParams,
    headers: request.headers,
    body,
  };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest(`invalid URL escape in "${segment}"`);
  }
}

/** The whole body; undefined when it is larger than allowed. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= MAX_BODY_BYTES) parts.push(part);
  }
  return bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(parts);
}

async function send(
  answer: Reply,
  request: IncomingMessage,
  response: ServerResponse,
  gate: Gate,
): Promise<void> {
  if (answer.kind === 'broken') {
    sendBroken(answer, response);
    return;
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.setHeader('content-type', answer.contentType);
  if (!response.hasHeader('cache-control')) {
    response.setHeader('cache-control', 'no-cache, private');
  }
  if (answer.kind === 'stream') {
    sendStream(answer, response, gate);
    return;
  }
  response.statusCode = answer.status;
  const pieces = Buffer.isBuffer(answer.body) ? [answer.body] : answer.body;
  await sendBody(pieces, response, acceptsGzip(request));
}

/** Kubernetes looks for the bare word: `gzip;q=1` is none, nor is `*`. */
function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = request.headers['accept-encoding'] ?? '';
  return accepted.split(',').some((token) => token.trim() === 'gzip');
}
