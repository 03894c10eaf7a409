import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Smaller answers are not worth compressing (apiserver responsewriters/writers.go). */
const GZIP_FROM_BYTES = 128 * 1024;
const PACKET_BYTES = 64 * 1024;

/**
 * Sends a body that comes in pieces, at the pace of the client: the next pieces are asked for when
 * the last ones are out. Rejects when the client goes before the end.
 */
export async function sendBody(
  pieces: Iterable<Buffer>,
  response: ServerResponse,
  gzip: boolean,
): Promise<void> {
  const iterator = pieces[Symbol.iterator]();
  try {
    const { start, rest } = beginning(iterator);
    if (!rest) {
      response.setHeader('content-length', start.length);
      response.end(start);
      return;
    }
    if (gzip) await sendCompressed(start, iterator, response);
    else await writePackets(start, iterator, response);
  } finally {
    iterator.return?.();
  }
}

/** As much as tells a small body from a large one. */
function beginning(iterator: Iterator<Buffer>): { readonly start: Buffer; readonly rest: boolean } {
  const parts: Buffer[] = [];
  let bytes = 0;
  while (bytes <= GZIP_FROM_BYTES) {
    const next = iterator.next();
    if (next.done === true) return { start: Buffer.concat(parts), rest: false };
    parts.push(next.value);
    bytes += next.value.length;
  }
  return { start: Buffer.concat(parts), rest: true };
}

async function sendCompressed(
  start: Buffer,
  rest: Iterator<Buffer>,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('content-encoding', 'gzip');
  response.setHeader('vary', 'Accept-Encoding');
  const gzip = createGzip({ level: 1 });
  await Promise.all([pipeline(gzip, response), writePackets(start, rest, gzip)]);
}

/** Packs the pieces into one buffer that is used again and again, so that a long list leaves nothing behind. */
async function writePackets(start: Buffer, rest: Iterator<Buffer>, sink: Writable): Promise<void> {
  await written(sink, start);
  const packet = Buffer.allocUnsafeSlow(PACKET_BYTES);
  let used = 0;
  for (let next = rest.next(); next.done !== true; next = rest.next()) {
    const piece = next.value;
    if (used + piece.length > PACKET_BYTES) {
      await written(sink, packet.subarray(0, used));
      used = 0;
    }
    if (piece.length > PACKET_BYTES) await written(sink, piece);
    else used += piece.copy(packet, used);
  }
  await written(sink, packet.subarray(0, used));
  sink.end();
}

/** Resolves once the bytes are out and their buffer can be used again. */
function written(sink: Writable, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('The client has gone.'));
    sink.once('close', gone);
    sink.write(bytes, (error) => {
      sink.off('close', gone);
      if (error) reject(error);
      else resolve();
    });
  });
}
