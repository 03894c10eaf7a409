import type { FastifyRequest } from 'fastify';

/** Aborts when the asker has gone: waiting for it would hold a watch for nobody. */
export function requestSignal(request: FastifyRequest): AbortSignal {
  const gone = new AbortController();
  request.raw.socket.once('close', () => gone.abort());
  return gone.signal;
}
