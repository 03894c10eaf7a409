import { Buffer } from 'node:buffer';
import websocket from '@fastify/websocket';
import type { Clock, Log } from '@kindscope/informer';
import { subprotocol } from '@kindscope/protocol';
import type { FastifyRequest } from 'fastify';
import type { RawData, WebSocket } from 'ws';
import type { ClientPort, Connection } from '../fanout/connection.ts';
import type { Fanout } from '../fanout/fanout.ts';
import { closeCodes, limits } from '../fanout/limits.ts';
import type { App } from './app.ts';
import { sendProblem } from './problem.ts';

/** How often a client is asked whether it is there; one that has not answered by the next time is not. */
const pingMs = 30_000;
/** A message beyond this is not even read: the connection ends with 1009. */
const hardFrameBytes = 4 * limits.frameBytes;

export interface SocketDeps {
  readonly fanout: Pick<Fanout, 'connect'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts when the session ends that the request came with; undefined where sessions do not end. */
  readonly session?: (request: FastifyRequest) => AbortSignal | undefined;
}

/** `GET /api/v1/stream` as a WebSocket that speaks the protocol of this version alone. */
export async function registerSocket(app: App, deps: SocketDeps): Promise<void> {
  await app.register(websocket, {
    options: {
      maxPayload: hardFrameBytes,
      perMessageDeflate: false,
      handleProtocols: (offered: Set<string>) => offered.has(subprotocol) && subprotocol,
    },
    // What a client does to its socket is its own affair; ws has closed it with the right code.
    errorHandler: (error) => deps.log.debug({ err: error }, 'a socket failed'),
    // The fan-out says goodbye itself; what has not left by then is cut.
    preClose(done) {
      for (const client of this.websocketServer.clients) client.terminate();
      this.websocketServer.close(done);
    },
  });
  app.get(
    '/api/v1/stream',
    {
      websocket: true,
      async preHandler(request, reply) {
        const offered = request.headers['sec-websocket-protocol'] ?? '';
        if (offered.split(/\s*,\s*/).includes(subprotocol)) return undefined;
        return sendProblem(reply, otherProtocol(offered));
      },
    },
    (socket, request) => serve(socket, deps, deps.session?.(request)),
  );
}

function otherProtocol(offered: string) {
  return {
    code: 'protocol-not-spoken',
    detail: `The WebSocket subprotocol here is ${subprotocol}; offered: ${offered || 'none'}.`,
    remedy: 'Reload the page: it is of another version than the server.',
  };
}

/** Joins one socket and one connection of the fan-out until either ends. */
function serve(socket: WebSocket, deps: SocketDeps, session: AbortSignal | undefined): void {
  const { clock } = deps;
  const port: ClientPort = {
    // One that was over the high-water mark waits for this: its bytes have left.
    send: (frame) => socket.send(frame, { binary: false }, () => connection.drained()),
    get buffered() {
      return socket.bufferedAmount;
    },
    close: (code, reason) => socket.close(code, reason),
  };
  const connection: Connection = deps.fanout.connect(port);

  let answered = true;
  let cancelPing = clock.after(pingMs, ping);
  function ping(): void {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
    cancelPing = clock.after(pingMs, ping);
  }
  socket.on('pong', () => {
    answered = true;
  });

  socket.on('message', (data, isBinary) => {
    try {
      receive(connection, data, isBinary);
    } catch (error) {
      // A bug of ours ends this connection, and no other.
      deps.log.error({ err: error }, 'a message could not be taken');
      socket.close(closeCodes.internalError.code, closeCodes.internalError.reason);
    }
  });
  const expire = (): void => connection.close(closeCodes.sessionExpired);
  session?.addEventListener('abort', expire, { once: true });
  if (session?.aborted === true) expire();
  socket.on('close', () => {
    cancelPing();
    session?.removeEventListener('abort', expire);
    connection.closed();
  });
}

function receive(connection: Connection, data: RawData, isBinary: boolean): void {
  const bytes = Array.isArray(data)
    ? Buffer.concat(data)
    : data instanceof ArrayBuffer
      ? Buffer.from(data)
      : data;
  if (bytes.length > limits.frameBytes) connection.receiveOversized(bytes.length);
  // Messages are text; what is binary is read as the empty one, which is refused.
  else connection.receive(isBinary ? '' : bytes.toString('utf8'));
}
