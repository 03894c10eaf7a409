import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { textAnswer, type Answer, type ApiRequest } from './answer.ts';
import { createGate } from './gate.ts';
import { createListener, type Listener } from './listener.ts';

const CHUNK = randomBytes(64 * 1024);
const CHUNKS = 16_000;

let close = (): Promise<void> => Promise.resolve();
afterEach(() => close());

/** Serves a gigabyte, and counts how much of it was asked for. */
async function serveGigabyte(): Promise<{
  readonly listener: Listener;
  readonly pulled: () => number;
  readonly ended: Promise<void>;
}> {
  let pulled = 0;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  function* body(): Iterable<Buffer> {
    try {
      for (; pulled < CHUNKS; pulled += 1) yield CHUNK;
    } finally {
      resolve();
    }
  }
  const handler = ({ segments }: ApiRequest): Promise<Answer> =>
    Promise.resolve(
      segments[0] === 'list'
        ? { kind: 'body', status: 200, contentType: 'text/plain', body: body() }
        : textAnswer('ok'),
    );
  const listener = createListener(0, handler, createGate());
  await listener.open();
  close = () => listener.close();
  return { listener, pulled: () => pulled, ended };
}

/** A client that reads the first bytes of an answer and then nothing more. */
async function stall(port: number, headers: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET /list HTTP/1.1\r\nhost: x\r\n${headers}\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.pause();
  return socket;
}

it.each(['', 'accept-encoding: gzip\r\n'])(
  'makes no more of a list than a slow client takes, and stops when it goes (%j)',
  async (headers) => {
    const { listener, pulled, ended } = await serveGigabyte();
    const socket = await stall(listener.port, headers);
    // What the sockets themselves hold is soon full; then nothing moves from one answer to the next.
    for (let before = -1; pulled() !== before;) {
      before = pulled();
      for (let count = 0; count < 50; count += 1) {
        await (await fetch(`http://127.0.0.1:${listener.port}/other`)).text();
      }
    }
    expect(pulled() * CHUNK.length).toBeLessThan(64 * 1024 * 1024);
    socket.destroy();
    await ended;
    expect(pulled()).toBeLessThan(CHUNKS);
  },
);

it.each(['identity', 'gzip'])(
  'sends every piece of a body once, in order (%s)',
  async (encoding) => {
    const random = createRandom(1);
    const sizes = Array.from({ length: 3000 }, () =>
      random.below(random.below(20) === 0 ? 200_000 : 2000),
    );
    const pieces = sizes.map((size) => randomBytes(size));
    const listener = createListener(
      0,
      () => Promise.resolve({ kind: 'body', status: 200, contentType: 'text/plain', body: pieces }),
      createGate(),
    );
    await listener.open();
    close = () => listener.close();
    const headers = { 'accept-encoding': encoding };
    const response = await fetch(`http://127.0.0.1:${listener.port}/`, { headers });
    expect(response.headers.get('content-encoding')).toBe(encoding === 'gzip' ? 'gzip' : null);
    const received = Buffer.from(await response.arrayBuffer());
    expect(received.equals(Buffer.concat(pieces))).toBe(true);
  },
);
