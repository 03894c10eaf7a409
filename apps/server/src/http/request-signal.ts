import type { FastifyReply } from 'fastify';

/**
 * Aborts when the asker has gone: waiting for it would hold a watch for nobody. Heard of from the
 * answer, which ends with each request: a connection that is kept alive outlives thousands of them.
 */
export function requestSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
