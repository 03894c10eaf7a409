import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Fault } from '@kindscope/protocol';
import { problemType, toProblem } from './problem.ts';

const notHttp: Fault = { code: 'bad-request', detail: 'This is not a request of HTTP/1.1.' };

const faults: Readonly<Record<string, { readonly status: number; readonly fault: Fault }>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    fault: {
      code: 'request-too-large',
      detail: 'Address and headers of the request are together longer than 16 KiB.',
      remedy: 'Shorten the query: a selector of more than 4096 characters is not read either.',
    },
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    fault: { code: 'request-timeout', detail: 'The request did not come to its end in time.' },
  },
};

/** What was no request, or too long a one, gets a problem document too: no route has seen it. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, fault } = faults[error.code ?? ''] ?? { status: 400, fault: notHttp };
  const body = JSON.stringify(toProblem(fault, status));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
