import type { ServerResponse } from 'node:http';
import type { BrokenAnswer } from './answer.ts';

/** Sends as much of an answer as a fault has left of it. */
export function sendBroken({ begin, end }: BrokenAnswer, response: ServerResponse): void {
  if (begin !== undefined) {
    for (const [name, value] of Object.entries(begin.headers ?? {})) {
      response.setHeader(name, value);
    }
    response.writeHead(begin.status, { 'content-type': begin.contentType });
    response.flushHeaders();
    if (begin.part.length > 0) response.write(begin.part);
  }
  if (end === 'cut') cutConnection(response);
}

/** Closes the connection behind what was written; to HTTP the answer is not at its end. */
export function cutConnection(response: ServerResponse): void {
  response.socket?.destroySoon();
}
